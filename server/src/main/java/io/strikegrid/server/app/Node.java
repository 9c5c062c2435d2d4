package io.strikegrid.server.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.app.demo.Simulator;
import io.strikegrid.server.chain.ChainRoutes;
import io.strikegrid.server.dashboard.DashboardRoutes;
import io.strikegrid.server.ingest.IngestRoutes;
import io.strikegrid.server.ingest.KnownStrikes;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.ingest.redis.RedisFeed;
import io.strikegrid.server.ingest.tick.RefusedKeeper;
import io.strikegrid.server.ingest.tick.TickAdmission;
import io.strikegrid.server.ingest.tick.TickIntake;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.ingest.tick.TickRoutes;
import io.strikegrid.server.jobs.JobMeters;
import io.strikegrid.server.jobs.JobScheduler;
import io.strikegrid.server.jobs.Jobs;
import io.strikegrid.server.jobs.JobsConfig;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.Live;
import io.strikegrid.server.live.LiveMeters;
import io.strikegrid.server.live.TickSink;
import io.strikegrid.server.pages.Catalog;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.HttpServer;
import io.strikegrid.server.platform.http.RequestBody;
import io.strikegrid.server.platform.watch.Patrol;
import io.strikegrid.server.platform.watch.SteadyClock;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.AggregateRefresher;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.status.AggregateMeters;
import io.strikegrid.server.status.StatusRoutes;
import io.strikegrid.server.status.StoreLook;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RefusedStore;
import io.strikegrid.server.store.SessionLock;
import io.strikegrid.server.store.StoreException;
import io.strikegrid.server.stream.StreamConfig;
import io.strikegrid.server.stream.StreamHub;
import io.strikegrid.server.stream.StreamRoutes;
import io.strikegrid.server.stream.StreamSource;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;

/**
 * A running server: the list of its parts. Several may run in one process; closing takes the parts
 * down in reverse order, and closing again does nothing. One that cannot start leaves nothing open.
 */
final class Node implements AutoCloseable {

  private final Parts parts;
  private final String store;
  private final Watch watch = new Watch();
  private final HttpServer http;
  private final JobScheduler scheduler;

