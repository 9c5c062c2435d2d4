package io.strikegrid.server.rollup;

import io.strikegrid.engine.day.ExpiryDay;
import io.strikegrid.engine.grid.PageKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The days that live writers are at, within a bound of bytes: whole as long as there is room, so
 * that a late tick has nothing to read, else at least what they have come to, so that a new minute
 * has not. An entry stands for the store at one generation, and counts as long as that is the
 * newest: after a write of another process it is not used again.
 */
final class OpenDays {

  private static final int PART_OF_HEAP = 8;

  private record Kept(ExpiryDay day, long generation) {}

  private final LinkedHashMap<PageKey, Kept> days = new LinkedHashMap<>(16, 0.75f, true);
  private final long mostBytes;
  private long bytes;

  /** Nothing is kept yet, of at most an eighth of the heap. */
  OpenDays() {
    this(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  OpenDays(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The day at that generation, where it is kept. */
  synchronized @Nullable ExpiryDay find(PageKey key, long generation) {
    Kept kept = days.get(key);
    return kept == null || kept.generation() != generation ? null : kept.day();
  }

  /**
   * Keeps days for the next writer, at the generation that their commit made. Other expiries of the
   * same day were left as they were by it, so those at the generation before go on.
   */
  synchronized void keep(Map<PageKey, ExpiryDay> open, long generation) {
    if (open.isEmpty()) {
      return;
    }
    PageKey written = open.keySet().iterator().next();
    days.replaceAll((key, kept) ->
        kept.generation() == generation - 1
                && key.symbol().equals(written.symbol())
                && key.day().equals(written.day())
            ? new Kept(kept.day(), generation)
            : kept);
    open.forEach((key, day) -> put(key, new Kept(day, generation)));
    makeRoom();
  }

  private void put(PageKey key, Kept kept) {
    Kept before = days.put(key, kept);
    bytes += kept.day().bytes() - (before == null ? 0 : before.day().bytes());
  }

  /** Lets go the bars of those that were asked for longest ago, then what is left of them. */
  private void makeRoom() {
    List<PageKey> eldest = new ArrayList<>(days.keySet());
    for (PageKey key : eldest) {
      Kept kept = days.get(key);
      if (bytes > mostBytes && kept != null && kept.day().isWhole()) {
        bytes -= kept.day().bytes();
        ExpiryDay less = kept.day().withoutBars();
        bytes += less.bytes();
        days.replace(key, new Kept(less, kept.generation()));
      }
    }
    while (bytes > mostBytes && days.size() > 1) {
      bytes -= days.pollFirstEntry().getValue().day().bytes();
    }
  }
}
