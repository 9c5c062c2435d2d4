package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.view.AskedExpiry;
import java.io.IOException;
import java.util.List;

/** A chain's own figures through time: {@code /fo/expiry-metrics}. */
final class ExpiryMetricsResource {

  private final ChainSource source;

  ExpiryMetricsResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters =
        Parameters.of(
            context,
            ChainParameters.SYMBOL,
            ChainParameters.EXPIRIES,
            ChainParameters.TIMEFRAME,
            ChainParameters.FROM,
            ChainParameters.TO);
    String symbol = parameters.require(ChainParameters.SYMBOL);
    Timeframe timeframe = parameters.get(ChainParameters.TIMEFRAME, Timeframe.MIN5);
    Underlying underlying = source.withData(symbol);
    List<AskedExpiry> expiries = ChainParameters.expiries(parameters);
    MetricsFold fold = new MetricsFold(expiries.size());
    try (Work work = Work.of(source, context)) {
      ChainRange range =
          ChainRange.of(
              work, underlying, timeframe, expiries, TimeRange.Asked.of(parameters), fold);
      Answers.send(context, new ExpiryMetricsView(range, fold));
    }
  }
}
