package io.strikegrid.engine.grid;

/** Values as they are. */
final class DoubleColumn extends Column {

  final double[] values;

  DoubleColumn(double[] values) {
    this.values = values;
  }

  @Override
  public double at(int cell) {
    return values[cell];
  }

  @Override
  public void copy(int cell, int count, double[] to) {
    System.arraycopy(values, cell, to, 0, count);
  }

  @Override
  boolean hasKnown() {
    for (double value : values) {
      if (!Double.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long bytes() {
    return 16L + 8L * values.length;
  }
}
