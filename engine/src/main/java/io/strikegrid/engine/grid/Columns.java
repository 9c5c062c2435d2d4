package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;
import java.util.Arrays;

/** Numbers of the columns of a page: those of the call before those of the put. */
final class Columns {

  static final int COUNT = Side.values().length * GridField.values().length;

  private static final GridField[] FIELDS = GridField.values();
  private static final Side[] SIDES = Side.values();

  private static final boolean[] EXACT = new boolean[COUNT];
  private static final boolean[] CARRIED = new boolean[COUNT];

  static {
    for (int i = 0; i < COUNT; i++) {
      EXACT[i] = field(i).isExact();
      CARRIED[i] = field(i).isCarried();
    }
  }

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

  static boolean isExact(int column) {
    return EXACT[column];
  }

  static boolean isCarried(int column) {
    return CARRIED[column];
  }

  /** Values on their own, packed where that is exact. */
  static Column packed(double[] values, int count) {
    ScaledColumn scaled = ScaledColumn.exactly(values, count);
    return scaled != null ? scaled : new DoubleColumn(Arrays.copyOf(values, count));
  }
}
