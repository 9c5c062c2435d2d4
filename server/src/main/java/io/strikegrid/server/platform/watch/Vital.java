package io.strikegrid.server.platform.watch;

import java.time.Duration;

/**
 * What is expected of a thread that must live.
 *
 * @param name as operators read it, one word
 * @param silence longest time that it may go without a sign of life, also where what it waits for
 *     does not answer; longer is stuck
 * @param restarts how often in a row it may be begun again after it died; 0 where what it does
 *     cannot be begun again
 */
public record Vital(String name, Duration silence, int restarts) {

  private static final int RESTARTS = 8;

  /** Checks the bounds. */
  public Vital {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name of a thread must not be blank");
    }
    if (!silence.isPositive()) {
      throw new IllegalArgumentException(
          "silence of thread " + name + " must be positive; have " + silence);
    }
    if (restarts < 0) {
      throw new IllegalArgumentException(
          "restarts of thread " + name + " must be at least 0; have " + restarts);
    }
  }

  /** A thread whose work can be begun again. */
  public static Vital of(String name, Duration silence) {
    return new Vital(name, silence, RESTARTS);
  }
}
