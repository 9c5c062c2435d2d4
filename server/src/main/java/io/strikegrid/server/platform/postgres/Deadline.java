package io.strikegrid.server.platform.postgres;

import java.time.Duration;

/**
 * The end of a bounded wait, on the clock that never steps.
 *
 * @param nanos when it ends, as {@link System#nanoTime} counts
 */
record Deadline(long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  boolean passed() {
    return System.nanoTime() - nanos >= 0;
  }
}
