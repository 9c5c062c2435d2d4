package io.strikegrid.server.pages;

import io.strikegrid.engine.grid.PageKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which pages of a symbol and day may be in the cache, so that a commit looks at these alone. Safe
 * for use by any number of threads.
 */
final class PageIndex {

  private record Day(String symbol, LocalDate day) {}

  private final Map<Day, Set<PageKey>> days = new ConcurrentHashMap<>();

  void add(PageKey key) {
    days.compute(
        day(key),
        (day, keys) -> {
          Set<PageKey> known = keys == null ? ConcurrentHashMap.newKeySet() : keys;
          known.add(key);
          return known;
        });
  }

  void remove(PageKey key) {
    days.computeIfPresent(
        day(key),
        (day, keys) -> {
          keys.remove(key);
          return keys.isEmpty() ? null : keys;
        });
  }

  /** The pages of a day; a copy. */
  List<PageKey> of(String symbol, LocalDate day) {
    return List.copyOf(days.getOrDefault(new Day(symbol, day), Set.of()));
  }

  private static Day day(PageKey key) {
    return new Day(key.symbol(), key.day());
  }
}
