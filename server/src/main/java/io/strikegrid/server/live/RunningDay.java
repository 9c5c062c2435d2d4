package io.strikegrid.server.live;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The pages of a symbol beside which something runs, as far as somebody asked for them lately. Any
 * number of threads may ask; none of them ever waits for a reader of another page, and nobody who
 * closes minutes waits for readers.
 */
final class RunningDay {

  private static final long UNUSED_NANOS = Duration.ofSeconds(5).toNanos();

  private final Lane lane;
  private final Unpacking unpacking;
  private final LongSupplier nanos;
  private final Map<PageKey, RunningPage> pages = new ConcurrentHashMap<>();

  /**
   * Nothing is made yet.
   *
   * @param unpacking shared by the running days of all symbols
   * @param nanos elapsed time, as {@link System#nanoTime}
   */
  RunningDay(Lane lane, Unpacking unpacking, LongSupplier nanos) {
    this.lane = lane;
    this.unpacking = unpacking;
    this.nanos = nanos;
  }

  /** The page with what runs; empty where nothing of it does. */
  Optional<RunningMinutes.Running> beside(GridPage page, Underlying underlying) {
    return lane.has(page.key().day())
        ? pages
            .computeIfAbsent(page.key(), key -> new RunningPage(lane, unpacking, nanos))
            .beside(page, underlying)
        : Optional.empty();
  }

  /** Forgets pages that nobody asked for lately. */
  void forgetUnused() {
    long before = nanos.getAsLong() - UNUSED_NANOS;
    pages.values().removeIf(page -> page.asked() - before < 0);
  }
}
