package io.strikegrid.server.jobs;

import java.time.Duration;

/**
 * How jobs are run.
 *
 * @param lookEvery how often a server looks for jobs that are due
 * @param signEvery how often it signs that it still runs one; without four of them another server
 *     takes the job over
 * @param firstRetry after a failure; doubled with each further one
 * @param longestRetry most of that
 * @param stopWithin how long a stopping server waits for a run to end by itself, and then once more
 *     for it to end when interrupted
 * @param threads most runs at a time
 */
public record JobsConfig(
    Duration lookEvery,
    Duration signEvery,
    Duration firstRetry,
    Duration longestRetry,
    Duration stopWithin,
    int threads) {

  private static final int MOST_THREADS = 3;

  /** Checks the bounds. */
  public JobsConfig {
    if (!lookEvery.isPositive() || !signEvery.isPositive() || !firstRetry.isPositive()) {
      throw new IllegalArgumentException(
          "lookEvery, signEvery and firstRetry must be positive; have %s, %s, %s"
              .formatted(lookEvery, signEvery, firstRetry));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; have " + threads);
    }
  }

  /**
   * The usual one. A run takes a connection for its lock and one for its work, neither of them from
   * those that serve requests.
   */
  public static JobsConfig usual() {
    return new JobsConfig(
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        MOST_THREADS);
  }

  /** How long to wait after so many failures in a row, at most as long as a job waits anyway. */
  Duration retryAfter(int failures, Duration every) {
    Duration wait = firstRetry;
    for (int i = 1; i < failures && wait.compareTo(longestRetry) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    Duration capped = wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
    return capped.compareTo(every) < 0 ? capped : every;
  }
}
