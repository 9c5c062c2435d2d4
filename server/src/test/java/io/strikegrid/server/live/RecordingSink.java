package io.strikegrid.server.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink that remembers what it was given, and holds every receipt until it is told to commit. */
public final class RecordingSink implements TickSink {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Tick> ticks = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private boolean hasRoom = true;
  private @Nullable RuntimeException fault;

  @Override
  public synchronized boolean offer(Feed feed, List<Tick> offered, Receipt receipt) {
    if (fault != null) {
      throw fault;
    }
    if (!hasRoom) {
      return false;
    }
    receipt.hold();
    ticks.addAll(offered);
    receipts.add(receipt);
    notifyAll();
    return true;
  }

  /** Says whether it takes anything. */
  public synchronized void setRoom(boolean room) {
    hasRoom = room;
  }

  /** Makes it throw; null makes it work again. */
  public synchronized void setFault(@Nullable RuntimeException thrown) {
    fault = thrown;
  }

  /** Releases every receipt that it holds. */
  public synchronized void commit() {
    receipts.forEach(Receipt::release);
    receipts.clear();
  }

  /** Waits until it has so many ticks, and returns all that it has. */
  public synchronized List<Tick> await(int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ticks.size() < count && System.nanoTime() < deadline) {
      try {
        wait(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return new ArrayList<>(ticks);
  }

  /** Forgets what it was given. */
  public synchronized void clear() {
    ticks.clear();
  }
}
