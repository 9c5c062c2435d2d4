package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;

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
}
