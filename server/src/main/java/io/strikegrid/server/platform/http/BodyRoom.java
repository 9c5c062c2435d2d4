package io.strikegrid.server.platform.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Room for the bodies that are in memory at a time, taken as their bytes arrive. No client may have
 * more than a part of it, so that one whose bodies come slowly leaves some for others. Safe for use
 * by several threads; a share of it is for one.
 */
final class BodyRoom {

  private static final int BLOCK_BYTES = 64 << 10;
  private static final long WAIT_MILLIS = 500;
  private static final int MEGABYTE = 1 << 20;

  private final long most;
  private final long mostOfClient;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<String, Long> held = new HashMap<>();
  private long used;

  /**
   * Room that nobody has.
   *
   * @param bytes of all bodies
   * @param bytesOfClient of the bodies of one client
   */
  BodyRoom(long bytes, long bytesOfClient) {
    this.most = bytes;
    this.mostOfClient = bytesOfClient;
  }

  /** A share that has nothing yet, of the body of a client. */
  Share share(String client) {
    return new Share(client);
  }

  /** What one body has of the room. */
  final class Share implements AutoCloseable {

    private final String client;
    private long has;

    private Share(String client) {
      this.client = client;
    }

    /**
     * Takes as much as a body needs that has come so far; waits a moment where there is not enough.
     *
     * @throws Problem where there is not enough then, for all or for this client
     */
    void hold(long bytes) {
      long more = Math.ceilDiv(bytes, BLOCK_BYTES) * BLOCK_BYTES - has;
      if (more > 0) {
        take(client, more);
        has += more;
      }
    }

    @Override
    public void close() {
      give(client, has);
      has = 0;
    }
  }

  private void take(String client, long more) {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
      while (!fits(client, more) && left > 0) {
        left = freed.awaitNanos(left);
      }
      checkFits(client, more);
      used += more;
      held.merge(client, more, Long::sum);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(ProblemCode.NOT_READY, "the server stops; try again");
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(String client, long more) {
    return used + more <= most && isWithinPart(client, more);
  }

  private boolean isWithinPart(String client, long more) {
    return held.getOrDefault(client, 0L) + more <= mostOfClient;
  }

  private void checkFits(String client, long more) {
    if (!isWithinPart(client, more)) {
      throw new Problem(
          ProblemCode.NOT_READY,
          "the bodies of one client may take %d MiB at a time; try again once others of yours are taken"
              .formatted(mostOfClient / MEGABYTE));
    }
    if (!fits(client, more)) {
      throw new Problem(ProblemCode.NOT_READY, "too many bodies are being taken; try again");
    }
  }

  private void give(String client, long bytes) {
    if (bytes == 0) {
      return;
    }
    lock.lock();
    try {
      used -= bytes;
      held.computeIfPresent(client, (c, has) -> has == bytes ? null : has - bytes);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
