package io.strikegrid.server.live;

import io.strikegrid.server.rollup.Room;
import io.strikegrid.server.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How many observations are unpacked at once: work waits until there is room for its own, first
 * come, first served. Safe for use by any number of threads.
 */
final class Unpacking implements Room {

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
  @Override
  public <T> T with(long observations, Work<T> work) throws SQLException {
    int taken = share(observations);
    try {
      room.acquire(taken);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      return work.done();
    } finally {
      room.release(taken);
    }
  }

  /**
   * Does work that unpacks so many observations, unless there is no room for it soon enough.
   *
   * @throws StoreException where there is none
   */
  <T> T within(Duration patience, long observations, Supplier<T> work) {
    int taken = share(observations);
    try {
      if (!room.tryAcquire(taken, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException(
            "no memory for %d running ticks within %d s; try again"
                .formatted(observations, patience.toSeconds()),
            null);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      return work.get();
    } finally {
      room.release(taken);
    }
  }

  private int share(long observations) {
    return Math.clamp(observations, 1, most);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for memory", e);
  }
}
