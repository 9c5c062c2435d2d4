package io.strikegrid.server.app.demo;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Receipt;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.live.TickSink;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sample market as a feed: every second some contracts tick, around the clock, and all of it is
 * marked simulated. One thread of its own; ticks that find no room are not offered again.
 */
public final class Simulator implements AutoCloseable {

  private static final Vital SIMULATOR = Vital.of("simulator", Duration.ofSeconds(60));
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Underlying demo;
  private final long seed;
  private final TickSink sink;
  private final InstantSource clock;
  private final Feed feed = new Feed("simulator", Provenance.SIMULATED);
  private final WatchedThread thread;
  private long second;
  private NavigableMap<LocalDate, DemoMarket> markets = new TreeMap<>();
  private LocalDate day = LocalDate.MIN;
  private volatile boolean closing;

  /**
   * Starts to tick.
   *
   * @param from the first second, so that no minute is lost while a server starts; it catches up
   */
  public Simulator(
      Underlying demo, long seed, TickSink sink, InstantSource clock, Instant from, Watch watch) {
    this.demo = demo;
    this.seed = seed;
    this.sink = sink;
    this.clock = clock;
    this.second = from.getEpochSecond() - 1;
    feed.connected();
    this.thread = watch.start(SIMULATOR, this::run);
  }

  /** How it goes. */
  public Feed feed() {
    return feed;
  }

  private void run(Heartbeat heartbeat) throws InterruptedException {
    while (!closing && second < clock.instant().getEpochSecond()) {
      heartbeat.beat();
      tick(++second);
    }
    while (!closing) {
      heartbeat.beat();
      Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(second + 1));
      if (left.compareTo(LONGEST_PAUSE) > 0) {
        second = clock.instant().getEpochSecond(); // the clock was set back
        continue;
      }
      Thread.sleep(left);
      second = Math.max(second + 1, clock.instant().getEpochSecond());
      tick(second);
    }
  }

  private void tick(long second) {
    LocalDate today = Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC).toLocalDate();
    if (!today.equals(day)) {
      markets = DemoMarket.of(demo, today, seed);
      day = today;
    }
    Session session = demo.calendar().session(today).orElseThrow();
    List<Tick> ticks = new ArrayList<>();
    for (Map.Entry<LocalDate, DemoMarket> market : markets.entrySet()) {
      market
          .getValue()
          .ticks(second)
          .forEach(o -> ticks.add(new Tick(demo, session, Optional.of(market.getKey()), o)));
    }
    feed.received(ticks.size(), Instant.ofEpochSecond(second), clock.instant());
    Receipt receipt = new Receipt(() -> {});
    sink.offer(feed, ticks, receipt);
    receipt.release();
  }

  @Override
  public void close() {
    thread.stopping();
    closing = true;
    try {
      thread.stop(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
