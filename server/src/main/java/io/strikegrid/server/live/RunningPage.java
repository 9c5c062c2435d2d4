package io.strikegrid.server.live;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.rollup.ProvisionalMinutes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One page with what runs beside it, made when somebody asks and not again before some time has
 * passed: a quarter of a second, or four times as long as it took where that is more, so that its
 * readers take a fifth of a processor at most. One reader makes it; the others have the one before
 * meanwhile, or wait where the committed page is another since then.
 *
 * <p>Safe for use by any number of threads: the newest one is published by a volatile field.
 */
final class RunningPage {

  private static final long REFRESH_NANOS = Duration.ofMillis(250).toNanos();
  private static final int REST = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Lane lane;
  private final Unpacking unpacking;
  private final LongSupplier nanos;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Made made;
  private volatile long asked;

  RunningPage(Lane lane, Unpacking unpacking, LongSupplier nanos) {
    this.lane = lane;
    this.unpacking = unpacking;
    this.nanos = nanos;
    this.asked = nanos.getAsLong();
  }

  /**
   * What was made.
   *
   * @param committed the page without it
   * @param last the newest minute in it
   * @param sequence of the lane then
   * @param next when it may be made again, elapsed nanoseconds
   */
  private record Made(
      GridPage committed,
      long last,
      long sequence,
      long next,
      Optional<RunningMinutes.Running> running) {

    boolean isBeside(GridPage page) {
      return committed == page;
    }
  }

  /** When somebody asked last, elapsed nanoseconds. */
  long asked() {
    return asked;
  }

  Optional<RunningMinutes.Running> beside(GridPage page, Underlying underlying) {
    asked = nanos.getAsLong();
    Made known = made;
    if (known != null && known.isBeside(page)) {
      if (isFresh(known) || !making.tryLock()) {
        return known.running;
      }
    } else {
      making.lock();
    }
    try {
      known = made;
      return known != null && known.isBeside(page) && isFresh(known)
          ? known.running
          : make(page, underlying, known);
    } finally {
      making.unlock();
    }
  }

  private boolean isFresh(Made known) {
    return known.sequence == lane.sequence() || nanos.getAsLong() - known.next < 0;
  }

  private Optional<RunningMinutes.Running> make(
      GridPage page, Underlying underlying, @Nullable Made before) {
    long started = nanos.getAsLong();
    RunningTicks ticks = lane.copy(page.key().day(), page.session().open() + 60L * page.buckets());
    long last = ticks.last();
    Optional<RunningMinutes.Running> running;
    if (before != null && before.isBeside(page) && last < before.last) {
      last = before.last; // what was shown is not hidden again
      running = before.running;
    } else {
      running = unpacking.within(PATIENCE, ticks.ticks(), () -> running(page, underlying, ticks));
    }
    long end = nanos.getAsLong();
    long next = end + Math.max(REFRESH_NANOS, REST * (end - started));
    if (before == null || before.committed.buckets() <= page.buckets()) {
      made = new Made(page, last, ticks.sequence(), next, running);
    }
    return running;
  }

  private static Optional<RunningMinutes.Running> running(
      GridPage page, Underlying underlying, RunningTicks ticks) {
    if (ticks.provenance() == null) {
      return Optional.empty();
    }
    ObservedDay observed = new ObservedDay(ticks.byExpiry(), false, page.session().close());
    return ProvisionalMinutes.beside(page, underlying, observed, ticks.provenance())
        .map(with -> new RunningMinutes.Running(with, page.buckets(), ticks.sequence()));
  }
}
