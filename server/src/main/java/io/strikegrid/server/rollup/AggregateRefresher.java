package io.strikegrid.server.rollup;

import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.LostConnection;
import io.strikegrid.server.platform.watch.Outage;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import io.strikegrid.server.store.RollupSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes right after each commit of this process, and looks once a second whether others left
 * something: one thread for each aggregate, none where the writer keeps them. A refresh that fails
 * is tried again until it succeeds.
 */
public final class AggregateRefresher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AggregateRefresher.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMinutes(20);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final AggregateRefresh refresh;
  private final Map<Timeframe, Semaphore> woken = new ConcurrentHashMap<>();
  private final List<WatchedThread> threads = new ArrayList<>();
  private volatile boolean closing;

  /** Starts. */
  public AggregateRefresher(AggregateRefresh refresh) {
    this(refresh, new Watch());
  }

  /** Starts, and has its threads watched. */
  public AggregateRefresher(AggregateRefresh refresh, Watch watch) {
    this.refresh = refresh;
    if (refresh.isNeeded()) {
      for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
        Semaphore signal = new Semaphore(0);
        woken.put(timeframe, signal);
        threads.add(
            watch.start(
                Vital.of("refresh-" + timeframe.label(), SILENCE),
                heartbeat -> run(timeframe, signal, heartbeat)));
      }
    }
  }

  /** Something was committed. */
  public void wake() {
    woken.values().forEach(Semaphore::release);
  }

  private void run(Timeframe timeframe, Semaphore signal, Heartbeat heartbeat) {
    Outage failing = new Outage(LOG, "the aggregate of " + timeframe.label() + " is not refreshed");
    Duration pause = FIRST_PAUSE;
    while (!closing) {
      heartbeat.beat();
      try {
        AggregateRefresh.Outcome outcome = refresh.refresh(timeframe);
        pause = FIRST_PAUSE;
        failing.over();
        if (outcome != AggregateRefresh.Outcome.REFRESHED) {
          signal.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
          signal.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        if (LostConnection.isCauseOf(e)) {
          LOG.debug("tried again in {} ms", pause.toMillis(), e);
        } else {
          failing.failed("tried again: " + e.getMessage());
        }
        if (!sleep(pause)) {
          return;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Lets a running refresh end, for a while; what it does not finish still waits in the store. */
  @Override
  public void close() {
    threads.forEach(WatchedThread::stopping);
    closing = true;
    wake();
    try {
      for (WatchedThread thread : threads) {
        if (!thread.finish(STOP_WITHIN)) {
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
