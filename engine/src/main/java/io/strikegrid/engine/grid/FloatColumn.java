package io.strikegrid.engine.grid;

/** Values as floats: about seven decimal digits. */
final class FloatColumn extends Column {

  final float[] values;

  FloatColumn(float[] values) {
    this.values = values;
  }

  @Override
  public double at(int cell) {
    return values[cell];
  }

  @Override
  public void copy(int cell, int count, double[] to) {
    for (int i = 0; i < count; i++) {
      to[i] = values[cell + i];
    }
  }

  @Override
  boolean hasKnown() {
    for (float value : values) {
      if (!Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long bytes() {
    return 16L + 4L * values.length;
  }
}
