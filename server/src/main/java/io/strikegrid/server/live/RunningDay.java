package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.rollup.ProvisionalMinutes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What runs of a symbol, made into pages when somebody asks, and again only some time after that:
 * so the cost is bounded however many ask. A day of which more is held than may be unpacked at once
 * is not shown as running. One at a time.
 */
final class RunningDay {

  private static final long UNUSED_NANOS = Duration.ofSeconds(5).toNanos();

  private final Lane lane;
  private final long refreshNanos;
  private final Unpacking unpacking;
  private final Map<PageKey, Made> made = new HashMap<>();

  /**
   * Nothing is made yet.
   *
   * @param unpacking shared by the running days of all symbols
   */
  RunningDay(Lane lane, Duration refreshEvery, Unpacking unpacking) {
    this.unpacking = unpacking;
    this.lane = lane;
    this.refreshNanos = refreshEvery.toNanos();
  }

  /** What was made of a committed page; times are those of {@link System#nanoTime}. */
  private record Made(
      GridPage committed,
      long at,
      long sequence,
      Optional<RunningMinutes.Running> running,
      AtomicLong asked) {}

  synchronized Optional<RunningMinutes.Running> beside(GridPage page, Underlying underlying) {
    if (!lane.has(page.key().day())) {
      return Optional.empty();
    }
    long now = System.nanoTime();
    Made before = made.get(page.key());
    if (before != null
        && before.committed == page
        && (before.sequence == lane.sequence() || now - before.at < refreshNanos)) {
      before.asked.set(now);
      return before.running;
    }
    Made next = make(page, underlying, now);
    made.put(page.key(), next);
    return next.running;
  }

  /** Forgets pages that nobody asked for lately. */
  synchronized void forgetUnused() {
    long now = System.nanoTime();
    made.values().removeIf(old -> now - old.asked.get() > UNUSED_NANOS);
  }

  private Made make(GridPage page, Underlying underlying, long now) {
    LocalDate day = page.key().day();
    long from = page.session().open() + 60L * page.buckets();
    return unpacking.with(lane.ticks(day, from), () -> make(page, underlying, from, now));
  }

  private Made make(GridPage page, Underlying underlying, long from, long now) {
    long sequence = lane.sequence();
    Lane.@Nullable Copy copy = lane.copy(page.key().day(), from).orElse(null);
    if (copy == null) {
      return new Made(page, now, sequence, Optional.empty(), new AtomicLong(now));
    }
    ObservedDay observed =
        new ObservedDay(byExpiry(copy.observations()), false, page.session().close());
    Optional<RunningMinutes.Running> running =
        ProvisionalMinutes.beside(page, underlying, observed, copy.provenance())
            .map(with -> new RunningMinutes.Running(with, page.buckets(), copy.sequence()));
    return new Made(page, now, copy.sequence(), running, new AtomicLong(now));
  }

  /** Prices of the underlying alone count for every expiry. */
  private static Map<LocalDate, List<Observation>> byExpiry(
      Map<Optional<LocalDate>, List<Observation>> observations) {
    List<Observation> ofAll = observations.getOrDefault(Optional.<LocalDate>empty(), List.of());
    TreeMap<LocalDate, List<Observation>> byExpiry = new TreeMap<>();
    observations.forEach((expiry, seen) ->
        expiry.ifPresent(e -> {
          List<Observation> all = new ArrayList<>(seen);
          all.addAll(ofAll);
          byExpiry.put(e, all);
        }));
    return byExpiry;
  }
}
