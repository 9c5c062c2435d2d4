package io.strikegrid.server.rollup;

import io.strikegrid.engine.time.Timeframe;
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
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final AggregateRefresh refresh;
  private final Map<Timeframe, Semaphore> woken = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  /** Starts. */
  public AggregateRefresher(AggregateRefresh refresh) {
    this.refresh = refresh;
    if (refresh.isNeeded()) {
      for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
        Semaphore signal = new Semaphore(0);
        woken.put(timeframe, signal);
        threads.add(
            Thread.ofPlatform()
                .name("refresh-" + timeframe.label())
                .daemon()
                .start(() -> run(timeframe, signal)));
      }
    }
  }

  /** Something was committed. */
  public void wake() {
    woken.values().forEach(Semaphore::release);
  }

  private void run(Timeframe timeframe, Semaphore signal) {
    Duration pause = FIRST_PAUSE;
    while (!closing) {
      try {
        AggregateRefresh.Outcome outcome = refresh.refresh(timeframe);
        pause = FIRST_PAUSE;
        if (outcome != AggregateRefresh.Outcome.REFRESHED) {
          signal.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
          signal.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        LOG.warn("tried again in {} ms: {}", pause.toMillis(), e.getMessage());
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
    closing = true;
    wake();
    try {
      for (Thread thread : threads) {
        if (!thread.join(STOP_WITHIN)) {
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
