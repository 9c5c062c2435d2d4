package io.strikegrid.server.live;

import io.strikegrid.engine.time.Session;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Refused ticks in memory; it may be made to fail first. */
final class KeptTicks implements RefusedTicks {

  /** Ticks that were kept together. */
  record Batch(String code, String message, List<Tick> ticks) {}

  final List<Batch> batches = new CopyOnWriteArrayList<>();
  final AtomicInteger failures = new AtomicInteger();

  @Override
  public void keep(
      String symbol, Session session, String feed, String code, String message, List<Tick> ticks) {
    if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IllegalStateException("nothing can be kept now");
    }
    batches.add(new Batch(code, message, List.copyOf(ticks)));
  }
}
