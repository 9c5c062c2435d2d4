package io.strikegrid.server.platform.http;

import java.time.Duration;

/**
 * How far a client is behind the least rate. What it was faster at one time is not counted for it
 * later, so that a client that was quick for hours is found out as soon as one that never was.
 * Times are those of one ticker, in nanoseconds. Safe for use by several threads.
 */
final class Pace {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double nanosPerByte;
  private final long grace;
  private double behind;
  private boolean isMoving;
  private long beganAt;
  private long bytes;

  /**
   * A client that is not behind.
   *
   * @param leastRate bytes a second
   * @param grace how far it may be behind
   */
  Pace(int leastRate, Duration grace) {
    this.nanosPerByte = NANOS_PER_SECOND / leastRate;
    this.grace = grace.toNanos();
  }

  /** The client is to take so many bytes from now on. */
  synchronized void begin(long now, long count) {
    isMoving = true;
    beganAt = now;
    bytes = count;
  }

  /** It took what it was to take. */
  synchronized void end(long now) {
    if (isMoving) {
      isMoving = false;
      moved(now - beganAt, bytes);
    }
  }

  /** So many bytes moved in so long. */
  synchronized void moved(long nanos, long count) {
    behind = Math.max(0, behind + nanos - count * nanosPerByte);
  }

  /** Whether the client is further behind than it may be with what it is to take. */
  synchronized boolean isTooSlow(long now) {
    return isMoving && behind + (now - beganAt) - bytes * nanosPerByte > grace;
  }

  /** Whether the client was further behind than it may be when something moved last. */
  synchronized boolean isBehind() {
    return behind > grace;
  }
}
