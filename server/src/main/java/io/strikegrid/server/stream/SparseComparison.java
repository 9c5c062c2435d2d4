package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import java.util.BitSet;

/**
 * Which cells differ between two pages, of which one at least stores its bars alone. Of each bucket
 * it looks at the bars of either page, and at the strikes whose carried values have differed since
 * an earlier one. Asked of buckets in ascending order, of all in which either page has a bar. For
 * one thread.
 */
final class SparseComparison {

  private static final GridField[] FIELDS = GridField.values();

  private final GridPage old;
  private final GridPage page;
  private final int[] oldStrike;
  private final int[] newStrike;
  private final BitSet apart = new BitSet();

  /**
   * Of two pages of an expiry and day.
   *
   * @param oldStrike the number that each strike of the new page had; negative where it had none
   */
  SparseComparison(GridPage old, GridPage page, int[] oldStrike) {
    this.old = old;
    this.page = page;
    this.oldStrike = oldStrike;
    this.newStrike = new int[old.strikes()];
    for (int k = 0; k < newStrike.length; k++) {
      newStrike[k] = page.indexOf(old.strike(k));
    }
  }

  /**
   * Looks at a bucket.
   *
   * @param whole whether it counts as different anyway, so that cells need not be told
   * @param cells takes a bit of {@link StreamQuery#mask} for each field that differs
   * @return whether any does
   */
  boolean differ(int b, boolean whole, long[] cells) {
    BitSet strikes = (BitSet) apart.clone();
    for (int k = page.nextStrike(b, 0); k < page.strikes(); k = page.nextStrike(b, k + 1)) {
      strikes.set(k);
    }
    if (b < old.buckets()) {
      for (int k = old.nextStrike(b, 0); k < old.strikes(); k = old.nextStrike(b, k + 1)) {
        if (newStrike[k] >= 0) {
          strikes.set(newStrike[k]);
        }
      }
    }
    boolean any = false;
    for (int k = strikes.nextSetBit(0); k >= 0; k = strikes.nextSetBit(k + 1)) {
      long bits = bits(b, k);
      if (!whole) {
        cells[k] |= bits;
        any |= bits != 0;
      }
    }
    return any;
  }

  private long bits(int b, int k) {
    long bits = 0;
    boolean isApart = false;
    boolean had = oldStrike[k] >= 0 && b < old.buckets();
    for (Side side : Side.values()) {
      int shift = StreamQuery.bits(side);
      for (GridField field : FIELDS) {
        double was = had ? old.at(side, field, b, oldStrike[k]) : Double.NaN;
        if (Double.doubleToLongBits(was) != Double.doubleToLongBits(page.at(side, field, b, k))) {
          bits |= 1L << (shift + field.ordinal());
          isApart |= field.isCarried();
        }
      }
      int was = had ? old.marks(side, b, oldStrike[k]) : 0;
      if (was != page.marks(side, b, k)) {
        bits |= 1L << (shift + 31);
      }
    }
    apart.set(k, isApart);
    return bits;
  }
}