  private Node(ServeConfig config, Parts parts, OpenStore store, InstantSource machine) {
    this.parts = parts;
    SteadyClock clock = new SteadyClock(machine, System::nanoTime);
    Database database = store.database();
    this.store = "PostgreSQL " + database.serverVersion() + " " + database.engine().label();
    Generations generations = parts.add("generations", new Generations(database, watch));
    Pages pages =
        parts.add("pages", new Pages(new PageLoader(database), generations, config.pageBytes()));
    Catalog catalog = new Catalog(database, generations, pages);
    AggregateRefresh refresh =
        new AggregateRefresh(
            database.background(),
            (row, firstMinute) -> {
              pages.accept(row, firstMinute);
              generations.accept(row);
            });
    AggregateRefresher refresher =
        parts.add("refresh of aggregates", new AggregateRefresher(refresh, watch));
    DayCommit commit =
        new DayCommit(
            database,
            clock,
            change -> {
              pages.accept(change);
              generations.accept(change.row());
              refresher.wake();
            });
    RefusedKeeper refused = new RefusedKeeper(new RefusedStore(database), clock);
    Live live = parts.add("live minutes", new Live(config.live(), commit, refused, clock, watch));
    PrometheusMeterRegistry registry = registry(pages);
    LiveMeters.register(registry, live);
    Feeds feeds = new Feeds(store.markets(), generations, clock, config.silentAfter(), registry);
    TickSink sink = feeds.watching(live);
    Feed posted = new Feed("http", Provenance.LIVE);
    TickIntake ticks =
        parts.add(
            "ticks",
            TickIntake.open(
                config.journal(), store.markets(), sink, posted, clock, refused, watch));
    feeds.add(posted, Feeds.Expected.ONCE_USED, ticks::backlog);
    KnownStrikes strikes = new KnownStrikes(database, generations, System::nanoTime);
    TickReader reader =
        new TickReader(store.markets(), clock, new TickAdmission(generations, strikes));
    config
        .redis()
        .ifPresent(redis -> {
          Feed streamed = new Feed("redis", Provenance.LIVE);
          SessionLock lock = new SessionLock(database, "feed redis");
          parts.add("feed redis", new RedisFeed(redis, lock, reader, sink, streamed, clock, watch));
          feeds.add(streamed, Feeds.Expected.FROM_THE_START);
        });
    RequestBody bodies = new RequestBody();
    if (config.demo()) {
      Instant now = clock.instant();
      DemoSample.commit(store.markets(), database, commit, now);
      Simulator simulator =
          parts.add("simulator", DemoSample.simulator(store.markets(), sink, clock, now, watch));
      feeds.add(simulator.feed(), Feeds.Expected.FROM_THE_START);
    }
    KnownUnderlyings underlyings = new KnownUnderlyings(store.markets(), database);
    Jobs jobs =
        new ServerJobs(
                database.background(),
                underlyings,
                commit,
                refresh,
                config.live(),
                config.store().keeping(),
                generations::accept,
                clock)
            .jobs();
    StoreLook look =
        parts.add("look", new StoreLook(database, jobs, watch, clock, System::nanoTime));
    JobMeters.register(registry, jobs.names(), look::jobs);
    AggregateMeters.register(registry, look);
    parts.add(
        "watch",
        new Patrol(watch, List.of(new Patrol.Check("the store does not answer", look::trouble))));
    StreamHub stream =
        parts.add(
            "stream",
            new StreamHub(
                new StreamSource(underlyings, generations, catalog, pages, live, clock),
                StreamConfig.USUAL.withConnectionsPerClient(
                    config.http().bounds().streamsPerClient()),
                registry,
                watch));
    this.http =
        parts.addBelow(
            "http",
            HttpServer.create(
                config.http(),
                List.of(
                    new ChainRoutes(
                        underlyings,
                        store.markets().aliases(),
                        generations,
                        catalog,
                        pages,
                        live,
                        database,
                        clock),
                    new StreamRoutes(stream),
                    new DashboardRoutes(),
                    new IngestRoutes(
                        store.markets(), new Profiles(), commit, strikes, bodies, clock),
                    new TickRoutes(reader, ticks, bodies, clock),
                    new StatusRoutes(
                        Version.TEXT,
                        database,
                        generations,
                        pages,
                        live,
                        feeds,
                        look,
                        watch,
                        store::server,
                        () -> troubles(store, ticks, clock),
                        registry,
                        clock)),
                registry,
                Version.TEXT + " " + database.storeId(),
                List.of(StoreException.class, JdbiException.class)));
    this.scheduler = parts.add("scheduler", new JobScheduler(jobs, JobsConfig.usual(), watch));
  }

  /** What else is wrong, in words. */
  private static List<String> troubles(OpenStore store, TickIntake ticks, SteadyClock clock) {
    List<String> troubles = new ArrayList<>();
    clock.trouble().ifPresent(troubles::add);
    troubles.addAll(ticks.troubles());
    store
        .server()
        .filter(state -> !state.isRunning())
        .ifPresent(state -> troubles.add("the embedded PostgreSQL is " + state));
    store.database().reserve().trouble().ifPresent(troubles::add);
    return troubles;
  }

  /** Opens the store and starts to listen. */
  static Node start(ServeConfig config, InstantSource clock)
      throws IOException, InterruptedException {
    Parts parts = new Parts();
    try {
      OpenStore store = parts.add("store", OpenStore.open(config.store()));
      Node node = new Node(config, parts, store, clock);
      node.http.start();
      node.scheduler.start();
      return node;
    } catch (Throwable e) {
      parts.closeAfter(e);
      throw e;
    }
  }

  private PrometheusMeterRegistry registry(Pages pages) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(registry);
    parts.add("meters", collections);
    Gauge.builder("strikegrid.pages.count", pages, Pages::count).register(registry);
    Gauge.builder("strikegrid.pages.bytes", pages, Pages::bytes)
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("strikegrid.work.bytes", pages, p -> p.admission().used())
        .description("Memory that requests took beside the cache of pages")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("strikegrid.work.waiting", pages, p -> p.admission().waiting())
        .description("Requests that wait for memory")
        .register(registry);
    Gauge.builder("strikegrid.pages.hits", pages, p -> p.stats().hitCount()).register(registry);
    Gauge.builder("strikegrid.pages.misses", pages, p -> p.stats().missCount()).register(registry);
    return registry;
  }

  /** Its store, in words. */
  String store() {
    return store;
  }

  /** The port that it listens on. */
  int port() {
    return http.port();
  }

  @Override
  public void close() {
    parts.close();
  }
}
