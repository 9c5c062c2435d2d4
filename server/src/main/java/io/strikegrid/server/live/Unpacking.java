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

  private static final Duration COMMITS_WITHIN = Duration.ofSeconds(1);

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
   * alone. Who waits for room holds a connection, so nobody does for long.
   *
   * @throws StoreException where there is no room soon enough; to be tried again
   */
  @Override
  public <T> T with(long observations, Work<T> work) throws SQLException {
    int taken = share(observations);
    take(taken, COMMITS_WITHIN);
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
    take(taken, patience);
    try {
      return work.get();
    } finally {
      room.release(taken);
    }
  }

  private void take(int observations, Duration patience) {
    try {
      if (!room.tryAcquire(observations, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException(
            "no memory for %d ticks within %d ms; try again"
                .formatted(observations, patience.toMillis()),
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for memory", e);
    }
  }

  private int share(long observations) {
    return Math.clamp(observations, 1, most);
  }
}
