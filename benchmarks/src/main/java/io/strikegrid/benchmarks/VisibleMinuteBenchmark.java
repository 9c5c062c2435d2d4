package io.strikegrid.benchmarks;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.AggregateRefresher;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.DaySource;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Engine;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long from the call that commits a minute of four expiries (252 rows) until both aggregates
 * have it and a page of each, of one expiry, shows it?
 *
 * <p>The rows go to a day after those of the standard workload, which is emptied before and after.
 * Command: {@code ./strikegrid bench VisibleMinuteBenchmark}, and for TimescaleDB {@code -jvmArgs
 * "-Xmx3g --enable-native-access=ALL-UNNAMED -Dstrikegrid.bench.db=URL"} behind it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 40)
@Measurement(iterations = 30)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class VisibleMinuteBenchmark {

  private static final List<Timeframe> AGGREGATES = List.of(Timeframe.MIN5, Timeframe.MIN15);
  private static final long PAGE_BYTES = 256 << 20;

  /** Minutes of the day that are there when the measured ones come. */
  @Param({"10", "300"})
  public int minutesThere;

  private LoadedStore store;
  private Generations generations;
  private Pages pages;
  private AggregateRefresher refresher;
  private DayCommit commit;
  private Session session;
  private Map<LocalDate, BarTable> bars;
  private final Semaphore refreshed = new Semaphore(0);
  private int minute;
  private DaySource next;

  /** Fills the store where it is empty, and most of the measured day. */
  @Setup
  public void open() throws IOException, InterruptedException {
    store = new LoadedStore();
    generations = new Generations(store.database);
    pages = new Pages(new PageLoader(store.database), generations, PAGE_BYTES);
    LocalDate day = store.workload.sessions().getLast().day().plusDays(1);
    while (store.workload.underlying().calendar().session(day).isEmpty()) {
      day = day.plusDays(1);
    }
    session = store.workload.underlying().calendar().session(day).orElseThrow();
    BarStore.ensurePartition(store.database, session);
    store.clearFrom(session);
    bars = new HashMap<>();
    for (LocalDate expiry : store.workload.expiries()) {
      bars.put(expiry, store.workload.bars(expiry, session));
    }
    minute = minutesThere;
    store
        .commit()
        .commit(
            store.workload.underlying(),
            session,
            Provenance.LIVE,
            store.source(session, session.bucketStart(Timeframe.MIN1, minute)));
    store.refresh();
    refresher =
        new AggregateRefresher(
            new AggregateRefresh(
                store.database,
                (row, first) -> {
                  pages.accept(row, first);
                  generations.accept(row);
                  refreshed.release();
                }));
    commit =
        new DayCommit(
            store.database,
            InstantSource.system(),
            change -> {
              pages.accept(change);
              generations.accept(change.row());
              refresher.wake();
            });
  }

  /** Empties the day again. */
  @TearDown
  public void close() {
    refresher.close();
    pages.close();
    generations.close();
    store.clearFrom(session);
    store.close();
  }

  /** Builds what comes next. */
  @Setup(Level.Invocation)
  public void prepare() {
    long from = session.bucketStart(Timeframe.MIN1, minute++);
    TreeMap<LocalDate, List<Observation>> seen = new TreeMap<>();
    bars.forEach(
        (expiry, table) -> seen.put(expiry, LoadedStore.observations(table, from, from + 60)));
    next = new ObservedDay(seen, true, session.close());
    refreshed.drainPermits();
  }

  /** One minute of a live day, until it can be seen. */
  @Benchmark
  public long commitAndSee() throws InterruptedException {
    commit.commit(store.workload.underlying(), session, Provenance.LIVE, next);
    if (store.database.engine() == Engine.TIMESCALE) {
      refreshed.acquire(AGGREGATES.size());
    }
    long seen = 0;
    for (Timeframe timeframe : AGGREGATES) {
      PageKey key =
          new PageKey(
              store.workload.underlying().symbol(),
              bars.keySet().iterator().next(),
              timeframe,
              session.day());
      seen += pages.get(key, session).generation();
    }
    return seen;
  }
}
