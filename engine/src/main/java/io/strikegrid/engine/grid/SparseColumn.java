package io.strikegrid.engine.grid;

import java.util.Arrays;

/**
 * Values of the cells that there are. A cell that there is none of is unknown or, of a carried
 * field, has the value of the one before it.
 */
final class SparseColumn extends Column {

  private final SparseIndex index;
  private final boolean carried;
  private final Column values;

  /**
   * A column.
   *
   * @param values by slot; of no length where none is known
   */
  SparseColumn(SparseIndex index, boolean carried, Column values) {
    this.index = index;
    this.carried = carried;
    this.values = values;
  }

  @Override
  public double at(int cell) {
    int strikes = index.strikes();
    return at(cell / strikes, cell % strikes);
  }

  private double at(int bucket, int k) {
    if (isEmpty()) {
      return Double.NaN;
    }
    int p = carried ? index.floor(bucket, k) : index.find(bucket, k);
    return p < 0 ? Double.NaN : values.at(index.slot(p));
  }

  @Override
  public void copy(int cell, int count, double[] to) {
    Arrays.fill(to, 0, count, Double.NaN);
    int done = 0;
    while (done < count && !isEmpty()) {
      int bucket = (cell + done) / index.strikes();
      int k = (cell + done) % index.strikes();
      int part = Math.min(count - done, index.strikes() - k);
      if (carried) {
        copyCarried(bucket, k, part, to, done);
      } else {
        copyOwn(bucket, k, part, to, done);
      }
      done += part;
    }
  }

  private void copyCarried(int bucket, int k, int count, double[] to, int offset) {
    for (int i = 0; i < count; i++) {
      int p = index.floor(bucket, k + i);
      if (p >= 0) {
        to[offset + i] = values.at(index.slot(p));
      }
    }
  }

  private void copyOwn(int bucket, int k, int count, double[] to, int offset) {
    int end = index.rowEnd(bucket);
    for (int row = index.row(bucket, k); row < end && index.rowStrike(row) < k + count; row++) {
      int slot = index.slot(index.rowPosition(row));
      to[offset + index.rowStrike(row) - k] = values.at(slot);
    }
  }

  /** The values, by slot. */
  Column values() {
    return values;
  }

  @Override
  boolean hasKnown() {
    return values.hasKnown();
  }

  @Override
  public long bytes() {
    return 32 + values.bytes();
  }
}
