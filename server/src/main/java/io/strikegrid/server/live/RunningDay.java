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
import org.jspecify.annotations.Nullable;

/**
 * What runs of a symbol, made into pages when somebody asks, and again only some time after that:
 * so the cost is bounded however many ask. One at a time.
 */
final class RunningDay {

  private final Lane lane;
  private final long refreshMillis;
  private final Map<PageKey, Made> made = new HashMap<>();

  RunningDay(Lane lane, Duration refreshEvery) {
    this.lane = lane;
    this.refreshMillis = refreshEvery.toMillis();
  }

  private record Made(
      GridPage committed, long at, long sequence, Optional<RunningMinutes.Running> running) {}

  synchronized Optional<RunningMinutes.Running> beside(
      GridPage page, Underlying underlying, long now) {
    Made before = made.get(page.key());
    if (before != null
        && before.committed == page
        && (before.sequence == lane.sequence() || now - before.at < refreshMillis)) {
      return before.running;
    }
    made.values().removeIf(old -> !old.committed.key().day().equals(page.key().day()));
    Made next = make(page, underlying, now);
    made.put(page.key(), next);
    return next.running;
  }

  private Made make(GridPage page, Underlying underlying, long now) {
    LocalDate day = page.key().day();
    long sequence = lane.sequence();
    long from = page.session().open() + 60L * page.buckets();
    Lane.@Nullable Copy copy = lane.copy(day, from).orElse(null);
    if (copy == null) {
      return new Made(page, now, sequence, Optional.empty());
    }
    ObservedDay observed =
        new ObservedDay(byExpiry(copy.observations()), false, page.session().close());
    Optional<RunningMinutes.Running> running =
        ProvisionalMinutes.beside(page, underlying, observed, copy.provenance())
            .map(with -> new RunningMinutes.Running(with, page.buckets(), copy.sequence()));
    return new Made(page, now, copy.sequence(), running);
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
