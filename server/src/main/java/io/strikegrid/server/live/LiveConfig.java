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
 * @param maxUnpacked most observations that all commits together have unpacked at once; one minute
 *     alone may take twice as many
 * @param maxTicksPerMinute most observations that are kept of a symbol in one minute
 */
public record LiveConfig(
    Duration lateness,
    Duration lateEvery,
    Duration keepObservations,
    long maxBytes,
    int maxUnpacked,
    int maxTicksPerMinute) {

  /** Most that a minute may wait. */
  public static final Duration LONGEST_LATENESS = Duration.ofMinutes(5);

  private static final long HEAP_FOR_EACH = 4_000;
  private static final int LEAST_UNPACKED = 10_000;
  private static final int MOST_UNPACKED = 10_000_000;
  private static final int MOST_OF_A_MINUTE = 250_000;

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
    if (maxUnpacked < 1) {
      throw new IllegalArgumentException("maxUnpacked must be at least 1; have " + maxUnpacked);
    }
    if (maxTicksPerMinute < 1 || maxTicksPerMinute > maxUnpacked) {
      throw new IllegalArgumentException(
          "maxTicksPerMinute must be 1 to " + maxUnpacked + "; have " + maxTicksPerMinute);
    }
  }

  /** With the numbers of observations that suit the heap. */
  public LiveConfig(
      Duration lateness, Duration lateEvery, Duration keepObservations, long maxBytes) {
    this(
        lateness,
        lateEvery,
        keepObservations,
        maxBytes,
        unpackedByHeap(),
        Math.min(MOST_OF_A_MINUTE, unpackedByHeap()));
  }

  private static int unpackedByHeap() {
    long most = Runtime.getRuntime().maxMemory() / HEAP_FOR_EACH;
    return Math.clamp(most, LEAST_UNPACKED, MOST_UNPACKED);
  }

  /** Five seconds of lateness, corrections once a second, two days, a sixteenth of the heap. */
  public static LiveConfig usual() {
    return new LiveConfig(
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofDays(2),
        Math.max(1 << 20, Runtime.getRuntime().maxMemory() / 16));
  }

  /** The same with another lateness. */
  public LiveConfig withLateness(Duration other) {
    return new LiveConfig(
        other, lateEvery, keepObservations, maxBytes, maxUnpacked, maxTicksPerMinute);
  }

  /** The same with other numbers of observations. */
  public LiveConfig withObservations(int unpacked, int perMinute) {
    return new LiveConfig(lateness, lateEvery, keepObservations, maxBytes, unpacked, perMinute);
  }
}
