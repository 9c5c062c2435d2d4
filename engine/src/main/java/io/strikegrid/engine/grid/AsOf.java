package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;
import java.util.Arrays;

/**
 * What is known of a chain at the end of a bucket: for every contract the last known value of each
 * field, of the same trading day, and the bucket of its newest bar. Volume is not carried: it is
 * the newest bar's own.
 *
 * <p>Immutable; arrays are indexed by strike number.
 */
public final class AsOf implements KnownChain {

  private static final GridField[] FIELDS = GridField.values();

  private final GridPage page;
  private final int bucket;
  private final double[][] values;
  private final int[][] newestBar;

  private AsOf(GridPage page, int bucket, double[][] values, int[][] newestBar) {
    this.page = page;
    this.bucket = bucket;
    this.values = values;
    this.newestBar = newestBar;
  }

  /**
   * Looks back from a bucket.
   *
   * @param bucket number of the last bucket to use, below the page's {@link GridPage#buckets()}; -1
   *     where nothing is known yet
   */
  public static AsOf at(GridPage page, int bucket) {
    int strikes = page.strikes();
    int sides = Side.values().length;
    double[][] values = new double[sides * FIELDS.length][];
    int[][] newestBar = new int[sides][strikes];
    for (Side side : Side.values()) {
      int[] newest = newestBar[side.ordinal()];
      for (int k = 0; k < strikes; k++) {
        newest[k] = page.newestObserved(side, bucket, k);
      }
      for (GridField field : FIELDS) {
        values[side.ordinal() * FIELDS.length + field.ordinal()] =
            lastKnown(page, side, field, newest);
      }
    }
    return new AsOf(page, bucket, values, newestBar);
  }

  /** What is known one bucket later, from what is known here. */
  public AsOf next() {
    int later = bucket + 1;
    if (!page.hasBar(later)) {
      return new AsOf(page, later, values, newestBar);
    }
    int[][] newest = new int[newestBar.length][];
    double[][] known = new double[values.length][];
    for (Side side : Side.values()) {
      newest[side.ordinal()] = newestBar[side.ordinal()].clone();
      for (GridField field : FIELDS) {
        int at = side.ordinal() * FIELDS.length + field.ordinal();
        known[at] = values[at].clone();
      }
    }
    for (Side side : Side.values()) {
      for (int k = page.nextStrike(later, 0);
          k < page.strikes();
          k = page.nextStrike(later, k + 1)) {
        if (page.isObserved(side, later, k)) {
          newest[side.ordinal()][k] = later;
          take(side, later, k, known);
        }
      }
    }
    return new AsOf(page, later, known, newest);
  }

  private void take(Side side, int at, int k, double[][] known) {
    for (GridField field : FIELDS) {
      double value = page.at(side, field, at, k);
      if (!Double.isNaN(value) || field == GridField.VOLUME) {
        known[side.ordinal() * FIELDS.length + field.ordinal()][k] = value;
      }
    }
  }

  private static double[] lastKnown(GridPage page, Side side, GridField field, int[] newest) {
    Column column = page.column(side, field);
    double[] known = new double[newest.length];
    Arrays.fill(known, Double.NaN);
    boolean empty = column.isEmpty();
    for (int k = 0; k < newest.length && !empty; k++) {
      int b = newest[k];
      if (b < 0) {
        continue;
      }
      double value = column.at(page.cell(b, k));
      while (Double.isNaN(value) && field != GridField.VOLUME && b > 0) {
        b = page.storedBefore(b - 1, k);
        value = b < 0 ? Double.NaN : column.at(page.cell(b, k));
      }
      known[k] = value;
    }
    return known;
  }

  /** The page that was looked at. */
  public GridPage page() {
    return page;
  }

  /** The bucket at whose end this was known; -1 where it is before the first. */
  public int bucket() {
    return bucket;
  }

  @Override
  public int strikes() {
    return page.strikes();
  }

  @Override
  public double strike(int k) {
    return page.strike(k);
  }

  @Override
  public int firstAtOrAbove(double price) {
    return page.firstAtOrAbove(price);
  }

  @Override
  public int atTheMoney(double underlying) {
    return page.atTheMoney(underlying, this::isKnown);
  }

  @Override
  public double at(Side side, GridField field, int k) {
    return values[side.ordinal() * FIELDS.length + field.ordinal()][k];
  }

  /** Bucket of the contract's newest bar; -1 where it has none yet. */
  public int newestBar(Side side, int k) {
    return newestBar[side.ordinal()][k];
  }

  @Override
  public boolean isKnown(int k) {
    return newestBar[0][k] >= 0 || newestBar[1][k] >= 0;
  }

  @Override
  public int contracts() {
    return count(0);
  }

  @Override
  public int carried() {
    return contracts() - count(bucket);
  }

  private int count(int from) {
    int count = 0;
    for (int[] side : newestBar) {
      for (int newest : side) {
        if (newest >= from && newest >= 0) {
          count++;
        }
      }
    }
    return count;
  }
}
