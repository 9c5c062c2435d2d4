package io.strikegrid.server.live;

import io.strikegrid.engine.bar.ObservationField;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what was handed in, in its order, and holds the receipts until the test lets them go. Safe
 * for use by any number of threads.
 */
public final class HoldingSink implements TickSink {

  private final List<Tick> ticks = new ArrayList<>();
  private final List<Receipt> held = new ArrayList<>();
  private int room = Integer.MAX_VALUE;
  private int turnedAway;
  private boolean commitsAtOnce;

  @Override
  public synchronized boolean offer(Feed feed, List<Tick> offered, Receipt receipt) {
    if (offered.size() > room) {
      turnedAway++;
      return false;
    }
    room -= offered.size();
    ticks.addAll(offered);
    if (!commitsAtOnce) {
      receipt.hold();
      held.add(receipt);
    }
    return true;
  }

  /** Takes so many ticks more, and turns the next away. */
  public synchronized void setRoom(int ticksMore) {
    room = ticksMore;
  }

  /** Holds nothing from now on, as if every minute were committed at once. */
  public synchronized void commitAtOnce() {
    commitsAtOnce = true;
    commit();
  }

  /** Lets go of every receipt. */
  public synchronized void commit() {
    held.forEach(Receipt::release);
    held.clear();
  }

  /** Lets go of the oldest receipts. */
  public synchronized void commit(int count) {
    List<Receipt> oldest = held.subList(0, count);
    oldest.forEach(Receipt::release);
    oldest.clear();
  }

  /** How often something was turned away. */
  public synchronized int turnedAway() {
    return turnedAway;
  }

  /** What was taken. */
  public synchronized List<Tick> ticks() {
    return new ArrayList<>(ticks);
  }

  /** Prices of what was taken. */
  public List<Double> prices() {
    return ticks().stream().map(t -> t.observation().get(ObservationField.PRICE)).toList();
  }
}
