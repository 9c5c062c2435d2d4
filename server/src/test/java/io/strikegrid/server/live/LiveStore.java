package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.Database;
import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A store with a live writer whose clock is set by hand, and that can be restarted. */
final class LiveStore implements AutoCloseable {

  static final Underlying NIFTY = MarketCatalog.load(List.of()).find("NIFTY50").orElseThrow();
  static final LocalDate DAY = LocalDate.of(2025, 4, 22);
  static final LocalDate EXPIRY = LocalDate.of(2025, 4, 24);
  static final Session SESSION = NIFTY.calendar().session(DAY).orElseThrow();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final ManualClock clock = new ManualClock(Instant.ofEpochSecond(SESSION.open()));
  final Feed feed = new Feed("test", Provenance.LIVE);
  final AtomicInteger receipts = new AtomicInteger();
  private final AtomicLong beats = new AtomicLong();
  final KeptTicks refused = new KeptTicks();
  private final LiveConfig config;
  private final LongSupplier nanos;
  private final TestDatabase store = TestDatabase.create();
  final Generations generations = new Generations(store.database());
  final Pages pages = new Pages(new PageLoader(store.database()), generations, 64 << 20);
  private Live live;

  LiveStore() {
    this(new LiveConfig(Duration.ofSeconds(5), Duration.ZERO, Duration.ofDays(2), 64 << 20));
  }

  LiveStore(LiveConfig config) {
    this(config, System::nanoTime);
  }

  /** A store whose live writer measures elapsed time as it is told. */
  LiveStore(LiveConfig config, LongSupplier nanos) {
    this.config = config;
    this.nanos = nanos;
    this.live = start();
  }

  private Live start() {
    DayCommit commit =
        new DayCommit(
            database(),
            clock,
            change -> {
              pages.accept(change);
              generations.accept(change.row());
            });
    return new Live(config, commit, refused, clock, new Watch(beats::incrementAndGet), nanos);
  }

  Live live() {
    return live;
  }

  Database database() {
    return store.database();
  }

  /** Loses what is not committed, as a killed process does. */
  void restart() {
    live.close();
    live = start();
  }

  /** Sets the clock to a second of a minute, from the opening. */
  void at(int minute, int second) {
    clock.set(Instant.ofEpochSecond(SESSION.open() + 60L * minute + second));
  }

  boolean offer(List<Observation> seen) {
    return offer(EXPIRY, seen);
  }

  boolean offer(LocalDate expiry, List<Observation> seen) {
    return offerTicks(ticks(expiry, seen));
  }

  boolean offerTicks(List<Tick> ticks) {
    Receipt receipt = new Receipt(receipts::incrementAndGet);
    boolean taken = live.offer(feed, ticks, receipt);
    receipt.release();
    return taken;
  }

  static List<Tick> ticks(LocalDate expiry, List<Observation> seen) {
    List<Tick> ticks = new ArrayList<>();
    seen.forEach(o -> ticks.add(new Tick(NIFTY, SESSION, Optional.of(expiry), o)));
    return ticks;
  }

  /** Waits until its thread has looked at everything once more, as the clock is now. */
  void awaitLook() {
    long before = beats.get(); // one for each look, as it begins
    Await.until("minutes are looked at", () -> beats.get() >= before + 2);
  }

  /** Waits until nothing is left that is over. */
  void settle(int minutesLeft) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (live.openMinutes() > minutesLeft) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            live.openMinutes() + " minutes are not committed: " + live.state().trouble());
      }
      Thread.sleep(5);
    }
  }

  /** Minute, count, prices, volume and open interest of the call's bars, in order of time. */
  List<List<Object>> bars() {
    return StoredRows.all(
            database(),
            "SELECT (extract(epoch FROM bucket_time)::bigint - %d) / 60, call_count, call_open, call_high, call_low, call_close, call_volume, call_oi_last FROM fo_option_strike_bars ORDER BY bucket_time"
                .formatted(SESSION.open()))
        .stream()
        .map(row -> List.copyOf(row))
        .toList();
  }

  /** The one number that a query gives. */
  double number(String sql) {
    return StoredRows.number(database(), sql);
  }

  /** The committed one-minute page, as readers get it. */
  PageLoader.Loaded loaded() {
    return pages.get(new PageKey(NIFTY.symbol(), EXPIRY, Timeframe.MIN1, DAY), SESSION);
  }

  @Override
  public void close() {
    live.close();
    generations.close();
    pages.close();
    store.close();
  }
}
