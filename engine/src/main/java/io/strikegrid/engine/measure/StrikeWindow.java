package io.strikegrid.engine.measure;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;

/** Which strikes of a page matter over a range of buckets, by strike number. */
public final class StrikeWindow {

  private StrikeWindow() {}

  /** Strikes that were observed before the end of a bucket range. */
  public static boolean[] seen(GridPage page, int toBucket) {
    boolean[] seen = new boolean[page.strikes()];
    for (int k = 0; k < seen.length; k++) {
      seen[k] =
          page.firstObserved(Side.CALL, k) < toBucket || page.firstObserved(Side.PUT, k) < toBucket;
    }
    return seen;
  }

  /**
   * Strikes that were observed by then, and within some levels of the money in at least one bucket.
   *
   * @param gap distance of two levels, in the underlying's currency; NaN where nobody knows it:
   *     then there is no such strike
   * @param maxLevel levels from minus to plus this, at least 0
   * @param fromBucket first bucket of the page
   * @param toBucket after the last one
   */
  public static boolean[] near(
      GridPage page, double gap, int maxLevel, int fromBucket, int toBucket) {
    boolean[] near = new boolean[page.strikes()];
    for (int b = fromBucket; b < toBucket; b++) {
      int atm = page.atTheMoney(b);
      if (atm >= 0 && !Double.isNaN(gap)) {
        mark(page, page.strike(atm), gap, maxLevel, near);
      }
    }
    boolean[] seen = seen(page, toBucket);
    for (int k = 0; k < near.length; k++) {
      near[k] &= seen[k];
    }
    return near;
  }

  private static void mark(
      GridPage page, double atmStrike, double gap, int maxLevel, boolean[] near) {
    double reach = (maxLevel + 1) * gap;
    int end = page.firstAtOrAbove(atmStrike + reach);
    for (int k = page.firstAtOrAbove(atmStrike - reach); k < end; k++) {
      near[k] |= Math.abs(Moneyness.level(page.strike(k), atmStrike, gap)) <= maxLevel;
    }
  }
}
