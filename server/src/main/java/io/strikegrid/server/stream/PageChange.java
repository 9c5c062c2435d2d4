package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.Column;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two pages of the same expiry and day, whatever the query. Immutable.
 *
 * @param before the page that everybody has been told of
 * @param after the new one
 * @param buckets those that differ, ascending
 */
record PageChange(ChainPage before, ChainPage after, List<Bucket> buckets) {

  /** Bits of a mask for what was observed of a side in the bucket itself. */
  static final long OBSERVED = (1L << 31) | (1L << 63);

  private static final GridField[] FIELDS = GridField.values();
  private static final long TELL_OF_IV =
      bits(GridField.PRICE, GridField.BID, GridField.ASK, GridField.IV);
  private static final long OF_IV =
      bits(
          GridField.IV,
          GridField.DELTA,
          GridField.GAMMA,
          GridField.THETA,
          GridField.VEGA,
          GridField.RHO);

  private static long bits(GridField... fields) {
    long bits = 0;
    for (GridField field : fields) {
      bits |= 1L << field.ordinal();
    }
    return bits;
  }

  /**
   * A bucket that differs.
   *
   * @param number in the new page, from the opening
   * @param whole whether it is new, gone, has other levels, or is the newest of longer ones than a
   *     minute: then every cell counts as changed
   * @param figures whether what is known of the chain as a whole differs
   * @param cells for each strike number of the new page the fields that differ, a bit each as in
   *     {@link StreamQuery#mask}
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed, nor compared
  record Bucket(int number, boolean whole, boolean figures, long[] cells) {

    /** Whether a cell differs in one of some fields. */
    boolean hasChanged(int k, long mask) {
      return whole || (withIv(cells[k]) & (mask | OBSERVED)) != 0;
    }

    /** Whether a bar tells of its IV follows from its prices too. */
    private static long withIv(long bits) {
      long all = bits;
      for (Side side : Side.values()) {
        int shift = StreamQuery.bits(side);
        all |= (bits >>> shift & TELL_OF_IV) != 0 ? OF_IV << shift : 0;
      }
      return all;
    }
  }

  /** Compares two pages. */
  static PageChange between(ChainPage before, ChainPage after) {
    return new Comparison(before, after).compare();
  }

  /** Whether something of a strike changed in a bucket that was there before. */
  boolean isCorrected(int k, long mask) {
    for (Bucket bucket : buckets) {
      if (bucket.number <= before.newest() && bucket.hasChanged(k, mask)) {
        return true;
      }
    }
    return false;
  }

  private static final class Comparison {

    private final ChainPage before;
    private final ChainPage after;
    private final GridPage old;
    private final GridPage page;
    private final int[] oldStrike;
    private final boolean sameStrikes;
    private final double[] oldRow;
    private final double[] row;
    private final @Nullable SparseComparison sparse;
    private long[] cells;

    Comparison(ChainPage before, ChainPage after) {
      this.before = before;
      this.after = after;
      this.old = before.page();
      this.page = after.page();
      int strikes = page.strikes();
      this.oldStrike = new int[strikes];
      for (int k = 0; k < strikes; k++) {
        oldStrike[k] = old.indexOf(page.strike(k));
      }
      this.sameStrikes = Arrays.equals(old.strikeArray(), page.strikeArray());
      this.oldRow = new double[strikes];
      this.row = new double[strikes];
      this.sparse =
          old.isSparse() || page.isSparse() ? new SparseComparison(old, page, oldStrike) : null;
      this.cells = new long[strikes];
    }

    PageChange compare() {
      List<Bucket> changed = new ArrayList<>();
      for (int b = 0; b < page.buckets(); b++) {
        boolean has = page.hasBar(b);
        boolean had = b < old.buckets() && old.hasBar(b);
        if (!has && !had) {
          continue;
        }
        boolean whole = has != had || hasOtherLevels(b);
        boolean figures = whole || hasOtherFigures(b);
        boolean others =
            sparse == null ? !whole && differ(b, cells) : sparse.differ(b, whole, cells);
        if (figures || others) {
          changed.add(new Bucket(b, whole || goesOn(b), figures, cells));
          cells = new long[page.strikes()];
        }
      }
      return new PageChange(before, after, changed);
    }

    /**
     * Whether more minutes may come to a bucket, so that whoever joins now has a part of it only.
     */
    private boolean goesOn(int b) {
      return page.key().timeframe() != Timeframe.MIN1 && b == page.buckets() - 1;
    }

    private boolean hasOtherFigures(int b) {
      for (BucketField field : BucketField.values()) {
        if (!isSame(old.bucketValue(field, b), page.bucketValue(field, b))) {
          return true;
        }
      }
      return false;
    }

    private boolean hasOtherLevels(int b) {
      if (isSame(before.underlying(b), after.underlying(b))
          && isSame(before.gap().size(), after.gap().size())) {
        return false;
      }
      for (int k = 0; k < page.strikes(); k++) {
        if (oldStrike[k] >= 0 && !before.level(b, oldStrike[k]).equals(after.level(b, k))) {
          return true;
        }
      }
      return false;
    }

    private boolean differ(int b, long[] cells) {
      boolean any = false;
      for (Side side : Side.values()) {
        int bits = StreamQuery.bits(side);
        for (GridField field : FIELDS) {
          any |= differ(b, side, field, 1L << (bits + field.ordinal()), cells);
        }
        for (int k = 0; k < cells.length; k++) {
          int was = oldStrike[k] >= 0 ? old.marks(side, b, oldStrike[k]) : 0;
          if (was != page.marks(side, b, k)) {
            cells[k] |= 1L << (bits + 31);
            any = true;
          }
        }
      }
      return any;
    }

    private boolean differ(int b, Side side, GridField field, long bit, long[] cells) {
      Column then = old.column(side, field);
      page.column(side, field).copy(page.cell(b, 0), row.length, row);
      if (sameStrikes) {
        then.copy(old.cell(b, 0), row.length, oldRow);
      } else {
        for (int k = 0; k < row.length; k++) {
          oldRow[k] = oldStrike[k] < 0 ? Double.NaN : then.at(old.cell(b, oldStrike[k]));
        }
      }
      if (Arrays.equals(row, oldRow)) {
        return false;
      }
      for (int k = 0; k < row.length; k++) {
        if (!isSame(row[k], oldRow[k])) {
          cells[k] |= bit;
        }
      }
      return true;
    }

    private static boolean isSame(double one, double other) {
      return Double.doubleToLongBits(one) == Double.doubleToLongBits(other);
    }
  }
}
