package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** One strike through time: {@code /fo/strike-history}. */
final class StrikeHistoryResource {

  private static final int NEIGHBOURS_SHOWN = 10;

  private final ChainSource source;

  StrikeHistoryResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters =
        Parameters.of(
            context,
            ChainParameters.SYMBOL,
            ChainParameters.EXPIRY,
            ChainParameters.STRIKE,
            ChainParameters.TIMEFRAME,
            ChainParameters.FROM,
            ChainParameters.TO,
            ChainParameters.OPTION_SIDE);
    String symbol = parameters.require(ChainParameters.SYMBOL);
    double strike = parameters.require(ChainParameters.STRIKE);
    AskedExpiry expiry = parameters.get(ChainParameters.EXPIRY, AskedExpiry.NEAREST);
    Timeframe timeframe = parameters.get(ChainParameters.TIMEFRAME, Timeframe.MIN5);
    Sides sides = parameters.get(ChainParameters.OPTION_SIDE, Sides.BOTH);
    Underlying underlying = source.withData(symbol);
    HistoryFold fold = new HistoryFold(strike, sides);
    try (Work work = Work.of(source, context)) {
      ChainRange range =
          ChainRange.of(
              work, underlying, timeframe, List.of(expiry), TimeRange.Asked.of(parameters), fold);
      if (!fold.isSeen()) {
        throw unknown(strike, parameters.sent(ChainParameters.STRIKE), fold.nearest());
      }
      Answers.send(context, new StrikeHistoryView(range, fold, strike, sides));
    }
  }

  /** Says that there is no such strike, and names those nearest to it. */
  static Problem unknown(
      double strike, @org.jspecify.annotations.Nullable String sent, DoubleStream strikes) {
    String nearest =
        strikes
            .distinct()
            .boxed()
            .sorted(Comparator.comparingDouble(one -> Math.abs(one - strike)))
            .limit(NEIGHBOURS_SHOWN)
            .sorted()
            .map(StrikeHistoryResource::text)
            .collect(Collectors.joining(", "));
    return new Problem(
        ProblemCode.UNKNOWN_STRIKE,
        "no strike " + text(strike) + " was seen; the nearest are " + nearest,
        "strike",
        sent,
        nearest);
  }

  private static String text(double strike) {
    return strike == Math.rint(strike) ? Long.toString((long) strike) : Double.toString(strike);
  }
}
