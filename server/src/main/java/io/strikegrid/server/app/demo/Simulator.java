package io.strikegrid.server.app.demo;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.live.Feed;
import io.strikegrid.server.live.Receipt;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.live.TickSink;
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

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Underlying demo;
  private final long seed;
  private final TickSink sink;
  private final InstantSource clock;
  private final long from;
  private final Feed feed = new Feed("simulator", Provenance.SIMULATED);
  private final Thread thread;
  private NavigableMap<LocalDate, DemoMarket> markets = new TreeMap<>();
  private LocalDate day = LocalDate.MIN;
  private volatile boolean closing;

  /**
   * Starts to tick.
   *
   * @param from the first second, so that no minute is lost while a server starts; it catches up
   */
  public Simulator(Underlying demo, long seed, TickSink sink, InstantSource clock, Instant from) {
    this.demo = demo;
    this.seed = seed;
    this.sink = sink;
    this.clock = clock;
    this.from = from.getEpochSecond();
    feed.connected();
    this.thread = Thread.ofPlatform().name("simulator").daemon().start(this::run);
  }

  /** How it goes. */
  public Feed feed() {
    return feed;
  }

  private void run() {
    long second = from - 1;
    while (!closing && second < clock.instant().getEpochSecond()) {
      tick(++second);
    }
    while (!closing) {
      try {
        Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(second + 1));
        if (left.compareTo(LONGEST_PAUSE) > 0) {
          second = clock.instant().getEpochSecond(); // the clock was set back
          continue;
        }
        Thread.sleep(left);
      } catch (InterruptedException e) {
        return;
      }
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
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
