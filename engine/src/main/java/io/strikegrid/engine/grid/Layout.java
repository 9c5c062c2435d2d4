package io.strikegrid.engine.grid;

/**
 * How the cells of a page are stored. A page of few cells, or one of which most are filled, is
 * dense: a cell is an address. A large page that is mostly empty is sparse: only its bars take
 * memory, whatever their pattern is.
 */
enum Layout {
  /** Chosen by size and density, again whenever a page grows. */
  CHOSEN,
  /** Dense whatever comes. */
  DENSE,
  /** Sparse whatever comes. */
  SPARSE;

  /** Cells, buckets times strikes, that may always be dense. */
  static final int SMALL = 2_048;

  private static final int SPARSE_BELOW = 3;
  private static final int DENSE_FROM = 2;

  /**
   * Whether cells should be sparse. Between a third and a half filled they stay as they are, so
   * that a page which grows does not change over again and again.
   *
   * @param cells buckets times strikes
   * @param filled those with a bar
   * @param isSparse how they are stored now
   */
  boolean isSparse(long cells, long filled, boolean isSparse) {
    return switch (this) {
      case DENSE -> false;
      case SPARSE -> true;
      case CHOSEN ->
          cells > SMALL && (isSparse ? filled * DENSE_FROM < cells : filled * SPARSE_BELOW < cells);
    };
  }
}
