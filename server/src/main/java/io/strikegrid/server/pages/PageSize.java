package io.strikegrid.server.pages;

import io.strikegrid.engine.grid.GridPage;

/**
 * How large a page is, or can be at most.
 *
 * @param strikes most strikes
 * @param pageBytes most bytes of the page that are not in memory yet; 0 where it is there already
 * @param loadBytes most bytes that reading it takes beside
 */
public record PageSize(int strikes, long pageBytes, long loadBytes) {

  private static final long CELL = 200;
  private static final long BAR = 24;
  private static final long BUCKET = 140;
  private static final long STRIKE = 80;
  private static final long ROW = 640;
  private static final long FIXED = 16 << 10;
  private static final long FEW_CELLS = 2_048;
  private static final int SPARSEST = 3;

  /** A page that is in memory. */
  static PageSize inMemory(GridPage page) {
    return new PageSize(page.strikes(), 0, 0);
  }

  /**
   * A page that would have to be loaded. A large page of which less than a third is filled is
   * stored sparse, so it has at most three cells for each that is filled.
   *
   * @param filled sides of strikes with a bar, over all buckets
   * @param contracts most that are known at once
   * @param buckets of its session
   */
  static PageSize ofLoad(long filled, int contracts, int buckets) {
    long cells = Math.min((long) contracts * buckets, Math.max(FEW_CELLS, SPARSEST * filled));
    long page = FIXED + cells * CELL + filled * BAR + buckets * BUCKET + contracts * STRIKE;
    return new PageSize(contracts, page, FIXED + filled * ROW);
  }

  /** The larger in each respect. */
  public PageSize orLarger(PageSize other) {
    return new PageSize(
        Math.max(strikes, other.strikes),
        Math.max(pageBytes, other.pageBytes),
        Math.max(loadBytes, other.loadBytes));
  }
}
