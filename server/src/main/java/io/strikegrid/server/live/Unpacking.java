package io.strikegrid.server.live;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How many observations are unpacked at once: work waits until there is room for its own, first
 * come, first served. Safe for use by any number of threads.
 */
final class Unpacking {

  private final int most;
  private final Semaphore room;

  Unpacking(int most) {
    this.most = most;
    this.room = new Semaphore(most, true);
  }

  /** Most observations at once. */
  int most() {
    return most;
  }

  /**
   * Does work that unpacks so many observations; where those are more than there may be, it is
   * alone.
   */
  <T> T with(long observations, Supplier<T> work) {
    int taken = Math.clamp(observations, 1, most);
    try {
      room.acquire(taken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for memory", e);
    }
    try {
      return work.get();
    } finally {
      room.release(taken);
    }
  }
}
