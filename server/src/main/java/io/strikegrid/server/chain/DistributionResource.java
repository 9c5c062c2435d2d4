package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.market.ExpiryCalendar;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.view.AskedExpiry;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The chain of one or more expiries, now or at a time: {@code /fo/strike-distribution}. */
final class DistributionResource {

  private static final Parameter<Long> AT = Parameter.time("at");
  private static final Parameter<OiChange.Kind> OI_CHANGE =
      Parameter.oneOf("oi_change", Arrays.asList(OiChange.Kind.values()), OiChange.Kind::text);
  private static final Parameter<Integer> MINUTES_BACK = Parameter.whole("minutes_back", 1, 1440);
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
            ChainParameters.TIMEFRAME,
            OI_CHANGE,
            MINUTES_BACK,
            ChainParameters.MAX_LEVEL);
    String symbol = parameters.require(ChainParameters.SYMBOL);
    List<AskedExpiry> asked = ChainParameters.expiries(parameters);
    Timeframe timeframe = parameters.get(ChainParameters.TIMEFRAME, Timeframe.MIN1);
    OiChange.Kind kind = parameters.get(OI_CHANGE, OiChange.Kind.PREVIOUS_CLOSE);
    int minutesBack = minutesBack(parameters, kind);
    Optional<Integer> maxLevel = parameters.find(ChainParameters.MAX_LEVEL);
    Underlying underlying = source.withData(symbol);
    Optional<Long> sent = parameters.find(AT);
    Session session = session(underlying, sent, parameters);
    long at = sent.orElseGet(() -> now(session));
    ExpiryCalendar listed = source.listed(underlying, session.day());
    Meta meta = new Meta(underlying, timeframe);
    meta.depend("at " + at);
    List<DistributionView.Chain> chains = new ArrayList<>();
    for (AskedExpiry one : asked) {
      LocalDate expiry = one.require(listed, session.day());
      Snapshot chain =
          Snapshot.of(underlying, source.bars(underlying, expiry, timeframe, session), at);
      OiChange reference = reference(chain, kind, minutesBack, meta);
      chains.add(new DistributionView.Chain(chain, listed, reference, maxLevel));
      meta.add(chain.bars());
      if (chain.bucket() >= 0) {
        meta.seen(chain.page().bucketStart(chain.bucket()));
      }
    }
    Answers.send(context, new DistributionView(meta, at, chains));
  }

  private static int minutesBack(Parameters parameters, OiChange.Kind kind) {
    Optional<Integer> minutes = parameters.find(MINUTES_BACK);
    if (minutes.isPresent() && kind != OiChange.Kind.MINUTES_BACK) {
      throw new Problem(
          ProblemCode.BAD_VALUE,
          "minutes_back goes with oi_change=minutes_back only; have oi_change=" + kind.text(),
          "minutes_back",
          parameters.sent(MINUTES_BACK),
          "minutes_back together with oi_change=minutes_back");
    }
    return minutes.orElse(USUAL_MINUTES_BACK);
  }

  /** The session of the time asked, or the newest one with bars. */
  private Session session(Underlying underlying, Optional<Long> at, Parameters parameters) {
    LocalDate today = underlying.calendar().dayOf(at.orElseGet(source::now));
    LocalDate day = source.newestDay(underlying, today, "at", parameters.sent(AT));
    if (at.isPresent() && !day.equals(today)) {
      throw source.noData(underlying, "on " + today, "at", parameters.sent(AT));
    }
    return ChainSource.session(underlying, day)
        .orElseThrow(
            () -> source.noData(underlying, "on " + day + ", a day without a session", "at", null));
  }

  /** The minute that runs, or the end of the session where it is over. */
  private long now(Session session) {
    long now = source.now();
    return session.contains(now) ? Math.floorDiv(now, MINUTE) * MINUTE : session.close();
  }

  private OiChange reference(Snapshot chain, OiChange.Kind kind, int minutesBack, Meta meta) {
    return switch (kind) {
      case PREVIOUS_CLOSE -> OiChange.previousClose(source, chain.underlying(), chain.page(), meta);
      case SESSION_OPEN -> OiChange.sessionOpen(chain.page(), chain.bucket());
      case MINUTES_BACK -> OiChange.minutesBack(chain, minutesBack);
    };
  }
}
