package io.strikegrid.engine.grid;

/** The values of one field and side over all cells of a page. Unknown is NaN. Read-only. */
public abstract sealed class Column permits FloatColumn, DoubleColumn, ScaledColumn, SparseColumn {

  /** The value of a cell; NaN where unknown. */
  public abstract double at(int cell);

  /**
   * Copies neighbouring cells.
   *
   * @param cell the first
   * @param count how many
   * @param to receives them from its start
   */
  public abstract void copy(int cell, int count, double[] to);

  /** Bytes that the column takes in memory. */
  public abstract long bytes();

  private byte emptiness;

  /** Whether every value is unknown; looked for once. */
  public final boolean isEmpty() {
    if (emptiness == 0) {
      emptiness = (byte) (hasKnown() ? 1 : 2);
    }
    return emptiness == 2;
  }

  abstract boolean hasKnown();
}
