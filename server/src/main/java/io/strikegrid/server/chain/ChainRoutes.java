package io.strikegrid.server.chain;

import io.javalin.config.RoutesConfig;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.live.RunningMinutes;
import io.strikegrid.server.pages.Catalog;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.Routes;
import io.strikegrid.server.store.Database;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every question about chains. */
public final class ChainRoutes implements Routes {

  private final IndicatorsResource indicators = new IndicatorsResource();
  private final SymbolsResource symbols;
  private final DaysResource days;
  private final ExpiriesResource expiries;
  private final InstrumentsResource instruments;
  private final MoneynessResource moneyness;
  private final DistributionResource distribution;
  private final StrikeHistoryResource history;
  private final StrikeMapResource map;
  private final ExpiryMetricsResource metrics;
  private final LatestResource latest;

  /**
   * The questions, answered from a store.
   *
   * @param underlyings finds an underlying by symbol or alias
   * @param aliases the symbol of each alias, in order
   * @param generations which days there are
   * @param catalog expiries of a day, open interest at the previous close
   * @param pages the bars
   * @param running minutes that are not committed yet
   * @param database for the search of instruments alone
   * @param clock what now is
   */
  public ChainRoutes(
      Function<String, Optional<Underlying>> underlyings,
      Map<String, String> aliases,
      Generations generations,
      Catalog catalog,
      Pages pages,
      RunningMinutes running,
      Database database,
      InstantSource clock) {
    ChainSource source = new ChainSource(underlyings, generations, catalog, pages, running, clock);
    this.symbols = new SymbolsResource(source, aliases);
    this.days = new DaysResource(source);
    this.expiries = new ExpiriesResource(source);
    this.instruments = new InstrumentsResource(source, database);
    this.moneyness = new MoneynessResource(source);
    this.distribution = new DistributionResource(source);
    this.history = new StrikeHistoryResource(source);
    this.map = new StrikeMapResource(source);
    this.metrics = new ExpiryMetricsResource(source);
    this.latest = new LatestResource(source);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/fo/indicators", indicators::answer, Role.READ);
    routes.get("/fo/symbols", symbols::answer, Role.READ);
    routes.get("/fo/days", days::answer, Role.READ);
    routes.get("/fo/expiries", expiries::answer, Role.READ);
    routes.get("/fo/instruments/search", instruments::answer, Role.READ);
    routes.get("/fo/moneyness-series", moneyness::answer, Role.READ);
    routes.get("/fo/strike-distribution", distribution::answer, Role.READ);
    routes.get("/fo/strike-history", history::answer, Role.READ);
    routes.get("/fo/strike-map", map::answer, Role.READ);
    routes.get("/fo/expiry-metrics", metrics::answer, Role.READ);
    routes.get("/fo/latest", latest::answer, Role.READ);
  }
}
