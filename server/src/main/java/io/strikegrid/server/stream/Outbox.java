package io.strikegrid.server.stream;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one connection, bounded. One message at a time is with the connection; the next
 * one follows when it was taken, on the thread that learns of that, so no thread ever waits.
 *
 * <p>A numbered message that finds no room ends its subscription: what waits of it is dropped, and
 * the client is told the last number that went out. Any thread may call; the fields, and what the
 * subscriptions count, are guarded by this.
 */
final class Outbox {

  /** What may wait for a connection however much waits for all. */
  private static final int ALWAYS_BYTES = 256 << 10;

  private final Wire wire;
  private final StreamConfig.Room room;
  private final Consumer<StreamMessage> taken;
  private final StreamMemory memory;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final Map<Subscription, StreamMessage> latest = new LinkedHashMap<>();
  private final AtomicInteger work = new AtomicInteger();
  private long bytes;
  private boolean isSending;
  private boolean isLast;
  private boolean isClosed;
  private long since = System.nanoTime();

  private record Waiting(StreamMessage message, @Nullable Subscription of) {}

  /**
   * An empty one.
   *
   * @param taken told of every message that the connection took
   */
  Outbox(Wire wire, StreamConfig.Room room, Consumer<StreamMessage> taken, StreamMemory memory) {
    this.memory = memory;
    this.wire = wire;
    this.room = room;
    this.taken = taken;
  }

  /**
   * Puts a numbered message of a subscription.
   *
   * @return whether there was room; if not, the subscription has ended, and the client is told
   */
  boolean put(Subscription subscription, StreamMessage message) {
    boolean fits;
    synchronized (this) {
      if (isClosed || subscription.hasEnded()) {
        return true;
      }
      fits =
          room.fits(queue.size() + 1, bytes + message.size())
              && (bytes < ALWAYS_BYTES || !memory.isOver());
      if (fits) {
        dropLatest(subscription); // it was of what was before this
        subscription.queued(message);
        add(message, subscription);
      }
    }
    if (fits) {
      flush();
    } else {
      cut(subscription);
    }
    return fits;
  }

  /** Ends a subscription that missed something, and tells its client from where to resume. */
  void cut(Subscription subscription) {
    synchronized (this) {
      if (isClosed || subscription.hasEnded()) {
        return;
      }
      dropWaiting(subscription);
      subscription.end();
      add(ServerMessages.cut(subscription), null);
    }
    flush();
  }

  /**
   * Puts a message that goes out once nothing else waits, and only where neither another one like
   * it nor a numbered one of its subscription has come until then.
   */
  void putLatest(Subscription subscription, StreamMessage message) {
    synchronized (this) {
      if (isClosed || isLast || subscription.hasEnded()) {
        return;
      }
      dropLatest(subscription);
      latest.put(subscription, message);
      memory.add(message.size());
    }
    flush();
  }

  private void dropLatest(Subscription subscription) {
    StreamMessage dropped = latest.remove(subscription);
    if (dropped != null) {
      memory.add(-dropped.size());
    }
  }

  /**
   * Puts an answer or a notice.
   *
   * @return whether there was room; if not, the client reads nothing and asks all the same
   */
  boolean tell(StreamMessage message) {
    synchronized (this) {
      if (isClosed) {
        return true;
      }
      if (queue.size() >= 2 * room.messages()) {
        return false;
      }
      add(message, null);
    }
    flush();
    return true;
  }

  /** Ends a subscription: nothing more of it goes out. */
  synchronized void forget(Subscription subscription) {
    subscription.end();
    dropWaiting(subscription);
  }

  /** Puts a heartbeat with the newest numbers, where nothing went out for so long. */
  void beat(long quietNanos, long now, Collection<Subscription> of, long epochSecond) {
    synchronized (this) {
      if (isClosed || isSending || !queue.isEmpty() || now - since < quietNanos) {
        return;
      }
      add(ServerMessages.heartbeat(epochSecond, List.copyOf(of)), null);
    }
    flush();
  }

  /** Whether the connection has had a message for so long without taking it. */
  synchronized boolean isStalled(long nanos, long now) {
    return isSending && now - since > nanos;
  }

  /** Nothing more is put; the connection is closed once what waits was taken. */
  void finish() {
    synchronized (this) {
      isLast = true;
    }
    flush();
  }

  /** Drops everything. */
  synchronized void close() {
    isClosed = true;
    queue.clear();
    List.copyOf(latest.keySet()).forEach(this::dropLatest);
    memory.add(-bytes);
    bytes = 0;
  }

  private void add(StreamMessage message, @Nullable Subscription of) {
    if (!isLast) {
      queue.addLast(new Waiting(message, of));
      bytes += message.size();
      memory.add(message.size());
    }
  }

  private void dropWaiting(Subscription subscription) {
    dropLatest(subscription);
    queue.removeIf(waiting -> {
      boolean isOfIt = waiting.of == subscription;
      int size = isOfIt ? waiting.message.size() : 0;
      bytes -= size;
      memory.add(-size);
      return isOfIt;
    });
  }

  /** Hands over what can be; of several threads that come, one works for all. */
  private void flush() {
    if (work.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      Waiting next = next();
      if (next != null) {
        wire.send(next.message, () -> sent(next.message));
      }
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private @Nullable Waiting next() {
    boolean isOver;
    synchronized (this) {
      if (isSending || isClosed) {
        return null;
      }
      Waiting next = poll();
      if (next != null) {
        isSending = true;
        since = System.nanoTime();
        if (next.of != null && next.message.eventId() != null) {
          next.of.handedOver(next.message);
        }
        return next;
      }
      isOver = isLast;
    }
    if (isOver) {
      wire.close(1000, "the stream has ended");
    }
    return null;
  }

  /** What waits in order, then the latest of a subscription. */
  private @Nullable Waiting poll() {
    Waiting next = queue.pollFirst();
    if (next != null) {
      bytes -= next.message.size();
      memory.add(-next.message.size());
      return next;
    }
    if (isLast || latest.isEmpty()) {
      return null;
    }
    Map.Entry<Subscription, StreamMessage> oldest = latest.entrySet().iterator().next();
    next = new Waiting(oldest.getValue(), oldest.getKey());
    dropLatest(oldest.getKey());
    return next;
  }

  private void sent(StreamMessage message) {
    synchronized (this) {
      isSending = false;
      since = System.nanoTime();
    }
    taken.accept(message);
    flush();
  }
}
