package io.strikegrid.server.rollup;

import io.strikegrid.engine.grid.PageKey;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The days that live writers are at. An entry stands for the store at one generation, and counts as
 * long as that is the newest: after a write of another process it is not used again.
 */
final class OpenDays {

  /** About 250 bytes each. */
  private static final int MOST_STRIKES = 400_000;

  private record Kept(OpenDay day, long generation) {}

  private final LinkedHashMap<PageKey, Kept> days = new LinkedHashMap<>(16, 0.75f, true);
  private long strikes;

  /** The day at that generation, where it is kept. */
  synchronized @Nullable OpenDay find(PageKey key, long generation) {
    Kept kept = days.get(key);
    return kept == null || kept.generation() != generation ? null : kept.day();
  }

  /**
   * Keeps days for the next writer, at the generation that their commit made. Other expiries of the
   * same day were left as they were by it, so those at the generation before go on.
   */
  synchronized void keep(List<OpenDay> open, long generation) {
    if (open.isEmpty()) {
      return;
    }
    PageKey written = open.getFirst().key();
    days.replaceAll((key, kept) ->
        kept.generation() == generation - 1
                && key.symbol().equals(written.symbol())
                && key.day().equals(written.day())
            ? new Kept(kept.day(), generation)
            : kept);
    for (OpenDay day : open) {
      Kept before = days.put(day.key(), new Kept(day, generation));
      strikes += day.strikes() - (before == null ? 0 : before.day().strikes());
    }
    while (strikes > MOST_STRIKES && days.size() > 1) {
      strikes -= days.pollFirstEntry().getValue().day().strikes();
    }
  }
}
