package io.strikegrid.server.live;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import java.util.Optional;

/**
 * The minutes that are not committed yet, beside the pages of those that are. They are provisional:
 * never cached with the pages, never stored. Safe for use by any number of threads.
 */
@FunctionalInterface
public interface RunningMinutes {

  /** How often a page is looked up where commits come one after the other. */
  int MOST_TRIES = 5;

  /**
   * A page with the running minutes added.
   *
   * @param page the committed buckets, then the provisional ones
   * @param first number of the first provisional bucket
   * @param sequence grows with every change of what runs; two answers of one generation and
   *     sequence are the same
   */
  record Running(GridPage page, int first, long sequence) {}

  /**
   * Adds what runs to a committed one-minute page; empty where nothing of it runs, or the page is
   * of another timeframe.
   */
  Optional<Running> beside(Underlying underlying, PageLoader.Loaded committed);

  /**
   * A committed page with what runs beside it.
   *
   * @param committed at the newest generation
   * @param running what is not committed yet
   */
  record Current(PageLoader.Loaded committed, Optional<Running> running) {

    /** The page with everything that is known. */
    public GridPage page() {
      return running.map(Running::page).orElse(committed.page());
    }
  }

  /**
   * The page of a key and what runs beside it, both of one moment: a minute that is committed while
   * this looks is on the page or beside it.
   */
  default Current current(Pages pages, Underlying underlying, PageKey key, Session session) {
    for (int tries = 1; ; tries++) {
      PageLoader.Loaded committed = pages.get(key, session);
      Optional<Running> running = beside(underlying, committed);
      if (pages.isNewest(committed) || tries == MOST_TRIES) {
        return new Current(committed, running);
      }
    }
  }
}
