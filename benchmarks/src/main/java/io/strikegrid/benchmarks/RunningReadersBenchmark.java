package io.strikegrid.benchmarks;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * How long does a minute of one symbol take to be closed and committed while readers ask for the
 * running minute of another, in which 100,000 ticks have come? Each reader asks every 50 ms. The
 * difference between no readers and fifty is what they cost who closes.
 *
 * <p>Command: {@code ./strikegrid bench RunningReadersBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 20)
@Measurement(iterations = 60)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class RunningReadersBenchmark {

  private static final int RUNNING_MINUTE = 300;
  private static final int STRIKES = 63;
  private static final int PER_CONTRACT = 198;
  private static final int PER_MESSAGE = 500;
  private static final int EVERY_MILLIS = 50;
  private static final long ROOM = 512L << 20;

  /** Readers of the running minute. */
  @Param({"0", "1", "50"})
  int readers;

  private final List<Thread> reading = new ArrayList<>();
  private LoadedStore store;
  private LiveDay day;
  private Underlying other;
  private Session session;
  private LocalDate expiry;
  private int minute;

  /** Fills the running minute and lets the readers ask. */
  @Setup(Level.Trial)
  public void open() throws IOException, InterruptedException {
    store = new LoadedStore();
    Underlying underlying = store.workload.underlying();
    session = store.workload.sessions().getLast();
    expiry = store.workload.expiries().getFirst();
    other = MarketCatalog.load(List.of()).find("BANKNIFTY").orElseThrow();
    store.clearFrom(session);
    day = new LiveDay(store.commit(), session, ROOM);
    day.at(RUNNING_MINUTE, 59);
    List<LocalDate> expiries = store.workload.expiries();
    day.offer(day.minute(underlying, expiries, STRIKES, RUNNING_MINUTE, PER_CONTRACT), PER_MESSAGE);
    PageLoader loader = new PageLoader(store.database);
    Map<PageKey, PageLoader.Loaded> pages = new HashMap<>(); // as the cache has one of each
    for (int i = 0; i < readers; i++) {
      LocalDate of = expiries.get(i % expiries.size());
      PageKey key = new PageKey(underlying.symbol(), of, Timeframe.MIN1, session.day());
      PageLoader.Loaded loaded = pages.computeIfAbsent(key, one -> loader.load(one, session));
      reading.add(Thread.ofVirtual().start(() -> read(underlying, loaded)));
    }
    send();
  }

  private void read(Underlying underlying, PageLoader.Loaded loaded) {
    try {
      while (true) {
        day.live.beside(underlying, loaded);
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      // the trial is over
    }
  }

  /** A tick of the next minute of the other symbol, which is over by its own events. */
  private void send() {
    long millis = (session.open() + 60L * minute + 6) * 1000;
    Observation seen = day.minute(other, List.of(expiry), 1, 0, 1).getFirst().observation();
    Observation at =
        new Observation(seen.strike(), seen.side(), millis, millis / 1000, 0, seen.values());
    day.offer(List.of(new Tick(other, session, Optional.of(expiry), at)), 1);
    minute++;
  }

  /** Closes and commits the minute before. */
  @Benchmark
  public int close() throws InterruptedException {
    send();
    while (day.live.openMinutes() > 2) {
      Thread.sleep(0, 200_000);
    }
    return minute;
  }

  /** Stops readers and store. */
  @TearDown(Level.Trial)
  public void end() throws InterruptedException {
    for (Thread reader : reading) {
      reader.interrupt();
      reader.join();
    }
    day.close();
    store.close();
  }
}
