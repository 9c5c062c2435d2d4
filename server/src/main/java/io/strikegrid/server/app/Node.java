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
import io.strikegrid.server.ingest.SteadyClock;
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
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.AggregateRefresher;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.status.AggregateMeters;
import io.strikegrid.server.status.StatusRoutes;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jdbi.v3.core.JdbiException;

/**
 * A running server: the list of its parts. Several may run in one process; closing takes the parts
 * down in reverse order, and closing again does nothing.
 */
final class Node implements AutoCloseable {

  private final Deque<Runnable> closing;
  private final HttpServer http;
  private final JobScheduler scheduler;

  private Node(ServeConfig config, OpenStore store, InstantSource clock, Deque<Runnable> closing) {
    this.closing = closing;
    Database database = store.database();
    Generations generations = new Generations(database);
    closing.push(generations::close);
    Pages pages = new Pages(new PageLoader(database), generations, config.pageBytes());
    closing.push(pages::close);
    Catalog catalog = new Catalog(database, generations, pages);
    AggregateRefresh refresh =
        new AggregateRefresh(
            database.background(),
            (row, firstMinute) -> {
              pages.accept(row, firstMinute);
              generations.accept(row);
            });
    AggregateRefresher refresher = new AggregateRefresher(refresh);
    closing.push(refresher::close);
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
    Live live = new Live(config.live(), commit, refused, clock);
    closing.push(live::close);
    PrometheusMeterRegistry registry = registry(pages);
    LiveMeters.register(registry, live);
    Feeds feeds = new Feeds(store.markets(), generations, clock, config.silentAfter(), registry);
    TickSink sink = feeds.watching(live);
    Feed posted = new Feed("http", Provenance.LIVE);
    TickIntake ticks =
        TickIntake.open(config.journal(), store.markets(), sink, posted, clock, refused);
    closing.push(ticks::close);
    feeds.add(posted, Feeds.Expected.ONCE_USED, ticks::backlog);
    KnownStrikes strikes = new KnownStrikes(database, generations, System::nanoTime);
    SteadyClock steady = new SteadyClock(clock, System::nanoTime);
    TickReader reader =
        new TickReader(store.markets(), steady, new TickAdmission(generations, strikes));
    config
        .redis()
        .ifPresent(redis -> {
          Feed streamed = new Feed("redis", Provenance.LIVE);
          SessionLock lock = new SessionLock(database, "feed redis");
          RedisFeed feed = new RedisFeed(redis, lock, reader, sink, streamed, clock);
          closing.push(feed::close);
          feeds.add(streamed, Feeds.Expected.FROM_THE_START);
        });
    RequestBody bodies = new RequestBody();
    if (config.demo()) {
      Instant now = clock.instant();
      DemoSample.commit(store.markets(), database, commit, now);
      Simulator simulator = DemoSample.simulator(store.markets(), sink, clock, now);
      closing.push(simulator::close);
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
    JobMeters.register(registry, jobs);
    AggregateMeters.register(registry, database);
    StreamHub stream =
        new StreamHub(
            new StreamSource(underlyings, generations, catalog, pages, live, clock),
            StreamConfig.USUAL.withConnectionsPerClient(config.http().bounds().streamsPerClient()),
            registry);
    this.http =
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
                new IngestRoutes(store.markets(), new Profiles(), commit, strikes, bodies, steady),
                new TickRoutes(reader, ticks, bodies, clock),
                new StatusRoutes(
                    Version.TEXT,
                    database,
                    generations,
                    pages,
                    live,
                    feeds,
                    jobs,
                    ticks::trouble,
                    registry,
                    clock)),
            registry,
            Version.TEXT + " " + database.storeId(),
            List.of(StoreException.class, JdbiException.class));
    closing.push(http::close);
    closing.push(stream::close);
    this.scheduler = new JobScheduler(jobs, JobsConfig.usual());
    closing.push(scheduler::close);
  }

  /** Opens the store and starts to listen. */
  static Node start(ServeConfig config, InstantSource clock)
      throws IOException, InterruptedException {
    OpenStore store = OpenStore.open(config.store());
    Deque<Runnable> closing = new ArrayDeque<>();
    closing.push(store::close);
    Node node;
    try {
      node = new Node(config, store, clock, closing);
    } catch (RuntimeException | Error e) {
      closeAll(closing);
      throw e;
    }
    try {
      node.http.start();
      node.scheduler.start();
      return node;
    } catch (RuntimeException | Error e) {
      node.close();
      throw e;
    }
  }

  private PrometheusMeterRegistry registry(Pages pages) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(registry);
    closing.push(collections::close);
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

  /** The port that it listens on. */
  int port() {
    return http.port();
  }

  @Override
  public synchronized void close() {
    closeAll(closing);
  }

  private static void closeAll(Deque<Runnable> parts) {
    while (!parts.isEmpty()) {
      parts.pop().run();
    }
  }
}
