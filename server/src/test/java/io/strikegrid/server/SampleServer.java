package io.strikegrid.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.chain.ChainRoutes;
import io.strikegrid.server.dashboard.DashboardRoutes;
import io.strikegrid.server.ingest.IngestRoutes;
import io.strikegrid.server.ingest.KnownStrikes;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.ingest.tick.RefusedKeeper;
import io.strikegrid.server.ingest.tick.TickAdmission;
import io.strikegrid.server.ingest.tick.TickIntake;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.ingest.tick.TickRoutes;
import io.strikegrid.server.jobs.JobMeters;
import io.strikegrid.server.jobs.Jobs;
import io.strikegrid.server.jobs.SampleJob;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.Live;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.live.RecordingSink;
import io.strikegrid.server.live.RunningMinutes;
import io.strikegrid.server.pages.Admission;
import io.strikegrid.server.pages.Catalog;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.server.platform.http.HttpServer;
import io.strikegrid.server.platform.http.RequestBody;
import io.strikegrid.server.platform.http.Tokens;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.status.AggregateMeters;
import io.strikegrid.server.status.StatusRoutes;
import io.strikegrid.server.status.StoreLook;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RefusedStore;
import io.strikegrid.server.store.StoreException;
import io.strikegrid.server.stream.StreamConfig;
import io.strikegrid.server.stream.StreamHub;
import io.strikegrid.server.stream.StreamRoutes;
import io.strikegrid.server.stream.StreamSource;
import io.strikegrid.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;

/**
 * The API over HTTP on a database with the {@link SampleChains}; its clock stands at noon in India
 * of Friday, 25 April 2025.
 */
public final class SampleServer implements AutoCloseable {

  private static final long PAGE_BYTES = 64 << 20;

  /** Most bytes of ticks that may wait for its sink. */
  public static final long BACKLOG_BYTES = 100_000;

  private final TestDatabase store = TestDatabase.create();
  private final Database database = store.database();
  private final Generations generations;
  private final Pages pages;
  private final Live live;
  private final HttpServer http;
  private final SampleChains chains;
  private final MarketCatalog markets = MarketCatalog.load(List.of());
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamHub stream;
  private volatile RunningMinutes running;
  private final ManualClock clock = ManualClock.at("2025-04-25T06:30:00Z");
  private final RecordingSink sink = new RecordingSink();
  private final Path journal = temporaryFolder();
  private final Feed ticksFeed = new Feed("http", Provenance.LIVE);
  private final TickIntake ticks;
  private final SampleJob job = new SampleJob(Duration.ofDays(1));
  private final Jobs jobs;
  private final Watch watch = new Watch();
  private final StoreLook look;

  private SampleServer(
      Optional<Tokens> tokens, StreamConfig config, Admission admission, long pageBytes) {
    this.generations = new Generations(database, watch);
    this.pages = new Pages(new PageLoader(database), generations, pageBytes, admission);
    DayCommit commit =
        new DayCommit(
            database,
            clock,
            change -> {
              pages.accept(change);
              generations.accept(change.row());
            });
    this.live =
        new Live(
            LiveConfig.usual(),
            commit,
            new RefusedKeeper(new RefusedStore(database), clock),
            clock,
            watch);
    this.chains = new SampleChains(markets, commit);
    chains.store();
    Catalog catalog = new Catalog(database, generations, pages);
    this.running = live;
    Feeds feeds = new Feeds(markets, generations, clock, Feeds.SILENT_AFTER, registry);
    this.ticks =
        TickIntake.open(
            new JournalConfig(journal, 1 << 20, BACKLOG_BYTES),
            markets,
            feeds.watching(sink),
            ticksFeed,
            clock,
            watch);
    feeds.add(ticksFeed, Feeds.Expected.ONCE_USED, ticks::backlog);
    this.jobs = new Jobs(database, List.of(job), clock);
    this.look = new StoreLook(database, jobs, watch, clock, System::nanoTime);
    JobMeters.register(registry, jobs.names(), look::jobs);
    AggregateMeters.register(registry, look);
    RequestBody bodies = new RequestBody();
    KnownStrikes strikes = new KnownStrikes(database, generations, System::nanoTime);
    TickReader reader = new TickReader(markets, clock, new TickAdmission(generations, strikes));
    this.stream =
        new StreamHub(
            new StreamSource(
                markets::find,
                generations,
                catalog,
                pages,
                (underlying, committed) -> running.beside(underlying, committed),
                clock),
            config,
            registry,
            watch);
    this.http =
        HttpServer.create(
            new HttpConfig("127.0.0.1", 0, tokens, false),
            List.of(
                new ChainRoutes(
                    markets::find,
                    markets.aliases(),
                    generations,
                    catalog,
                    pages,
                    (underlying, committed) -> running.beside(underlying, committed),
                    database,
                    clock),
                new StreamRoutes(stream),
                new DashboardRoutes(),
                new IngestRoutes(markets, new Profiles(), commit, strikes, bodies, clock),
                new TickRoutes(reader, ticks, bodies, clock),
                new StatusRoutes(
                    "0.0.0-test",
                    database,
                    generations,
                    pages,
                    live,
                    feeds,
                    look,
                    watch,
                    Optional::empty,
                    ticks::troubles,
                    registry,
                    clock)),
            registry,
            "test " + database.storeId(),
            List.of(StoreException.class, JdbiException.class));
    http.start();
  }

