package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;
import java.util.function.IntToDoubleFunction;

/**
 * One byte per cell that tells what was observed there: a bit per side, and per side and carried
 * field a bit that the value is the bucket's own. Bytes, because neighbours may then be written
 * while others are read.
 */
final class Marks {

  private Marks() {}

  static byte observed(Side side) {
    return (byte) (1 << side.ordinal());
  }

  static byte own(Side side, GridField carried) {
    return (byte) (1 << (2 + 2 * side.ordinal() + (carried == GridField.OI ? 0 : 1)));
  }

  static byte with(byte marks, byte bit, boolean set) {
    return (byte) (set ? marks | bit : marks & ~bit);
  }

  /** Writes a cell to a store: what was observed, and the values that are its own. */
  static void copy(byte marks, IntToDoubleFunction values, CellStore to, int bucket, int k) {
    for (Side side : Side.values()) {
      if ((marks & observed(side)) != 0) {
        to.observe(side, bucket, k);
      }
    }
    for (int i = 0; i < Columns.COUNT; i++) {
      GridField field = Columns.field(i);
      boolean isOwn = !Columns.isCarried(i) || (marks & own(Columns.side(i), field)) != 0;
      double value = isOwn ? values.applyAsDouble(i) : Double.NaN;
      if (!Double.isNaN(value)) {
        to.set(i, bucket, k, value);
      }
    }
  }
}
