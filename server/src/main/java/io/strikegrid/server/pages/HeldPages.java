package io.strikegrid.server.pages;

import io.strikegrid.engine.grid.GridPage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages that requests look at. As long as such a page is in the cache, the cache's bound counts
 * it; once it is no longer there it counts as work, until the last who holds it lets it go. Safe
 * for use by any number of threads.
 */
final class HeldPages {

  private record Held(int holders, long counted) {}

  private final Admission admission;
  private final Map<GridPage, Held> pages = new ConcurrentHashMap<>();

  HeldPages(Admission admission) {
    this.admission = admission;
  }

  /** Somebody looks at a page. */
  void hold(GridPage page) {
    pages.merge(page, new Held(1, 0), (held, one) -> new Held(held.holders + 1, held.counted));
  }

  /** A page is not in the cache any more. */
  void gone(GridPage page) {
    pages.computeIfPresent(
        page,
        (same, held) -> {
          if (held.counted > 0) {
            return held;
          }
          long bytes = page.bytes();
          admission.force(bytes);
          return new Held(held.holders, bytes);
        });
  }

  /** Somebody does not look at a page any more. */
  void letGo(GridPage page) {
    pages.computeIfPresent(
        page,
        (same, held) -> {
          if (held.holders > 1) {
            return new Held(held.holders - 1, held.counted);
          }
          if (held.counted > 0) {
            admission.give(held.counted);
          }
          return null;
        });
  }
}
