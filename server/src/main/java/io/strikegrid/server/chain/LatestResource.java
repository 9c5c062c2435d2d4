package io.strikegrid.server.chain;

import io.javalin.http.Context;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.ListedExpiries;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The newest bar of each strike: {@code /fo/latest}. */
final class LatestResource {

  private static final Parameter<Double> STRIKES = ChainParameters.STRIKE.repeatable(500);

  private final ChainSource source;

  LatestResource(ChainSource source) {
    this.source = source;
  }

  void answer(Context context) throws IOException {
    Parameters parameters =
        Parameters.of(
            context,
            ChainParameters.SYMBOL,
            ChainParameters.EXPIRIES,
            STRIKES,
            ChainParameters.OPTION_SIDE);
    String symbol = parameters.require(ChainParameters.SYMBOL);
    List<AskedExpiry> asked = ChainParameters.expiries(parameters);
    List<Double> strikes = parameters.all(STRIKES);
    Sides sides = parameters.get(ChainParameters.OPTION_SIDE, Sides.BOTH);
    Underlying underlying = source.withData(symbol);
    LocalDate today = underlying.calendar().dayOf(source.now());
    LocalDate day = source.newestDay(underlying, today, "symbol", symbol);
    Session session =
        ChainSource.session(underlying, day)
            .orElseThrow(() ->
                source.noData(
                    underlying, "on " + day + ", a day without a session", "symbol", symbol));
    ListedExpiries listed = source.listed(underlying, session);
    Set<LocalDate> expiries = new LinkedHashSet<>();
    asked.forEach(one -> expiries.add(one.require(listed)));
    Map<PageKey, Session> pages = new HashMap<>();
    for (LocalDate expiry : expiries) {
      pages.put(new PageKey(underlying.symbol(), expiry, Timeframe.MIN1, day), session);
    }
    try (Work work = Work.of(source, context)) {
      work.admitChains(pages, 0);
      Answers.send(
          context, view(work, underlying, session, listed, expiries, strikes, sides, parameters));
    }
  }

  private LatestView view(
      Work work,
      Underlying underlying,
      Session session,
      ListedExpiries listed,
      Set<LocalDate> expiries,
      List<Double> strikes,
      Sides sides,
      Parameters parameters) {
    Meta meta = new Meta(underlying, Timeframe.MIN1);
    meta.depend("listed " + listed.version());
    List<LatestView.Row> rows = new ArrayList<>();
    List<Snapshot> chains = new ArrayList<>();
    for (LocalDate expiry : expiries) {
      Snapshot chain =
          Snapshot.newest(
              underlying, work.bars(underlying, expiry, Timeframe.MIN1, session), Timeframe.MIN1);
      chains.add(chain);
      meta.add(chain.bars());
      OiChange reference = OiChange.previousClose(source, underlying, chain.page(), meta);
      for (int k = 0; k < chain.page().strikes(); k++) {
        if (isAsked(strikes, chain.page().strike(k)) && chain.known().isKnown(k)) {
          LatestView.Row row = new LatestView.Row(chain, k, reference);
          rows.add(row);
          meta.seen(row.bucketTime());
        }
      }
    }
    checkStrikes(strikes, chains, parameters);
    return new LatestView(meta, rows, sides);
  }

  private static boolean isAsked(List<Double> strikes, double strike) {
    return strikes.isEmpty() || strikes.contains(strike);
  }

  private static void checkStrikes(
      List<Double> strikes, List<Snapshot> chains, Parameters parameters) {
    for (double strike : strikes) {
      if (chains.stream().noneMatch(chain -> chain.page().indexOf(strike) >= 0)) {
        throw StrikeHistoryResource.unknown(
            strike,
            parameters.sent(STRIKES),
            chains.stream().flatMapToDouble(chain -> Arrays.stream(chain.page().strikeArray())));
      }
    }
  }
}
