package io.strikegrid.server.platform.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Room for the bodies that are in memory at a time, taken as their bytes arrive. Safe for use by
 * several threads; a share of it is for one.
 */
final class BodyRoom {

  private static final int PERMIT_BYTES = 64 << 10;
  private static final long WAIT_MILLIS = 500;

  private final Semaphore permits;

  BodyRoom(long bytes) {
    this.permits = new Semaphore(Math.toIntExact(bytes / PERMIT_BYTES));
  }

  Share share() {
    return new Share();
  }

  /** What one body has of the room. */
  final class Share implements AutoCloseable {

    private int held;

    /**
     * Takes as much as a body needs that has come so far; waits a moment where others have it.
     *
     * @throws Problem where there is not enough
     */
    void hold(long bytes) {
      int more = (int) ((bytes + PERMIT_BYTES - 1) / PERMIT_BYTES) - held;
      if (more > 0) {
        if (!isTaken(more)) {
          throw new Problem(ProblemCode.NOT_READY, "too many bodies are being taken; try again");
        }
        held += more;
      }
    }

    private boolean isTaken(int more) {
      try {
        return permits.tryAcquire(more, WAIT_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      permits.release(held);
      held = 0;
    }
  }
}
