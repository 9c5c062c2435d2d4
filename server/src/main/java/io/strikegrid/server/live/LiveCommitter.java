package io.strikegrid.server.live;

import io.strikegrid.server.platform.watch.LostConnection;
import io.strikegrid.server.platform.watch.Outage;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.TooManyStrikesException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
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

  /** How often the same is tried where its failure lies in what is committed. */
  private static final int TRIES = 2;

  private final DayCommit commit;
  private final LiveConfig config;
  private final Unpacking unpacking;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final LiveState state;
  private final Refusals refusals;
  private final Outage waiting = new Outage(LOG, "minutes are not committed");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closing;

  LiveCommitter(
      DayCommit commit,
      LiveConfig config,
      InstantSource clock,
      LongSupplier nanos,
      LiveState state,
      Refusals refusals) {
    this.commit = commit;
    this.config = config;
    this.unpacking = new Unpacking(config.maxUnpacked());
    this.clock = clock;
    this.nanos = nanos;
    this.state = state;
    this.refusals = refusals;
  }

  /**
   * Commits minutes of one day of a lane, then runs what follows; not where it is closed first.
   * Where no thread can be had, or it ends before its time, the lane gives the minutes out again.
   */
  void start(Lane lane, List<OpenMinute> minutes, Runnable then) {
    if (closing) {
      return;
    }
    try {
      threads.execute(() -> commit(lane, minutes, then));
    } catch (RuntimeException | Error e) {
      lane.handBack();
      throw e;
    }
  }

  /**
   * Keeps ticks that are refused, again and again until the store has them; their receipt is held
   * as long.
   */
  void keep(Receipt receipt, Runnable refusal) {
    receipt.hold();
    threads.execute(() -> {
      Duration pause = FIRST_PAUSE;
      while (!closing) {
        try {
          refusal.run();
          receipt.release();
          return;
        } catch (RuntimeException e) {
          LOG.debug("refused ticks wait for the store", e);
          if (!sleep(pause)) {
            return;
          }
          pause = longer(pause);
        }
      }
    });
  }

  private void commit(Lane lane, List<OpenMinute> minutes, Runnable then) {
    boolean isDone = false;
    try {
      isDone = commitUntilDone(lane, minutes);
    } finally {
      if (!isDone) {
        lane.handBack();
      }
    }
    if (isDone) {
      then.run();
    }
  }

  private boolean commitUntilDone(Lane lane, List<OpenMinute> minutes) {
    CommitJob job =
        new CommitJob(
            commit,
            unpacking,
            config.maxTicksPerMinute(),
            clock,
            nanos,
            state,
            refusals,
            lane,
            minutes);
    Duration pause = FIRST_PAUSE;
    int lasting = 0;
    while (!closing) {
      Throwable failure = failure(job);
      if (failure == null) {
        return settled(lane);
      }
      lasting = Lasting.is(failure) ? lasting + 1 : 0;
      if (lasting == TRIES) {
        failure = narrowed(job, failure);
        lasting = 0;
        pause = FIRST_PAUSE;
      }
      if (failure != null) {
        note(lane, job, failure);
        if (!sleep(pause)) {
          return false;
        }
        pause = longer(pause);
      }
    }
    return false;
  }

  /** Why it cannot be done now; null where all is done. */
  private static @Nullable Throwable failure(CommitJob job) {
    try {
      job.run();
      return null;
    } catch (TooManyStrikesException e) {
      return refused(job, e);
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  private static @Nullable Throwable refused(CommitJob job, TooManyStrikesException e) {
    try {
      return job.refuse(e) ? failure(job) : e;
    } catch (RuntimeException | Error again) {
      return again;
    }
  }

  /** What failed is looked for in less, or left out; null where that went well. */
  private static @Nullable Throwable narrowed(CommitJob job, Throwable failure) {
    try {
      LOG.warn("a commit fails however often it is tried: {}", job, failure);
      job.narrow(failure);
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Nothing of it waits any more: what was wrong is over, also where it was refused in the end. */
  private boolean settled(Lane lane) {
    state.settled(lane.underlying().symbol());
    if (!state.isTroubled()) {
      waiting.over();
    }
    return true;
  }

  /** Says why minutes wait, as far as there is memory for it. */
  private void note(Lane lane, CommitJob job, Throwable e) {
    String symbol = lane.underlying().symbol();
    try {
      String reason = LiveState.reason(e);
      state.failed(symbol, reason);
      if (LostConnection.isCauseOf(e)) {
        LOG.debug("{} minutes of {} wait for the store", job.left(), symbol, e);
      } else {
        waiting.failed(job.left() + " of " + symbol + ", tried again: " + reason, e);
      }
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
