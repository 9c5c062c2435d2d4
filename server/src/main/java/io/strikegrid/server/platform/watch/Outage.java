package io.strikegrid.server.platform.watch;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One thing that can go wrong again and again, told once when it begins and once when it ends. For
 * loops that try again: what fails in between is counted, and goes to the log at its finest level.
 * Safe for use by any number of threads.
 */
public final class Outage {

  private static final double NANOS = 1e9;

  private final Logger log;
  private final String what;
  private final LongSupplier nanos;
  private boolean isOn;
  private long begunAt;
  private long failures;

  /**
   * Nothing is wrong yet.
   *
   * @param log where it is told
   * @param what is wrong while it lasts: {@code the feed redis is away}
   */
  public Outage(Logger log, String what) {
    this(log, what, System::nanoTime);
  }

  /** The same by another ticker, in nanoseconds. */
  public Outage(Logger log, String what, LongSupplier nanos) {
    this.log = log;
    this.what = what;
    this.nanos = nanos;
  }

  /** It is so, for a reason that everybody can read. */
  public void failed(String reason) {
    failed(reason, null);
  }

  /** It is so, and nobody foresaw that: the trace is told with the first. */
  public synchronized void failed(String reason, @Nullable Throwable unforeseen) {
    failures++;
    if (isOn) {
      log.debug("{}, still: {}", what, reason, unforeseen);
      return;
    }
    isOn = true;
    begunAt = nanos.getAsLong();
    log.warn("{}: {}", what, reason, unforeseen);
  }

  /** It is over, if it ever began. */
  public synchronized void over() {
    if (!isOn) {
      return;
    }
    isOn = false;
    double seconds = Duration.ofNanos(nanos.getAsLong() - begunAt).toNanos() / NANOS;
    if (log.isInfoEnabled()) {
      log.info(
          "over after {} s and {} {}: {}",
          String.format(Locale.ROOT, "%.1f", seconds),
          failures,
          failures == 1 ? "failure" : "failures",
          what);
    }
    failures = 0;
  }

  /** Whether it is so now. */
  public synchronized boolean isOn() {
    return isOn;
  }
}
