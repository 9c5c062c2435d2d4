package io.strikegrid.server.live;

import io.strikegrid.engine.bar.ObservationField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink that remembers what it was given, in its order, and holds every receipt until it is told
 * to commit. Safe for use by any number of threads.
 */
public final class RecordingSink implements TickSink {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Tick> ticks = new ArrayList<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private int room = Integer.MAX_VALUE;
  private int turnedAway;
  private boolean commitsAtOnce;
  private @Nullable RuntimeException fault;

  @Override
  public synchronized boolean offer(Feed feed, List<Tick> offered, Receipt receipt) {
    if (fault != null) {
      throw fault;
    }
    if (offered.size() > room) {
      turnedAway++;
      return false;
    }
    room -= offered.size();
    ticks.addAll(offered);
    if (!commitsAtOnce) {
      receipt.hold();
      receipts.add(receipt);
    }
    notifyAll();
    return true;
  }

  /** Says whether it takes anything. */
  public void setRoom(boolean hasRoom) {
    setRoom(hasRoom ? Integer.MAX_VALUE : 0);
  }

  /** Takes so many ticks more, and turns the next away. */
  public synchronized void setRoom(int ticksMore) {
    room = ticksMore;
  }

  /** Makes it throw; null makes it work again. */
  public synchronized void setFault(@Nullable RuntimeException thrown) {
    fault = thrown;
  }

  /** Holds nothing from now on, as if every minute were committed at once. */
  public synchronized void commitAtOnce() {
    commitsAtOnce = true;
    commit();
  }

  /** Releases every receipt that it holds. */
  public synchronized void commit() {
    commit(receipts.size());
  }

  /** Releases the oldest receipts. */
  public synchronized void commit(int count) {
    List<Receipt> oldest = receipts.subList(0, count);
    oldest.forEach(Receipt::release);
    oldest.clear();
  }

  /** How often something was turned away. */
  public synchronized int turnedAway() {
    return turnedAway;
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
    return ticks();
  }

  /** What it was given. */
  public synchronized List<Tick> ticks() {
    return new ArrayList<>(ticks);
  }

  /** Prices of what it was given. */
  public List<Double> prices() {
    return ticks().stream().map(t -> t.observation().get(ObservationField.PRICE)).toList();
  }

  /** Forgets what it was given. */
  public synchronized void clear() {
    ticks.clear();
  }
}
