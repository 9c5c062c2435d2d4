package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.ListedExpiries;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The chain of one or more expiries, now or at a time: {@code /fo/strike-distribution}. */
final class DistributionResource {

  private static final Parameter<Long> AT = Parameter.time("at");
  private static final Parameter<Long> COMPARE_AT = Parameter.time("compare_at");
  private static final Parameter<OiChange.Kind> OI_CHANGE =
      Parameter.oneOf("oi_change", Arrays.asList(OiChange.Kind.values()), OiChange.Kind::text);
  private static final Parameter<Integer> MINUTES_BACK = Parameter.whole("minutes_back", 1, 1440);
  private static final Parameter<Integer> OI_HISTORY = Parameter.whole("oi_history", 1, 1440);
  private static final int MOST_VALUES = 2_000_000;
  private static final int USUAL_MINUTES_BACK = 60;
  private static final int MINUTE = 60;

  private final ChainSource source;

  DistributionResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters =
        Parameters.of(
            context,
            ChainParameters.SYMBOL,
            ChainParameters.EXPIRIES,
            AT,
            COMPARE_AT,
            ChainParameters.TIMEFRAME,
            OI_CHANGE,
            MINUTES_BACK,
            OI_HISTORY,
            ChainParameters.MAX_LEVEL);
    String symbol = parameters.require(ChainParameters.SYMBOL);
    List<AskedExpiry> asked = ChainParameters.expiries(parameters);
    Timeframe timeframe = parameters.get(ChainParameters.TIMEFRAME, Timeframe.MIN1);
    OiChange.Kind kind = parameters.get(OI_CHANGE, OiChange.Kind.PREVIOUS_CLOSE);
    Style style =
        new Style(
            kind,
            minutesBack(parameters, kind),
            parameters.find(OI_HISTORY),
            parameters.find(ChainParameters.MAX_LEVEL));
    Underlying underlying = source.withData(symbol);
    Meta meta = new Meta(underlying, timeframe);
    Moment now = moment(underlying, parameters);
    Optional<Moment> then = earlier(underlying, parameters);
    meta.depend("at " + now.time);
    meta.depend("listed " + now.listed.version());
    then.ifPresent(moment -> meta.depend("then listed " + moment.listed.version()));
    List<LocalDate> expiries = new ArrayList<>();
    asked.forEach(one -> expiries.add(one.require(now.listed)));
    try (Work work = Work.of(source, context)) {
      Map<PageKey, Session> pages = pages(underlying.symbol(), expiries, now, then);
      work.admitChains(pages, style.history.map(OiHistory::bytesOfStrike).orElse(0L));
      List<DistributionView.Compared> chains = new ArrayList<>();
      for (LocalDate expiry : expiries) {
        work.checkWaitedFor();
        chains.add(
            new DistributionView.Compared(
                chain(work, underlying, expiry, timeframe, now, style, meta),
                then.filter(moment -> moment.has(expiry))
                    .map(moment ->
                        chain(work, underlying, expiry, timeframe, moment, style, meta))));
      }
      checkHistory(historyValues(chains), parameters.sent(OI_HISTORY));
      noteGaps(meta, now, chains);
      Answers.send(context, new DistributionView(meta, now.time, chains));
    }
  }

  private static Map<PageKey, Session> pages(
      String symbol, List<LocalDate> expiries, Moment now, Optional<Moment> then) {
    Map<PageKey, Session> pages = new HashMap<>();
    for (LocalDate expiry : expiries) {
      pages.put(new PageKey(symbol, expiry, Timeframe.MIN1, now.session.day()), now.session);
      then.filter(moment -> moment.has(expiry))
          .map(Moment::session)
          .ifPresent(session ->
              pages.put(new PageKey(symbol, expiry, Timeframe.MIN1, session.day()), session));
    }
    return pages;
  }

  private static long historyValues(List<DistributionView.Compared> chains) {
    return chains.stream()
        .flatMap(one -> Stream.concat(Stream.of(one.chain()), one.then().stream()))
        .flatMap(chain -> chain.history().stream())
        .mapToLong(OiHistory::values)
        .sum();
  }

  /** Refuses histories of more values than an answer may have. */
  static void checkHistory(long values, @Nullable String sent) {
    if (values > MOST_VALUES) {
      throw new Problem(
          ProblemCode.OUT_OF_RANGE,
          "the values of oi_history may be " + MOST_VALUES + "; have " + values,
          OI_HISTORY.name(),
          sent,
          "fewer minutes, or fewer expiries");
    }
  }

  /** Of the day from its opening to the time asked for, minute by minute. */
  private void noteGaps(Meta meta, Moment at, List<DistributionView.Compared> chains) {
    List<GridPage> pages = chains.stream().map(one -> one.chain().snapshot().page()).toList();
    Session session = at.session;
    long now = source.now();
    int ended = session.ended(Timeframe.MIN1, Math.min(now, at.ends.orElse(now)));
    int newest =
        at.ends.isPresent() ? 0 : pages.stream().mapToInt(GridPage::buckets).max().orElse(0);
    meta.buckets(
        session, Timeframe.MIN1, bucket -> Meta.hasBar(pages, bucket), 0, Math.max(ended, newest));
  }

  /** How every chain is to be shown. */
  private record Style(
      OiChange.Kind reference,
      int minutesBack,
      Optional<Integer> history,
      Optional<Integer> maxLevel) {}

  /**
   * As of when a chain is asked for.
   *
   * @param time epoch seconds UTC
   * @param ends when the minutes must have ended that are used; empty where the one that runs
   *     counts
   * @param session of its trading day
   * @param listed expiries listed then
   */
  private record Moment(long time, OptionalLong ends, Session session, ListedExpiries listed) {

    Snapshot chain(Underlying underlying, ChainSource.Bars bars, Timeframe timeframe) {
      return ends.isPresent()
          ? Snapshot.at(underlying, bars, timeframe, ends.getAsLong())
          : Snapshot.newest(underlying, bars, timeframe);
    }

    boolean has(LocalDate expiry) {
      return listed.has(expiry);
    }
  }

  private DistributionView.Chain chain(
      Work work,
      Underlying underlying,
      LocalDate expiry,
      Timeframe timeframe,
      Moment at,
      Style style,
      Meta meta) {
    Snapshot chain =
        at.chain(underlying, work.bars(underlying, expiry, Timeframe.MIN1, at.session), timeframe);
    meta.add(chain.bars());
    if (chain.bucket() >= 0) {
      meta.seen(chain.page().bucketStart(chain.bucket()));
    }
    return new DistributionView.Chain(
        chain,
        at.listed,
        reference(chain, style, meta),
        style.history.map(minutes -> OiHistory.of(chain, minutes)),
        style.maxLevel);
  }

  private static int minutesBack(Parameters parameters, OiChange.Kind kind) {
    Optional<Integer> minutes = parameters.find(MINUTES_BACK);
    if (minutes.isPresent() && kind != OiChange.Kind.MINUTES_BACK) {
      throw new Problem(
          ProblemCode.NOT_TOGETHER,
          "minutes_back goes with oi_change=minutes_back only; have oi_change=" + kind.text(),
          "minutes_back",
          parameters.sent(MINUTES_BACK),
          "minutes_back together with oi_change=minutes_back");
    }
    return minutes.orElse(USUAL_MINUTES_BACK);
  }

  /** The time asked, or now. */
  private Moment moment(Underlying underlying, Parameters parameters) {
    Optional<Long> sent = parameters.find(AT);
    if (sent.isPresent()) {
      return moment(underlying, sent.get(), AT, parameters);
    }
    LocalDate today = underlying.calendar().dayOf(source.now());
    LocalDate day = source.newestDay(underlying, today, AT.name(), null);
    Session session = session(underlying, day, AT, parameters);
    return new Moment(
        now(session), OptionalLong.empty(), session, source.listed(underlying, session));
  }

  /** The time to compare with, where one was asked for. */
  private Optional<Moment> earlier(Underlying underlying, Parameters parameters) {
    return parameters
        .find(COMPARE_AT)
        .map(time -> moment(underlying, time, COMPARE_AT, parameters));
  }

  private Moment moment(
      Underlying underlying, long time, Parameter<Long> sentAs, Parameters parameters) {
    LocalDate day = dayOfLastMinute(underlying, time);
    String sent = parameters.sent(sentAs);
    if (!source.newestDay(underlying, day, sentAs.name(), sent).equals(day)) {
      throw source.noData(underlying, "on " + day, sentAs.name(), sent);
    }
    Session session = session(underlying, day, sentAs, parameters);
    return new Moment(
        time, OptionalLong.of(time), session, source.listedBy(underlying, session, time));
  }

  /** The trading day of the last minute that had ended by then; where it is none, the date then. */
  private static LocalDate dayOfLastMinute(Underlying underlying, long time) {
    LocalDate day = underlying.calendar().dayOf(time - MINUTE);
    boolean isInSession =
        ChainSource.session(underlying, day).filter(s -> s.contains(time - MINUTE)).isPresent();
    return isInSession ? day : underlying.calendar().dayOf(time);
  }

  private Session session(
      Underlying underlying, LocalDate day, Parameter<Long> sentAs, Parameters parameters) {
    return ChainSource.session(underlying, day)
        .orElseThrow(() ->
            source.noData(
                underlying,
                "on " + day + ", a day without a session",
                sentAs.name(),
                parameters.sent(sentAs)));
  }

  /** The end of the minute that runs, or of the session where it is over. */
  private long now(Session session) {
    long now = source.now();
    return session.contains(now) ? Math.floorDiv(now, MINUTE) * MINUTE + MINUTE : session.close();
  }

  private OiChange reference(Snapshot chain, Style style, Meta meta) {
    return switch (style.reference) {
      case PREVIOUS_CLOSE -> OiChange.previousClose(source, chain.underlying(), chain.page(), meta);
      case SESSION_OPEN -> OiChange.sessionOpen(chain.page(), chain.bucket());
      case MINUTES_BACK -> OiChange.minutesBack(chain, style.minutesBack);
    };
  }
}
