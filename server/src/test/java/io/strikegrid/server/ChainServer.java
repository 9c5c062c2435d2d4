package io.strikegrid.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strikegrid.server.chain.ChainRoutes;
import io.strikegrid.server.pages.Admission;
import io.strikegrid.server.pages.Catalog;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.server.platform.http.HttpServer;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.rollup.DayCommit;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The questions about chains over HTTP, on an empty database of its own and what is written to it.
 */
public final class ChainServer implements AutoCloseable {

  private static final long PAGE_BYTES = 64 << 20;

  private final TestDatabase store = TestDatabase.create();
  private final Generations generations = new Generations(store.database(), new Watch());
  private final Pages pages;
  private final DayCommit commit;
  private final HttpServer http;

  /** Starts one. */
  public ChainServer() {
    InstantSource clock = InstantSource.system();
    MarketCatalog markets = MarketCatalog.load(List.of());
    this.pages =
        new Pages(new PageLoader(store.database()), generations, PAGE_BYTES, Admission.usual());
    this.commit =
        new DayCommit(
            store.database(),
            clock,
            change -> {
              pages.accept(change);
              generations.accept(change.row());
            });
    this.http =
        HttpServer.create(
            new HttpConfig("127.0.0.1", 0, Optional.empty(), false),
            List.of(
                new ChainRoutes(
                    markets::find,
                    markets.aliases(),
                    generations,
                    new Catalog(store.database(), generations, pages),
                    pages,
                    (underlying, committed) -> Optional.empty(),
                    store.database(),
                    clock)),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            "test " + store.database().storeId(),
            List.of());
    http.start();
  }

  /** Writes to it. */
  public DayCommit commit() {
    return commit;
  }

  /** Asks it. */
  public ApiClient client() {
    return new ApiClient(http.port());
  }

  @Override
  public void close() {
    http.close();
    generations.close();
    pages.close();
    store.close();
  }
}
