package io.strikegrid.server.live;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.pages.PageLoader;
import java.util.Optional;

/**
 * The minutes that are not committed yet, beside the pages of those that are. They are provisional:
 * never cached with the pages, never stored. Safe for use by any number of threads.
 */
@FunctionalInterface
public interface RunningMinutes {

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
}
