package io.strikegrid.server.live;

import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.TooManyStrikesException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits minutes, each lane's on a virtual thread. A failing store is tried again until it takes
 * them, so that minutes of a symbol are neither lost nor out of order.
 */
final class LiveCommitter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCommitter.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final DayCommit commit;
  private final LiveConfig config;
  private final Unpacking unpacking;
  private final InstantSource clock;
  private final LiveState state;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closing;

  LiveCommitter(DayCommit commit, LiveConfig config, InstantSource clock, LiveState state) {
    this.commit = commit;
    this.config = config;
    this.unpacking = new Unpacking(config.maxUnpacked());
    this.clock = clock;
    this.state = state;
  }

  /** Commits minutes of one day of a lane, then runs what follows; not where it is closed first. */
  void start(Lane lane, List<OpenMinute> minutes, Runnable then) {
    if (!closing) {
      threads.execute(() -> {
        if (commitUntilDone(lane, minutes)) {
          then.run();
        }
      });
    }
  }

  private boolean commitUntilDone(Lane lane, List<OpenMinute> minutes) {
    Duration pause = FIRST_PAUSE;
    CommitJob job =
        new CommitJob(commit, unpacking, config.maxTicksPerMinute(), clock, state, lane, minutes);
    while (!closing) {
      try {
        job.run();
        return true;
      } catch (TooManyStrikesException e) {
        if (!job.refuse(e)) {
          return true;
        }
      } catch (RuntimeException | Error e) {
        note(lane, job, e, pause.equals(FIRST_PAUSE));
        if (!sleep(pause)) {
          return false;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
    return false;
  }

  /** Says why minutes wait, as far as there is memory for it. */
  private void note(Lane lane, CommitJob job, Throwable e, boolean isFirst) {
    String symbol = lane.underlying().symbol();
    try {
      String reason = e instanceof Error ? e.toString() : String.valueOf(e.getMessage());
      state.failed(symbol, reason);
      LOG.warn(
          "{} minutes of {} wait for the store: {}",
          job.left(),
          symbol,
          reason,
          isFirst ? e : null);
    } catch (OutOfMemoryError again) {
      LOG.debug("minutes of {} wait, and there is no memory to say why", symbol, again);
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

  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
