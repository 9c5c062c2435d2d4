package io.strikegrid.server.status;

import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.platform.watch.WatchedThread;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a look at something slow found, and when. A thread of its own looks every so often, and at
 * once where somebody asks; who asks waits for a while and no longer, so that what hangs holds up
 * nobody but that thread. Safe for use by any number of threads.
 */
final class KeptLook<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeptLook.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String name;
  private final Callable<T> read;
  private final UnaryOperator<Duration> pauseAfter;
  private final LongSupplier nanos;
  private final WatchedThread thread;
  private long begun;
  private long ended;
  private long wanted;
  private @Nullable Seen<T> newest;
  private Optional<String> failure = Optional.empty();
  private boolean isClosed;

  /**
   * What was found.
   *
   * @param at ticks when the look ended
   */
  record Seen<T>(T value, long at) {}

  /**
   * Starts to look.
   *
   * @param vital its thread; as silent as a look may take
   * @param read looks; whatever it throws is a look in vain
   * @param pauseAfter how long to wait after a look that took so long
   * @param nanos a ticker
   */
  KeptLook(
      Watch watch,
      Vital vital,
      Callable<T> read,
      UnaryOperator<Duration> pauseAfter,
      LongSupplier nanos) {
    this.name = vital.name();
    this.read = read;
    this.pauseAfter = pauseAfter;
    this.nanos = nanos;
    this.thread = watch.start(vital, this::lookOften);
  }

  private void lookOften(Heartbeat heartbeat) throws InterruptedException {
    while (begin()) {
      heartbeat.beat();
      long started = nanos.getAsLong();
      T found = null;
      Optional<String> reason = Optional.empty();
      try {
        found = read.call();
      } catch (Exception e) {
        LOG.debug("{} looked in vain", name, e);
        reason = Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
      end(found, reason);
      pause(pauseAfter.apply(Duration.ofNanos(nanos.getAsLong() - started)), heartbeat);
    }
  }

  private synchronized boolean begin() {
    begun++;
    return !isClosed;
  }

  private synchronized void end(@Nullable T found, Optional<String> reason) {
    ended = begun;
    failure = reason;
    if (found != null) {
      newest = new Seen<>(found, nanos.getAsLong());
    }
    notifyAll();
  }

  private synchronized void pause(Duration pause, Heartbeat heartbeat) throws InterruptedException {
    long end = nanos.getAsLong() + pause.toNanos();
    long left = pause.toNanos();
    while (!isClosed && wanted <= begun && left > 0) {
      heartbeat.beat();
      wait(Math.min(left / NANOS_PER_MILLI + 1, 1000));
      left = end - nanos.getAsLong();
    }
  }

  /** Asks for a look that begins after this, and waits for it. */
  synchronized void refresh(Duration patience) {
    awaitLook(begun + 1, patience);
  }

  /** Waits for the first look, where none has ended. */
  synchronized void awaitFirst(Duration patience) {
    awaitLook(1, patience);
  }

  private synchronized void awaitLook(long look, Duration patience) {
    wanted = Math.max(wanted, look);
    notifyAll();
    long end = nanos.getAsLong() + patience.toNanos();
    try {
      for (long left = patience.toNanos();
          ended < look && !isClosed && left > 0;
          left = end - nanos.getAsLong()) {
        wait(left / NANOS_PER_MILLI + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was found last; empty where no look has found anything yet. */
  synchronized Optional<Seen<T>> newest() {
    return Optional.ofNullable(newest);
  }

  /** Why the last look that ended was in vain; empty where it was not. */
  synchronized Optional<String> failure() {
    return failure;
  }

  /** How old what was found last is; empty where no look has found anything yet. */
  Optional<Duration> age() {
    return newest().map(seen -> Duration.ofNanos(Math.max(0, nanos.getAsLong() - seen.at())));
  }

  @Override
  public void close() {
    thread.stopping();
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    try {
      thread.stop(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
