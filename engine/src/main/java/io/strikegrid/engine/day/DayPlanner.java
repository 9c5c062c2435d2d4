package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Session;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says what a trading day of one symbol becomes when something comes in, whatever it is and however
 * much of the day is there: the only place where rows, roll-ups and metrics are decided. It changes
 * nothing and reads nothing but what it is given.
 *
 * <p>Works in two steps, since expiries depend on each other: first what came meets what is known,
 * expiry by expiry, and each touched minute learns the forwards of all its expiries ({@link
 * ChainContext}); then each expiry is derived, when it is asked for, in order of time.
 */
public final class DayPlanner {

  /**
   * What came, and what it was put to, is kept in memory between the steps up to so many bytes, and
   * made again above.
   */
  private static final long MOST_BYTES_KEPT = 48 << 20;

  private final Underlying underlying;
  private final Session session;

  /** Plans days of a session. */
  public DayPlanner(Underlying underlying, Session session) {
    this.underlying = underlying;
    this.session = session;
  }

  /**
   * Plans.
   *
   * @param known of the day
   * @param incoming what came
   * @param provenance where it is from
   */
  public DayPlan plan(KnownDay known, IncomingDay incoming, Provenance provenance)
      throws IOException {
    Planning planning = new Planning(known, incoming, provenance);
    planning.meet();
    return new DayPlan(planning.affected(), planning.standIns(), planning::plan);
  }

  /** A minute of an expiry of which nothing is left. */
  private record Gone(LocalDate expiry, long minute) {}

  /** One plan in the making. */
  private final class Planning {

    private final KnownDay known;
    private final IncomingDay incoming;
    private final Provenance provenance;
    private final TreeMap<Long, ChainContext> contexts = new TreeMap<>();
    private final Map<LocalDate, Meeting> kept = new TreeMap<>();
    private final Set<Gone> gone = new HashSet<>();
    private final DayVolumes volumes;
    private final boolean hasNewFirst;
    private long bytesKept;

    private Planning(KnownDay known, IncomingDay incoming, Provenance provenance) {
      this.known = known;
      this.incoming = incoming;
      this.provenance = provenance;
      long knownFirst = known.firstMinute().orElse(Long.MAX_VALUE);
      long cameFirst = incoming.minutes().isEmpty() ? knownFirst : incoming.minutes().first();
      this.hasNewFirst = cameFirst < knownFirst;
      this.volumes = new DayVolumes(Math.min(knownFirst, cameFirst), session.open());
    }

    private boolean isKnown(LocalDate expiry) {
      return known.expiries().contains(expiry);
    }

    private ExpiryDay end(LocalDate expiry) {
      return isKnown(expiry) ? known.end(expiry) : ExpiryDay.none(session.open());
    }

    /** What came of an expiry, put to what is known; made again where it was not kept. */
    private Meeting meeting(LocalDate expiry) throws IOException {
      Meeting met = kept.remove(expiry);
      if (met != null) {
        return met;
      }
      ExpiryDay end = end(expiry);
      if (!incoming.expiries().contains(expiry)) {
        return Meeting.nothing(end);
      }
      BarBuilder.TradedBefore before = end.trades();
      BarBuilder.Result built = incoming.bars(expiry, before);
      return Meeting.of(known, expiry, built, end, provenance, incoming.isWhole());
    }

    /** The first step: every touched minute learns of all expiries that have bars in it. */
    private void meet() throws IOException {
      for (LocalDate expiry : incoming.expiries()) {
        Meeting meeting = meeting(expiry);
        for (Map.Entry<Long, BarTable> minute : meeting.minutes().entrySet()) {
          ChainContext context =
              contexts.computeIfAbsent(
                  minute.getKey(), m -> new ChainContext(underlying, session.day()));
          if (minute.getValue().rows() > 0) {
            context.add(expiry, minute.getValue(), meeting.observedAt(minute.getKey()));
          } else {
            gone.add(new Gone(expiry, minute.getKey()));
          }
        }
        long bytes = meeting.bytes();
        if (bytesKept + bytes <= MOST_BYTES_KEPT) {
          bytesKept += bytes;
          kept.put(expiry, meeting);
        }
      }
      if (contexts.isEmpty()) {
        return;
      }
      for (LocalDate expiry : known.expiries()) {
        if (known.end(expiry).newestMinute() >= contexts.firstKey()) {
          ExpiryDay day = known.whole(expiry);
          contexts.forEach((minute, context) -> {
            boolean isSettled = context.has(expiry) || gone.contains(new Gone(expiry, minute));
            BarTable bars = isSettled ? null : day.bar(minute);
            if (bars != null) {
              context.add(expiry, bars, day.observedAt(minute));
            }
          });
        }
      }
    }

    /** Expiries that something came for, or that a changed minute of another one has a say in. */
    private NavigableSet<LocalDate> affected() {
      TreeSet<LocalDate> expiries = new TreeSet<>(incoming.expiries());
      for (LocalDate expiry : known.expiries()) {
        if (hasNewFirst || !moved(expiry, known.end(expiry)).isEmpty()) {
          expiries.add(expiry);
        }
      }
      return expiries;
    }

    /** Known minutes of an expiry whose terms are others now. */
    private NavigableSet<Long> moved(LocalDate expiry, ExpiryDay end) {
      TreeSet<Long> minutes = new TreeSet<>();
      contexts
          .headMap(end.newestMinute(), true)
          .forEach((minute, context) -> {
            if (context.has(expiry)) {
              MinuteMetrics before = known.whole(expiry).metrics().get(minute);
              if (before == null || !context.of(expiry).isAsIn(before)) {
                minutes.add(minute);
              }
            }
          });
      return minutes;
    }

    private int standIns() {
      return (int) contexts.values().stream().filter(ChainContext::hasStandIn).count();
    }

    /** The second step, for one expiry. */
    private ExpiryPlan plan(LocalDate expiry) throws IOException {
      Meeting meeting = meeting(expiry);
      ExpiryDay end = meeting.known();
      TreeSet<Long> minutes = new TreeSet<>(meeting.minutes().keySet());
      minutes.addAll(moved(expiry, end));
      boolean isAppended =
          !(hasNewFirst && isKnown(expiry))
              && (minutes.isEmpty() || minutes.first() > end.newestMinute());
      if (isAppended) {
        return new ExpiryWalk(underlying, session, volumes, expiry, end, meeting, contexts)
            .append();
      }
      ExpiryDay whole = end.isWhole() ? end : known.whole(expiry);
      long from = hasNewFirst ? Long.MIN_VALUE : minutes.first();
      return new ExpiryWalk(underlying, session, volumes, expiry, whole, meeting, contexts)
          .from(from);
    }
  }
}
