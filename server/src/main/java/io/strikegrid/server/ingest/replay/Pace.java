package io.strikegrid.server.ingest.replay;

import java.util.function.LongSupplier;

/** Tells when an event is due, counted from the first one. For one thread. */
final class Pace {

  private static final double NANOS_PER_MILLI = 1e6;

  private final double nanosPerMilli;
  private final LongSupplier nanoTime;
  private long firstMillis;
  private long started;

  /**
   * A pace.
   *
   * @param nanoTime nanoseconds from any origin, such as {@code System::nanoTime}
   */
  Pace(Speed speed, LongSupplier nanoTime) {
    this.nanosPerMilli = NANOS_PER_MILLI / speed.factor();
    this.nanoTime = nanoTime;
  }

  /** Counts from an event, which is due now. */
  void start(long millis) {
    firstMillis = millis;
    started = nanoTime.getAsLong();
  }

  /** Nanoseconds until an event is due; 0 or less where it is. */
  long nanosUntil(long millis) {
    double due = (millis - firstMillis) * nanosPerMilli;
    return (long) due - (nanoTime.getAsLong() - started);
  }
}
