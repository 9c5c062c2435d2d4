package io.strikegrid.benchmarks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.pages.Catalog;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.server.platform.http.HttpServer;
import io.strikegrid.server.platform.postgres.EmbeddedPostgres;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.DatabaseUrl;
import io.strikegrid.server.stream.StreamConfig;
import io.strikegrid.server.stream.StreamHub;
import io.strikegrid.server.stream.StreamRoutes;
import io.strikegrid.server.stream.StreamSource;
import io.strikegrid.testkit.StandardWorkload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A server with a stream, on an embedded store that has one trading day of the standard workload up
 * to some minute; the minutes after it are committed one by one.
 */
final class StreamLoadServer implements AutoCloseable {

  private static final long PAGE_BYTES = 128 << 20;
  private static final long SEED = LoadedStore.SEED;

  private final StandardWorkload workload = new StandardWorkload(SEED);
  private final Session session = workload.sessions().getFirst();
  private final Map<LocalDate, List<Observation>> seen;
  private final EmbeddedPostgres postgres;
  private final Database database;
  private final Generations generations;
  private final Pages pages;
  private final StreamHub stream;
  private final HttpServer http;
  private final DayCommit commit;
  private final Map<Long, Long> knownAt = new ConcurrentHashMap<>();
  private int minute;

  /**
   * Fills the store and listens.
   *
   * @param folder for the store; the day in it is begun anew
   * @param minutes that are there at the start
   */
  StreamLoadServer(Path folder, int minutes) throws IOException, InterruptedException {
    System.out.println("seed " + SEED);
    this.seen =
        workload.expiries().stream()
            .collect(
                Collectors.toMap(
                    e -> e,
                    e -> LoadedStore.observations(workload.bars(e, session), 0, Long.MAX_VALUE)));
    this.postgres = EmbeddedPostgres.open(folder.toAbsolutePath());
    this.database =
        Database.open(new DatabaseUrl(postgres.jdbcUrl(), postgres.user(), postgres.password()), 8);
    clear();
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(session.close()));
    this.generations = new Generations(database);
    generations.onChange(row -> knownAt.putIfAbsent(row.generation(), System.nanoTime()));
    this.pages = new Pages(new PageLoader(database), generations, PAGE_BYTES);
    this.commit =
        new DayCommit(
            database,
            clock,
            change -> {
              pages.accept(change);
              generations.accept(change.row());
            });
    MeterRegistry registry = new SimpleMeterRegistry();
    this.stream =
        new StreamHub(
            new StreamSource(
                symbol -> Optional.of(workload.underlying()),
                generations,
                new Catalog(database, generations, pages),
                pages,
                (underlying, committed) -> Optional.empty(),
                clock),
            StreamConfig.USUAL,
            registry);
    this.http =
        HttpServer.create(
            new HttpConfig("127.0.0.1", 0, Optional.empty(), false),
            List.of(new StreamRoutes(stream)),
            registry,
            "load",
            List.of());
    http.start();
    commit(0, minutes);
    minute = minutes;
  }

  private void clear() {
    database
        .jdbi()
        .useHandle(h ->
            h.execute(
                "TRUNCATE fo_option_strike_bars, fo_option_strike_bars_5min,"
                    + " fo_option_strike_bars_15min, fo_latest_snapshot, fo_expiry_metrics,"
                    + " fo_expiry_metrics_5min, fo_expiry_metrics_15min,"
                    + " strikegrid.generation, strikegrid.day_expiry"));
  }

  private void commit(int from, int to) {
    long first = session.bucketStart(Timeframe.MIN1, from);
    long last = session.bucketStart(Timeframe.MIN1, to);
    TreeMap<LocalDate, List<Observation>> some = new TreeMap<>();
    seen.forEach((expiry, all) ->
        some.put(expiry, all.stream().filter(o -> o.time() >= first && o.time() < last).toList()));
    commit.commit(
        workload.underlying(),
        session,
        Provenance.LIVE,
        new ObservedDay(some, true, session.close()));
  }

  /** Commits the next minute, and gives the generation that it made. */
  long commitMinute() {
    commit(minute, minute + 1);
    minute++;
    return generations.generation(workload.underlying().symbol(), session.day());
  }

  /** When a generation became known, by {@link System#nanoTime}. */
  Optional<Long> knownAt(long generation) {
    return Optional.ofNullable(knownAt.get(generation));
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + http.port() + "/fo/stream");
  }

  @Override
  public void close() {
    stream.close();
    http.close();
    generations.close();
    pages.close();
    database.close();
    postgres.close();
  }
}
