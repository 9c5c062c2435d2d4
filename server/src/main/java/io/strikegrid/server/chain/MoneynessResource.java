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

/** One measure per expiry and level through time: {@code /fo/moneyness-series}. */
final class MoneynessResource {

  private static final Parameter<Indicator> INDICATOR =
      Parameter.oneOf(
          "indicator",
          Arrays.stream(Indicator.values()).filter(Indicator::isSeries).toList(),
          Indicator::text);
  private static final Parameter<Integer> MAX_LEVEL = Parameter.whole("max_level", 0, 50);
  private static final int USUAL_LEVEL = 10;

  private final ChainSource source;

  MoneynessResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters =
        Parameters.of(
            context,
            ChainParameters.SYMBOL,
            ChainParameters.TIMEFRAME,
            INDICATOR,
            ChainParameters.OPTION_SIDE,
            ChainParameters.EXPIRIES,
            ChainParameters.FROM,
            ChainParameters.TO,
            MAX_LEVEL);
    String symbol = parameters.require(ChainParameters.SYMBOL);
    Indicator indicator = parameters.require(INDICATOR);
    Timeframe timeframe = parameters.get(ChainParameters.TIMEFRAME, Timeframe.MIN5);
    Sides sides = parameters.get(ChainParameters.OPTION_SIDE, Sides.BOTH);
    if (!indicator.hasSides() && sides != Sides.BOTH) {
      throw new Problem(
          ProblemCode.NOT_TOGETHER,
          indicator.text() + " has no value for one side; have option_side " + sides.text(),
          "option_side",
          sides.text(),
          Sides.BOTH.text());
    }
    int maxLevel = parameters.get(MAX_LEVEL, USUAL_LEVEL);
    Underlying underlying = source.withData(symbol);
    List<AskedExpiry> expiries = ChainParameters.expiries(parameters);
    MoneynessFold fold = new MoneynessFold(indicator, sides, maxLevel, expiries.size());
    try (Work work = Work.of(source, context)) {
      ChainRange range =
          ChainRange.of(
              work, underlying, timeframe, expiries, TimeRange.Asked.of(parameters), fold);
      Answers.send(context, new MoneynessView(range, fold, indicator, sides, maxLevel));
    }
  }
}
