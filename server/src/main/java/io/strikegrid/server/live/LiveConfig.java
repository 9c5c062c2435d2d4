package io.strikegrid.server.live;

import java.time.Duration;

/**
 * How ticks become bars.
 *
 * @param lateness how long after its end a minute waits for ticks that are on their way
 * @param lateEvery how often corrections of closed minutes are committed, so that several go
 *     together
 * @param keepObservations how long the observations behind live bars are kept: later ones of the
 *     same minutes are refused
 * @param maxBytes most memory for ticks that are not committed yet
 */
public record LiveConfig(
    Duration lateness, Duration lateEvery, Duration keepObservations, long maxBytes) {

  /** Most that a minute may wait. */
  public static final Duration LONGEST_LATENESS = Duration.ofMinutes(5);

  /** Checks the bounds. */
  public LiveConfig {
    if (lateness.isNegative() || lateness.compareTo(LONGEST_LATENESS) > 0) {
      throw new IllegalArgumentException(
          "lateness must be 0 to " + LONGEST_LATENESS.toSeconds() + " s; have " + lateness);
    }
    if (lateEvery.isNegative()) {
      throw new IllegalArgumentException("lateEvery must not be negative; have " + lateEvery);
    }
    if (keepObservations.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "observations must be kept for a day at least; have " + keepObservations);
    }
    if (maxBytes < 1 << 20) {
      throw new IllegalArgumentException("maxBytes must be at least 1 MiB; have " + maxBytes);
    }
  }

  /** Five seconds of lateness, corrections once a second, two days, an eighth of the heap. */
  public static LiveConfig usual() {
    return new LiveConfig(
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofDays(2),
        Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 8));
  }

  /** The same with another lateness. */
  public LiveConfig withLateness(Duration other) {
    return new LiveConfig(other, lateEvery, keepObservations, maxBytes);
  }
}
