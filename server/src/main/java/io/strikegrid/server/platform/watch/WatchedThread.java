package io.strikegrid.server.platform.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that must live until its owner stops it. Whatever its work throws, or where it returns
 * unasked, the thread is dead; then the work is begun again on the same thread, after a growing
 * pause and a bounded number of times. Nothing is allocated to keep the cause, so that it is known
 * also where memory is gone.
 *
 * <p>Its own thread writes, but for {@code isStopping}, which the owner sets; any thread reads.
 */
public final class WatchedThread implements Heartbeat, Watched {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedThread.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STEADY_AFTER = Duration.ofMinutes(10);
  private static final String UNASKED = "it ended, and nobody told it to";

  private final Vital vital;
  private final LongSupplier nanos;
  private final Work work;
  private final Runnable gone;
  private final Pulse pulse;
  private final Thread thread;
  private volatile @Nullable Throwable death;
  private volatile boolean isDead;
  private volatile boolean isStopping;
  private volatile boolean isGivenUp;
  private final AtomicInteger restarts = new AtomicInteger();

  /** What a thread does until its owner stops it. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it, with a sign of life each time round.
     *
     * @throws InterruptedException where it is woken to stop
     */
    void run(Heartbeat heartbeat) throws InterruptedException;
  }

  /**
   * One that is not started yet.
   *
   * @param gone told once its owner stops it
   */
  WatchedThread(Vital vital, Work work, LongSupplier nanos, Runnable gone) {
    this.vital = vital;
    this.work = work;
    this.nanos = nanos;
    this.gone = gone;
    this.pulse = new Pulse(vital, nanos);
    this.thread = Thread.ofPlatform().name(vital.name()).daemon().unstarted(this::live);
  }

  void start() {
    thread.start();
  }

  private void live() {
    int inARow = 0;
    while (true) {
      long begun = nanos.getAsLong();
      pulse.beat();
      @Nullable Throwable cause = run();
      if (isStopping) {
        return;
      }
      death = cause;
      isDead = true;
      if (nanos.getAsLong() - begun >= STEADY_AFTER.toNanos()) {
        inARow = 0;
      }
      if (inARow >= vital.restarts()) {
        isGivenUp = true;
        tell("thread {} died and is not begun again", cause);
        return;
      }
      tell("thread {} died and is begun again", cause);
      pause(inARow);
      if (isStopping) {
        return;
      }
      inARow++;
      restarts.incrementAndGet();
      isDead = false;
      death = null;
    }
  }

  /** What the work threw; null where it returned. */
  private @Nullable Throwable run() {
    try {
      work.run(this);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void tell(String what, @Nullable Throwable cause) {
    try {
      LOG.error(what, vital.name(), cause);
    } catch (Throwable e) {
      return; // there may be no memory for it; the cause is kept
    }
  }

  /** Waits, longer each time; an interrupt that was not meant to stop it changes nothing. */
  private void pause(int inARow) {
    long wait = Math.min(FIRST_PAUSE.toNanos() << Math.min(inARow, 20), LONGEST_PAUSE.toNanos());
    long end = System.nanoTime() + wait;
    for (long left = wait; left > 0 && !isStopping; left = end - System.nanoTime()) {
      Thread.interrupted();
      LockSupport.parkNanos(this, left);
    }
  }

  @Override
  public void beat() {
    pulse.beat();
  }

  @Override
  public ThreadLook look() {
    Throwable cause = death;
    boolean isGone = isGivenUp || !thread.isAlive();
    if (!isDead && !isGone) {
      return pulse.look(restarts.get());
    }
    return new ThreadLook(
        vital.name(),
        ThreadLook.State.DEAD,
        Optional.of(cause == null ? UNASKED : words(cause)),
        pulse.silentFor(),
        restarts.get(),
        isGone);
  }

  private static String words(Throwable cause) {
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    return message == null || message.isBlank()
        ? kind
        : kind + ": " + message.lines().findFirst().orElse("");
  }

  /** Where it stands now, for whoever wonders why it is stuck. */
  StackTraceElement[] stack() {
    return thread.getStackTrace();
  }

  /** Wakes it to stop, and waits. Returns whether it ended in time. */
  public boolean stop(Duration within) throws InterruptedException {
    stopping();
    thread.interrupt();
    return thread.join(within);
  }

  /** Waits until it ends by itself, as its owner told it. Returns whether it did so in time. */
  public boolean finish(Duration within) throws InterruptedException {
    stopping();
    return thread.join(within);
  }

  /**
   * From now on it may end: nobody has to look at it any more. Said before anything that makes it
   * end.
   */
  public void stopping() {
    isStopping = true;
    gone.run();
  }

  /** Wakes it. */
  public void interrupt() {
    thread.interrupt();
  }
}
