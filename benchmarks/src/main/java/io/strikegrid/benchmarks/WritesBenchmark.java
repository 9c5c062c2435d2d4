package io.strikegrid.benchmarks;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.DaySource;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.store.BarStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * How long does it take to commit one minute of four expiries (252 rows) with roll-ups, metrics and
 * newest snapshot, early and late in a day; and to copy a day of one expiry (23,625 rows) into the
 * base table with its indexes on?
 *
 * <p>The rows go to a day after those of the standard workload, which is emptied before each
 * iteration. With TimescaleDB the aggregates are left to a refresh; {@link VisibleMinuteBenchmark}
 * has it in. Command: {@code ./strikegrid bench WritesBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 40)
@Measurement(iterations = 30)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class WritesBenchmark {

  /** Minutes of the day that are there when the measured ones come. */
  @Param({"10", "300"})
  public int minutesThere;

  private LoadedStore store;
  private DayCommit commit;
  private Session session;
  private Map<LocalDate, BarTable> bars;
  private int minute;
  private DaySource next;

  /** Fills the store where it is empty, and most of the measured day. */
  @Setup
  public void open() throws IOException, InterruptedException {
    store = new LoadedStore();
    commit = store.commit();
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
    long before = session.bucketStart(Timeframe.MIN1, minute);
    commit.commit(
        store.workload.underlying(), session, Provenance.LIVE, store.source(session, before));
  }

  /** Empties the day again. */
  @TearDown
  public void close() {
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
  }

  /** One minute of a live day. */
  @Benchmark
  public DayCommit.Outcome commitMinute() {
    return commit.commit(store.workload.underlying(), session, Provenance.LIVE, next);
  }

  /** A day of one expiry by COPY, rolled back. */
  @Benchmark
  public int copyDay() {
    LocalDate expiry = store.workload.expiries().getLast().plusDays(1);
    BarTable table = bars.values().iterator().next();
    return store.database.write(connection -> {
      BarStore.insert(connection, "NIFTY50", Map.of(expiry, table));
      connection.rollback();
      return table.rows();
    });
  }
}
