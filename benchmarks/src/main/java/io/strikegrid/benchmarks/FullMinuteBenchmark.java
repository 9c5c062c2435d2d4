package io.strikegrid.benchmarks;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.BarStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a full minute of a large exchange take from its close until all of it is committed:
 * 200 underlyings, three expiries of 60 strikes each, 36,000 rows, every contract quoted twice?
 *
 * <p>The rows go to a day of symbols of their own, which is emptied before and after. Command:
 * {@code ./strikegrid bench FullMinuteBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class FullMinuteBenchmark {

  private static final int UNDERLYINGS = 200;
  private static final int STRIKES = 60;
  private static final int PER_CONTRACT = 2;

  private LoadedStore store;
  private LiveDay day;
  private Session session;
  private int minute;

  /** Empties the day. */
  @Setup
  public void open() throws IOException, InterruptedException {
    store = new LoadedStore();
    session = store.workload.sessions().getLast();
    clear();
    BarStore.ensurePartition(store.database, session);
    day = new LiveDay(store.commit(), session, 1L << 30);
  }

  /** Empties the day again. */
  @TearDown
  public void close() {
    day.close();
    clear();
    store.close();
  }

  private void clear() {
    store
        .database
        .jdbi()
        .useHandle(h -> {
          List<String> tables = new ArrayList<>(LoadedStore.BUCKET_TABLES);
          tables.add("fo_latest_snapshot");
          tables.add("strikegrid.observation");
          tables.add("strikegrid.generation");
          tables.add("strikegrid.day_expiry");
          for (String table : tables) {
            h.execute("DELETE FROM " + table + " WHERE symbol LIKE 'BENCH%'");
          }
        });
  }

  /** Hands the next minute in. */
  @Setup(Level.Invocation)
  public void prepare() {
    MarketCatalog markets = MarketCatalog.load(List.of());
    day.at(minute, 32);
    List<LocalDate> expiries = store.workload.expiries().subList(0, 3);
    for (int i = 0; i < UNDERLYINGS; i++) {
      Underlying underlying = markets.resolve("BENCH%03d".formatted(i), "NSE");
      List<Tick> ticks = new ArrayList<>();
      ticks.addAll(day.minute(underlying, expiries, STRIKES, minute, PER_CONTRACT));
      day.offer(ticks, ticks.size());
    }
    minute++;
  }

  /** Closes the minute, and waits until all of it is committed. */
  @Benchmark
  public long commit() throws InterruptedException {
    day.at(minute, 5);
    day.settle();
    return day.live.state().rows();
  }
}
