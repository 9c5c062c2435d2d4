package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;
import java.util.function.IntToDoubleFunction;

/**
 * Some bits per cell that tell what was observed there: per side that it was, that something was
 * said of its quote and that its IV is a feed's, and per side and carried field that the value is
 * the bucket's own. In words of their own, because neighbours may then be written while others are
 * read.
 */
final class Marks {

  private static final int SIDES = Side.values().length;
  private static final int OBSERVED = 0;
  private static final int QUOTED = 1;
  private static final int FEED_IV = 2;
  private static final int OWN_OI = 3;
  private static final int OWN_VOLUME_DAY = 4;

  private Marks() {}

  private static short bit(int what, Side side) {
    return (short) (1 << (what * SIDES + side.ordinal()));
  }

  /** The side has a bar. */
  static short observed(Side side) {
    return bit(OBSERVED, side);
  }

  /** The bar said something of the side's quote, if only that it was withdrawn. */
  static short quoted(Side side) {
    return bit(QUOTED, side);
  }

  /** A feed gave the side's IV. */
  static short feedIv(Side side) {
    return bit(FEED_IV, side);
  }

  /** The bar has a carried field's value itself. */
  static short own(Side side, GridField carried) {
    return bit(carried == GridField.OI ? OWN_OI : OWN_VOLUME_DAY, side);
  }

  /** The marks of one side alone. */
  static int of(short marks, Side side) {
    int all = 0;
    for (int what = OBSERVED; what <= OWN_VOLUME_DAY; what++) {
      all |= bit(what, side);
    }
    return marks & all;
  }

  static short with(short marks, short bit, boolean set) {
    return (short) (set ? marks | bit : marks & ~bit);
  }

  /** Writes a cell to a store: what was observed, and the values that are its own. */
  static void copy(short marks, IntToDoubleFunction values, CellStore to, int bucket, int k) {
    for (Side side : Side.values()) {
      for (short bit : new short[] {observed(side), quoted(side), feedIv(side)}) {
        if ((marks & bit) != 0) {
          to.mark(bit, true, bucket, k);
        }
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
