package io.strikegrid.server.pages;

import io.strikegrid.server.platform.http.ClientGoneException;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The memory that the work of all requests together may take beside the cache of pages. Who wants
 * some says how much before it begins: what can never fit is refused for good, what does not fit
 * now waits its turn, first come first served, in a queue that is bounded in length and time; who
 * leaves meanwhile, leaves it.
 *
 * <p>A small part is kept for small work alone, which never waits behind large work. Safe for use
 * by any number of threads.
 */
public final class Admission {

  private static final int MOST_WAITING = 64;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
  private static final int RESERVED_PART = 8;
  private static final int SMALL_PART = 64;
  private static final long MEGABYTE = 1 << 20;

  private final long most;
  private final long reserve;
  private final long small;
  private final Duration longestWait;
  private final AtomicLong inReserve = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private long used;

  /**
   * Room of a size.
   *
   * @param bytes of all work together
   */
  public Admission(long bytes) {
    this(bytes, LONGEST_WAIT);
  }

  Admission(long bytes, Duration longestWait) {
    this.reserve = bytes / RESERVED_PART;
    this.most = bytes - reserve;
    this.small = bytes / SMALL_PART;
    this.longestWait = longestWait;
  }

  /** A quarter of the heap. */
  public static Admission usual() {
    return new Admission(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Room that is taken, until it is given back. */
  @FunctionalInterface
  public interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  private final class Waiting {
    final long bytes;
    final Condition admitted = lock.newCondition();
    boolean isAdmitted;

    Waiting(long bytes) {
      this.bytes = bytes;
    }
  }

  /** Most bytes that one piece of work may take. */
  public long most() {
    return most;
  }

  /** Bytes that are taken now. */
  public long used() {
    lock.lock();
    try {
      return used + inReserve.get();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait now. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says that some work can never fit.
   *
   * @throws Problem where it cannot
   */
  void checkFits(long bytes) {
    if (bytes > most) {
      throw new Problem(
          ProblemCode.TOO_MUCH,
          "this takes up to %d MiB of memory to answer; have room for %d MiB"
              .formatted(Math.ceilDiv(bytes, MEGABYTE), most / MEGABYTE),
          null,
          null,
          "a shorter range, a longer timeframe, fewer expiries or fewer levels");
    }
  }

  /**
   * Takes room, once there is some.
   *
   * @throws Problem where it can never be, or was not to be had in time
   */
  public Permit admit(long bytes) {
    return admit(bytes, () -> false);
  }

  /**
   * Takes room for a client, once there is some.
   *
   * @param isGone whether the client left, so that its place in the queue is free; asked by the
   *     thread that waits
   * @throws Problem where it can never be, or was not to be had in time
   * @throws ClientGoneException where the client left while it waited
   */
  public Permit admit(long bytes, BooleanSupplier isGone) {
    if (bytes <= 0) {
      return () -> {};
    }
    if (bytes <= small && takeReserve(bytes)) {
      return once(() -> inReserve.addAndGet(-bytes));
    }
    checkFits(bytes);
    take(bytes, isGone);
    return once(() -> give(bytes));
  }

  private static Permit once(Runnable giving) {
    AtomicBoolean given = new AtomicBoolean();
    return () -> {
      if (given.compareAndSet(false, true)) {
        giving.run();
      }
    };
  }

  private boolean takeReserve(long bytes) {
    if (inReserve.addAndGet(bytes) <= reserve) {
      return true;
    }
    inReserve.addAndGet(-bytes);
    return false;
  }

  private void take(long bytes, BooleanSupplier isGone) {
    lock.lock();
    try {
      if (queue.isEmpty() && used + bytes <= most) {
        used += bytes;
        return;
      }
      if (queue.size() >= MOST_WAITING) {
        throw new Problem(
            ProblemCode.NOT_READY,
            "as many requests wait for memory as may, " + MOST_WAITING + "; try again");
      }
      await(bytes, isGone);
    } finally {
      lock.unlock();
    }
  }

  private void await(long bytes, BooleanSupplier isGone) {
    Waiting waiting = new Waiting(bytes);
    queue.addLast(waiting);
    boolean hasLeft = false;
    long left = longestWait.toNanos();
    try {
      while (!waiting.isAdmitted && !hasLeft && left > 0) {
        long slice = Math.min(left, LOOK_NANOS);
        left -= slice - waiting.admitted.awaitNanos(slice);
        hasLeft = !waiting.isAdmitted && isGone.getAsBoolean();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!waiting.isAdmitted) {
      queue.remove(waiting);
      admitNext();
      if (hasLeft) {
        throw new ClientGoneException();
      }
      throw new Problem(
          ProblemCode.NOT_READY,
          "other requests held the memory for this one for %d s; try again"
              .formatted(TimeUnit.NANOSECONDS.toSeconds(longestWait.toNanos())));
    }
  }

  /** Notes memory that is held already, whether there is room or not. */
  void force(long bytes) {
    lock.lock();
    try {
      used += bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back room. */
  void give(long bytes) {
    lock.lock();
    try {
      used -= bytes;
      admitNext();
    } finally {
      lock.unlock();
    }
  }

  private void admitNext() {
    while (!queue.isEmpty() && used + queue.getFirst().bytes <= most) {
      Waiting next = queue.removeFirst();
      used += next.bytes;
      next.isAdmitted = true;
      next.admitted.signal();
    }
  }
}
