package io.strikegrid.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until it is told otherwise. Any thread may set it and any may read it.
 */
public final class ManualClock implements InstantSource {

  private volatile Instant now;

  /** A clock that stands at a moment. */
  public ManualClock(Instant start) {
    this.now = start;
  }

  /**
   * A clock that stands at a moment.
   *
   * @param iso such as {@code 2025-04-22T03:45:00Z}
   */
  public static ManualClock at(String iso) {
    return new ManualClock(Instant.parse(iso));
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Sets the time, also to an earlier one. */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  /** Moves the time, also backwards, and returns it. */
  public synchronized Instant advance(Duration by) {
    now = now.plus(by);
    return now;
  }
}
