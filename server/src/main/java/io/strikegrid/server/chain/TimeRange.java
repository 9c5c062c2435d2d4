package io.strikegrid.server.chain;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of time, {@code [from, to)} in epoch seconds UTC, and the sessions with bars in it.
 *
 * @param asked what was sent
 * @param sessions ascending, at least one
 */
record TimeRange(long from, long to, Asked asked, List<Session> sessions) {

  private static final long DAY_SECONDS = 86_400;
  private static final LocalDate FAR_AWAY = LocalDate.of(2100, 1, 1);
  private static final int EXPIRIES_AT_FULL_LENGTH = 4;
  private static final String LONGEST =
      "at most 31 days at 1min, 93 at 5min, 370 at 15min, with up to 4 expiries";

  /** Either end as it was sent, and the texts for problems. */
  record Asked(
      Optional<Long> from, Optional<Long> to, @Nullable String fromText, @Nullable String toText) {

    static Asked of(Parameters parameters) {
      return new Asked(
          parameters.find(ChainParameters.FROM),
          parameters.find(ChainParameters.TO),
          parameters.sent(ChainParameters.FROM),
          parameters.sent(ChainParameters.TO));
    }

    /** Says that more was asked for than one answer may hold. */
    Problem tooLong(String detail, String allowed) {
      boolean isFromSent = toText == null && fromText != null;
      return new Problem(
          ProblemCode.RANGE_TOO_LONG,
          detail,
          isFromSent ? "from" : "to",
          isFromSent ? fromText : toText,
          allowed);
    }
  }

  /**
   * Puts in what was left out: the end of the newest trading day, and the opening of the newest one
   * that begins before the end.
   *
   * @throws Problem where the range is upside down, too long, or without a session that has bars
   */
  static TimeRange of(
      ChainSource source, Underlying underlying, Timeframe timeframe, int expiries, Asked asked) {
    long to = asked.to.orElseGet(() -> newestEnd(source, underlying));
    long from = asked.from.orElseGet(() -> newestOpening(source, underlying, to));
    if (asked.from.isPresent() && asked.to.isPresent() && from >= to) {
      throw new Problem(
          ProblemCode.NOT_TOGETHER,
          "to must be later than from; have " + from + " to " + to,
          "to",
          asked.toText,
          "a time after " + from);
    }
    checkLength(from, to, timeframe, asked);
    List<Session> within = sessions(source, underlying, from, to);
    TimeRange range = new TimeRange(from, to, asked, within);
    if (within.isEmpty() || from >= to) {
      throw range.nothing(source, underlying);
    }
    checkPages(within.size(), timeframe, expiries, asked);
    return range;
  }

  private static long newestEnd(ChainSource source, Underlying underlying) {
    return source
        .generations()
        .newestBarDay(underlying.symbol(), FAR_AWAY)
        .flatMap(day -> ChainSource.session(underlying, day))
        .map(Session::close)
        .orElse(0L);
  }

  private static long newestOpening(ChainSource source, Underlying underlying, long before) {
    LocalDate day = underlying.calendar().dayOf(before);
    while (true) {
      Optional<LocalDate> newest = source.generations().newestBarDay(underlying.symbol(), day);
      if (newest.isEmpty()) {
        return before;
      }
      Optional<Session> session = ChainSource.session(underlying, newest.get());
      if (session.isPresent() && session.get().open() < before) {
        return session.get().open();
      }
      day = newest.get().minusDays(1);
    }
  }

  private static List<Session> sessions(
      ChainSource source, Underlying underlying, long from, long to) {
    LocalDate first = underlying.calendar().dayOf(from);
    LocalDate last = underlying.calendar().dayOf(to - 1);
    return source.generations().barDays(underlying.symbol(), first, last).stream()
        .flatMap(day -> ChainSource.session(underlying, day).stream())
        .filter(session -> session.close() > from && session.open() < to)
        .toList();
  }

  private static int mostDays(Timeframe timeframe) {
    return switch (timeframe) {
      case MIN1 -> 31;
      case MIN5 -> 93;
      case MIN15 -> 370;
    };
  }

  private static void checkLength(long from, long to, Timeframe timeframe, Asked asked) {
    if (to - from > mostDays(timeframe) * DAY_SECONDS) {
      throw asked.tooLong(
          "at "
              + timeframe.label()
              + " a range may span "
              + mostDays(timeframe)
              + " days; have "
              + Math.ceilDiv(to - from, DAY_SECONDS),
          LONGEST);
    }
  }

  private static void checkPages(int days, Timeframe timeframe, int expiries, Asked asked) {
    int most = mostDays(timeframe) * EXPIRIES_AT_FULL_LENGTH;
    if (days * expiries > most) {
      throw asked.tooLong(
          "at "
              + timeframe.label()
              + " trading days times expiries may be "
              + most
              + "; have "
              + days
              + " times "
              + expiries,
          LONGEST);
    }
  }

  /** Number of the first bucket of a session that begins in the range. */
  int firstBucket(Session session, Timeframe timeframe) {
    return bucket(session, timeframe, from);
  }

  /** After the number of the last one. */
  int endBucket(Session session, Timeframe timeframe) {
    return bucket(session, timeframe, to);
  }

  private static int bucket(Session session, Timeframe timeframe, long time) {
    long ahead = Math.ceilDiv(time - session.open(), (long) timeframe.seconds());
    return (int) Math.clamp(ahead, 0L, (long) session.buckets(timeframe));
  }

  /** Says that nothing is stored in the range. */
  Problem nothing(ChainSource source, Underlying underlying) {
    LocalDate first = underlying.calendar().dayOf(from);
    LocalDate last = underlying.calendar().dayOf(Math.max(from, to - 1));
    boolean isFromSent = asked.fromText != null;
    return source.noData(
        underlying,
        "from " + first + " to " + last + " in the range asked",
        isFromSent ? "from" : "to",
        isFromSent ? asked.fromText : asked.toText);
  }
}
