package io.strikegrid.server.rollup;

import io.strikegrid.engine.grid.PageKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The days that live writers are at. An entry stands for the store at one generation: it is taken
 * out by the one who writes, under the symbol's lock, and comes back only after the commit, at the
 * new generation. After a failure, or a write of another process, it is not used again.
 */
final class OpenDays {

  private static final int MOST = 256;

  private record Kept(OpenDay day, long generation) {}

  private final Map<PageKey, Kept> days = new LinkedHashMap<>(16, 0.75f, true);

  /** Takes a day out; null where there is none at that generation. */
  synchronized @Nullable OpenDay take(PageKey key, long generation) {
    Kept kept = days.remove(key);
    return kept == null || kept.generation() != generation ? null : kept.day();
  }

  /**
   * Keeps days for the next writer, at the generation that their commit made. Other expiries of the
   * same day were left as they were by it, so those at the generation before go on.
   */
  synchronized void keep(List<OpenDay> open, long generation) {
    if (!open.isEmpty()) {
      PageKey written = open.getFirst().key();
      days.replaceAll((key, kept) ->
          kept.generation() == generation - 1
                  && key.symbol().equals(written.symbol())
                  && key.day().equals(written.day())
              ? new Kept(kept.day(), generation)
              : kept);
    }
    for (OpenDay day : open) {
      days.put(day.key(), new Kept(day, generation));
    }
    while (days.size() > MOST) {
      days.remove(days.keySet().iterator().next());
    }
  }
}
