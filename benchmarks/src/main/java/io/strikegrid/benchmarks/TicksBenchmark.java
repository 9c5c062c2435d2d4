package io.strikegrid.benchmarks;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Tick;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many ticks a second does one core take into their minutes, and how many does it make bars of?
 * One symbol, four expiries, 252 rows a minute, a million ticks in five minutes, a hundred in a
 * message. The time is for all of them; both together are what a tick costs in memory.
 *
 * <p>Command: {@code ./strikegrid bench TicksBenchmark -jvmArgs -Xmx3g}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class TicksBenchmark {

  private static final int PER_CONTRACT = 397;
  private static final int MINUTES = 5;
  private static final int STRIKES = 63;
  private static final int PER_MESSAGE = 100;
  private static final long ROOM = 2L << 30;

  private LoadedStore store;
  private Session session;
  private List<Tick> ticks;
  private Map<LocalDate, List<Observation>> observations;
  private LiveDay day;

  /** Makes the ticks. */
  @Setup
  public void open() throws IOException, InterruptedException {
    store = new LoadedStore();
    Underlying underlying = store.workload.underlying();
    session = store.workload.sessions().getLast();
    try (LiveDay maker = new LiveDay(store.commit(), session, ROOM)) {
      ticks = new ArrayList<>();
      for (int minute = 0; minute < MINUTES; minute++) {
        ticks.addAll(
            maker.minute(underlying, store.workload.expiries(), STRIKES, minute, PER_CONTRACT));
      }
    }
    observations = new TreeMap<>();
    for (Tick tick : ticks) {
      observations
          .computeIfAbsent(tick.expiry().orElseThrow(), e -> new ArrayList<>())
          .add(tick.observation());
    }
    System.out.println(ticks.size() + " ticks");
  }

  /** A writer that has nothing. */
  @Setup(Level.Invocation)
  public void empty() {
    day = new LiveDay(store.commit(), session, ROOM);
  }

  /** Forgets what it was given. */
  @TearDown(Level.Invocation)
  public void forget() {
    day.close();
  }

  /** Stops the store. */
  @TearDown
  public void close() {
    store.close();
  }

  /** Into their minutes. */
  @Benchmark
  public long take() {
    day.offer(ticks, PER_MESSAGE);
    return day.live.heldBytes();
  }

  /** From their minutes to bars. */
  @Benchmark
  public List<BarTable> build() {
    List<BarTable> built = new ArrayList<>();
    observations
        .values()
        .forEach(seen -> built.add(BarBuilder.build(seen, false, session.close()).bars()));
    return built;
  }
}
