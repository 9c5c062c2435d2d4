package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;

/** Numbers of the columns of a page: those of the call before those of the put. */
final class Columns {

  static final int COUNT = Side.values().length * GridField.values().length;

  private static final GridField[] FIELDS = GridField.values();
  private static final Side[] SIDES = Side.values();

  private Columns() {}

  static int of(Side side, GridField field) {
    return side.ordinal() * FIELDS.length + field.ordinal();
  }

  static GridField field(int column) {
    return FIELDS[column % FIELDS.length];
  }

  static Side side(int column) {
    return SIDES[column / FIELDS.length];
  }

  /** Values on their own, packed where that is exact. */
  static Column packed(double[] values, int count) {
    ScaledColumn scaled = ScaledColumn.exactly(values, count);
    return scaled != null ? scaled : new DoubleColumn(java.util.Arrays.copyOf(values, count));
  }
}
