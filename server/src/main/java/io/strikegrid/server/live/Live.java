package io.strikegrid.server.live;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.Outage;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import io.strikegrid.server.rollup.DayCommit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns ticks into committed minutes. Ticks gather in a lane for each symbol; a thread of its own
 * looks several times a second which minutes are over, and each lane's are committed in order, on a
 * virtual thread, while more ticks come in. Where the store fails it is tried again, and where
 * memory is full no more is taken. What comes beyond the bound of one minute is refused: the first
 * of it is kept among the refused ticks, and its feed is told how many there were.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Live implements TickSink, RunningMinutes, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Live.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Vital MINUTES = Vital.of("minutes", Duration.ofSeconds(20));
  private static final int STALLED_AFTER = 25;

  private final LiveConfig config;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Refusals refusals;
  private final LiveCommitter committer;
  private final LiveState state = new LiveState();
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<String, RunningDay> running = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Unpacking shown;
  private final WatchedThread looking;
  private final Outage failing = new Outage(LOG, "minutes cannot be looked at");
  private volatile boolean closing;

  /**
   * Starts to take ticks.
   *
   * @param refused keeps those that cannot become bars
   */
  public Live(LiveConfig config, DayCommit commit, RefusedTicks refused, InstantSource clock) {
    this(config, commit, refused, clock, new Watch());
  }

  /** The same, with its thread watched. */
  public Live(
      LiveConfig config, DayCommit commit, RefusedTicks refused, InstantSource clock, Watch watch) {
    this(config, commit, refused, clock, watch, System::nanoTime);
  }

  /** The same with a measure of elapsed time of its own, in nanoseconds. */
  Live(
      LiveConfig config,
      DayCommit commit,
      RefusedTicks refused,
      InstantSource clock,
      Watch watch,
      LongSupplier nanos) {
    this.config = config;
    this.clock = clock;
    this.nanos = nanos;
    this.refusals = new Refusals(refused, clock);
    this.shown = new Unpacking(config.maxUnpacked());
    this.committer = new LiveCommitter(commit, config, clock, nanos, state, refusals);
    this.looking = watch.start(MINUTES, this::look);
  }

  @Override
  public boolean offer(Feed feed, List<Tick> ticks, Receipt receipt) {
    if (closing || bytes.get() > config.maxBytes()) {
      return false;
    }
    long now = clock.millis();
    Set<Lane> full = new HashSet<>();
    Map<Day, List<Tick>> mixed = new HashMap<>();
    for (Tick tick : ticks) {
      Lane lane = lane(tick.underlying());
      switch (lane.add(feed, tick, receipt, now)) {
        case IN -> {}
        case MIXED -> mixed.computeIfAbsent(Day.of(tick), s -> new ArrayList<>()).add(tick);
        case TOO_MANY -> full.add(lane);
      }
    }
    mixed.forEach((day, of) ->
        committer.keep(receipt, () -> refusals.mixed(List.of(feed), day.session(), of)));
    full.forEach(this::tellFirstRefused);
    return true;
  }

  private record Day(String symbol, Session session) {

    static Day of(Tick tick) {
      return new Day(tick.underlying().symbol(), tick.session());
    }
  }

  /** The first ticks beyond the bound of a minute are told at once, the others when it is over. */
  private void tellFirstRefused(Lane lane) {
    String symbol = lane.underlying().symbol();
    int most = config.maxTicksPerMinute();
    lane.firstRefused()
        .forEach((minute, byFeed) ->
            byFeed.forEach(
                (feed, ticks) -> refusals.tellTooMany(feed, symbol, minute, most, ticks)));
  }

  private Lane lane(Underlying underlying) {
    Lane lane = lanes.get(underlying.symbol());
    return lane != null
        ? lane
        : lanes.computeIfAbsent(
            underlying.symbol(), s -> new Lane(underlying, config, bytes, nanos));
  }

  private void look(Heartbeat heartbeat) {
    long held = 0;
    int stalled = 0;
    while (!closing) {
      heartbeat.beat();
      try {
        long now = bytes.get();
        stalled = now > config.maxBytes() && now == held ? stalled + 1 : 0;
        held = now;
        Haste haste = haste(now, stalled);
        lanes.values().forEach(lane -> commit(lane, haste));
        running.values().forEach(RunningDay::forgetUnused);
        failing.over();
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        failing.failed("tried again: " + e, e);
        if (!pause()) {
          return;
        }
      }
    }
  }

  /** A look that fails must not keep a processor busy. */
  private static boolean pause() {
    try {
      Thread.sleep(LOOK_EVERY);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private Haste haste(long held, int stalled) {
    if (held <= config.maxBytes()) {
      return Haste.NONE;
    }
    return stalled < STALLED_AFTER ? Haste.PAST : Haste.CLOCK;
  }

  private void commit(Lane lane, Haste haste) {
    List<OpenMinute> minutes = lane.take(clock.millis(), haste);
    if (!minutes.isEmpty()) {
      committer.start(lane, minutes, () -> done(lane, minutes));
    }
  }

  private void done(Lane lane, List<OpenMinute> minutes) {
    minutes.forEach(minute -> bytes.addAndGet(-minute.bytes()));
    lane.done();
    if (!closing) {
      commit(lane, Haste.NONE);
    }
  }

  @Override
  public Optional<Running> beside(Underlying underlying, PageLoader.Loaded committed) {
    PageKey key = committed.page().key();
    Lane lane = lanes.get(key.symbol());
    if (lane == null || key.timeframe() != Timeframe.MIN1 || lane.minutes() == 0) {
      return Optional.empty();
    }
    GridPage page = committed.page();
    return running
        .computeIfAbsent(key.symbol(), s -> new RunningDay(lane, shown, nanos))
        .beside(page, underlying);
  }

  /** How it goes. */
  public LiveState state() {
    return state;
  }

  /** Minutes of all symbols that are not committed. */
  public int openMinutes() {
    return lanes.values().stream().mapToInt(Lane::minutes).sum();
  }

  /** Memory that ticks take which are not committed, about. */
  public long heldBytes() {
    return bytes.get();
  }

  /** Most of it. */
  public long maxBytes() {
    return config.maxBytes();
  }

  /** Stops without committing what still runs: feeds bring it again. */
  @Override
  public void close() {
    looking.stopping();
    closing = true;
    looking.interrupt();
    committer.close();
  }
}