  /** One of its own, open to anybody. */
  public static SampleServer start() {
    return start(StreamConfig.USUAL);
  }

  /** One of its own, open to anybody, with bounds of its own for the stream. */
  public static SampleServer start(StreamConfig config) {
    return new SampleServer(Optional.empty(), config, Admission.usual(), PAGE_BYTES);
  }

  /** One of its own, open to these tokens. */
  public static SampleServer start(Tokens tokens) {
    return new SampleServer(Optional.of(tokens), StreamConfig.USUAL, Admission.usual(), PAGE_BYTES);
  }

  /** One of its own, open to anybody, with so many bytes for pages. */
  public static SampleServer start(long pageBytes) {
    return new SampleServer(Optional.empty(), StreamConfig.USUAL, Admission.usual(), pageBytes);
  }

  /** One of its own, open to anybody, with this memory for what requests do. */
  public static SampleServer start(Admission admission) {
    return new SampleServer(Optional.empty(), StreamConfig.USUAL, admission, PAGE_BYTES);
  }

  /** The one that every test may ask and none may change. */
  public static SampleServer shared() {
    return Shared.SERVER;
  }

  /** Asks it. */
  public ApiClient client() {
    return new ApiClient(http.port());
  }

  public SampleChains chains() {
    return chains;
  }

  /** Where ticks go in. */
  public Live live() {
    return live;
  }

  public ManualClock clock() {
    return clock;
  }

  /** What is stored. */
  public Generations generations() {
    return generations;
  }

  /** Where its ticks go. */
  public RecordingSink sink() {
    return sink;
  }

  /** The feed of its ticks. */
  public Feed ticksFeed() {
    return ticksFeed;
  }

  /** Its threads that must live. */
  public Watch watch() {
    return watch;
  }

  /** Its only job, which nothing runs but a test. */
  public SampleJob job() {
    return job;
  }

  /** Runs it. */
  public Jobs jobs() {
    return jobs;
  }

  public Database database() {
    return database;
  }

  /** Figures for operators. */
  public MeterRegistry registry() {
    return registry;
  }

  /** The sample's writer as another process would have it. */
  public SampleChains chainsOf(Database other) {
    return new SampleChains(markets, new DayCommit(other, clock, row -> {}));
  }

  /** The same data as another process would have it. */
  public Database another() {
    return store.another();
  }

  /** Says what runs beside the committed minutes. */
  public void run(RunningMinutes minutes) {
    running = minutes;
  }

  @Override
  public void close() {
    stream.close();
    http.close();
    look.close();
    live.close();
    ticks.close();
    deleteFolder(journal);
    generations.close();
    pages.close();
    store.close();
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("strikegrid-journal");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteFolder(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    private static final SampleServer SERVER = start();
  }
}
