package io.strikegrid.engine.grid;

import org.jspecify.annotations.Nullable;

/**
 * Values as whole numbers over a scale, for columns in which that is exact: lots, units, prices on
 * a tick. Half the size of doubles, and every bit of the value comes back, since a decimal of so
 * few digits is the double nearest to the quotient.
 */
final class ScaledColumn extends Column {

  private static final int UNKNOWN = Integer.MIN_VALUE;
  private static final double[] SCALES = {1, 100, 10_000};

  private final int[] values;
  private final double scale;

  private ScaledColumn(int[] values, double scale) {
    this.values = values;
    this.scale = scale;
  }

  /** The values at the smallest scale that gives back each of them exactly, or null. */
  static @Nullable ScaledColumn exactly(double[] values, int count) {
    for (double scale : SCALES) {
      int[] scaled = scale(values, count, scale);
      if (scaled != null) {
        return new ScaledColumn(scaled, scale);
      }
    }
    return null;
  }

  private static int @Nullable [] scale(double[] values, int count, double scale) {
    int[] scaled = new int[count];
    for (int i = 0; i < count; i++) {
      double value = values[i];
      if (Double.isNaN(value)) {
        scaled[i] = UNKNOWN;
        continue;
      }
      double rounded = Math.rint(value * scale);
      int whole = (int) rounded;
      if (!(Math.abs(rounded) < Integer.MAX_VALUE) || !isSame(whole / scale, value)) {
        return null;
      }
      scaled[i] = whole;
    }
    return scaled;
  }

  /** To the bit: negative zero is no whole number. */
  private static boolean isSame(double one, double other) {
    return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other);
  }

  @Override
  public double at(int cell) {
    int value = values[cell];
    return value == UNKNOWN ? Double.NaN : value / scale;
  }

  @Override
  public void copy(int cell, int count, double[] to) {
    for (int i = 0; i < count; i++) {
      int value = values[cell + i];
      to[i] = value == UNKNOWN ? Double.NaN : value / scale;
    }
  }

  @Override
  boolean hasKnown() {
    for (int value : values) {
      if (value != UNKNOWN) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long bytes() {
    return 24L + 4L * values.length;
  }
}
