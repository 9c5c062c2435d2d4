package io.strikegrid.server.pages;

import io.strikegrid.server.store.GenerationStore;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From which minute on each of the last generations of a day's roll-ups differs from the one before
 * it, as far as this process made them. So a page that is a few generations old needs its last
 * buckets alone. Of each symbol the day that changed last is known. Safe for use by any number of
 * threads.
 */
final class RollupChanges {

  private static final int MOST = 256;

  private record OfDay(LocalDate day, TreeMap<Long, Long> firstMinutes) {}

  private final Map<String, OfDay> symbols = new ConcurrentHashMap<>();

  /** Notes a generation of which nothing before a minute differs from the one before. */
  void note(GenerationStore.Row row, long firstMinute) {
    symbols.compute(
        row.symbol(),
        (symbol, known) -> {
          TreeMap<Long, Long> minutes =
              known != null && known.day.equals(row.day())
                  ? new TreeMap<>(known.firstMinutes)
                  : new TreeMap<>();
          minutes.put(row.rolled(), firstMinute);
          if (minutes.size() > MOST) {
            minutes.pollFirstEntry();
          }
          return new OfDay(row.day(), minutes);
        });
  }

  /**
   * The first minute that may differ between two generations of a day; empty where that is not
   * known.
   */
  OptionalLong between(String symbol, LocalDate day, long older, long newer) {
    OfDay known = symbols.get(symbol);
    if (known == null || !known.day.equals(day) || older >= newer) {
      return OptionalLong.empty();
    }
    Map<Long, Long> since = known.firstMinutes.subMap(older, false, newer, true);
    return since.size() == newer - older
        ? since.values().stream().mapToLong(Long::longValue).min()
        : OptionalLong.empty();
  }
}
