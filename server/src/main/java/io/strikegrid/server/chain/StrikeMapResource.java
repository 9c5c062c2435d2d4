package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One measure by strike and time: {@code /fo/strike-map}. */
final class StrikeMapResource {

  private static final int MOST_VALUES = 2_000_000;
  private static final int MOST_LOOKS = 5;
  private static final Parameter<Indicator> INDICATOR =
      Parameter.oneOf(
          "indicator",
          Arrays.stream(Indicator.values()).filter(Indicator::hasSides).toList(),
          Indicator::text);
  private static final Parameter<OiChange.Kind> OI_CHANGE =
      Parameter.oneOf(
          "oi_change",
          List.of(OiChange.Kind.PREVIOUS_CLOSE, OiChange.Kind.SESSION_OPEN),
          OiChange.Kind::text);

  private final ChainSource source;

  StrikeMapResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters =
        Parameters.of(
            context,
            ChainParameters.SYMBOL,
            ChainParameters.EXPIRY,
            ChainParameters.TIMEFRAME,
            INDICATOR,
            ChainParameters.OPTION_SIDE,
            OI_CHANGE,
            ChainParameters.FROM,
            ChainParameters.TO,
            ChainParameters.MAX_LEVEL);
    String symbol = parameters.require(ChainParameters.SYMBOL);
    Indicator indicator = parameters.require(INDICATOR);
    AskedExpiry expiry = parameters.get(ChainParameters.EXPIRY, AskedExpiry.NEAREST);
    Timeframe timeframe = parameters.get(ChainParameters.TIMEFRAME, Timeframe.MIN5);
    Sides sides = parameters.get(ChainParameters.OPTION_SIDE, Sides.BOTH);
    OiChange.Kind kind = kind(parameters, indicator);
    Optional<Integer> maxLevel = parameters.find(ChainParameters.MAX_LEVEL);
    Underlying underlying = source.withData(symbol);
    TimeRange.Asked asked = TimeRange.Asked.of(parameters);
    StrikeMap.Measure measure = new StrikeMap.Measure(indicator, sides, kind);
    for (int again = 0; again < MOST_LOOKS; again++) {
      try (Work work = Work.of(source, context)) {
        StrikesFold fold = new StrikesFold(maxLevel, MOST_VALUES, measure.isSinceOpening());
        ChainRange range = ChainRange.of(work, underlying, timeframe, List.of(expiry), asked, fold);
        double[] strikes = fold.strikes();
        checkSize(strikes.length, range.length(), asked);
        Optional<StrikeMap> map = StrikeMap.of(work, range, strikes, measure);
        if (map.isPresent()) {
          Answers.send(context, new StrikeMapView(range, map.get(), measure));
          return;
        }
      }
    }
    throw new Problem(
        ProblemCode.NOT_READY, "the bars changed again and again while they were read; try again");
  }

  private static OiChange.Kind kind(Parameters parameters, Indicator indicator) {
    Optional<OiChange.Kind> kind = parameters.find(OI_CHANGE);
    if (kind.isPresent() && indicator != Indicator.OI_CHANGE) {
      throw new Problem(
          ProblemCode.NOT_TOGETHER,
          "oi_change goes with indicator=oi_change only; have indicator=" + indicator.text(),
          "oi_change",
          parameters.sent(OI_CHANGE),
          "oi_change together with indicator=oi_change");
    }
    return kind.orElse(OiChange.Kind.PREVIOUS_CLOSE);
  }

  static void checkSize(int strikes, int buckets, TimeRange.Asked asked) {
    if ((long) strikes * buckets > MOST_VALUES) {
      throw asked.tooLong(
          "strikes times buckets may be " + MOST_VALUES + "; have " + strikes + " times " + buckets,
          "a shorter range, a longer timeframe, or fewer strikes by max_level");
    }
  }
}
