package io.strikegrid.engine.measure;

import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;

/**
 * Open interest at an earlier moment of the same trading day, to compare with. Arrays are indexed
 * by strike number; NaN where a contract had none then.
 */
public final class OiReference {

  private OiReference() {}

  /** The newest bucket, at or before one, with open interest of its own; -1 where none has any. */
  public static int newest(GridPage page, int bucket) {
    int b = Math.min(bucket, page.buckets() - 1);
    while (b >= 0 && !hasOwn(page, b)) {
      b--;
    }
    return Math.max(b, -1);
  }

  /** The first bucket, at or before one, with open interest of its own; -1 where none has any. */
  public static int first(GridPage page, int bucket) {
    for (int b = 0; b <= Math.min(bucket, page.buckets() - 1); b++) {
      if (hasOwn(page, b)) {
        return b;
      }
    }
    return -1;
  }

  private static boolean hasOwn(GridPage page, int bucket) {
    for (int k = page.nextStrike(bucket, 0);
        k < page.strikes();
        k = page.nextStrike(bucket, k + 1)) {
      for (Side side : Side.values()) {
        if (page.isOwn(side, GridField.OI, bucket, k)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The open interest of each contract's first bar of the day that has one.
   *
   * @param bucket the last one to look at
   */
  public static double[] sessionOpen(GridPage page, Side side, int bucket) {
    double[] reference = new double[page.strikes()];
    Arrays.fill(reference, Double.NaN);
    int end = Math.min(bucket + 1, page.buckets());
    for (int k = 0; k < reference.length; k++) {
      int b = page.nextStored(0, k);
      while (b < end && Double.isNaN(reference[k])) {
        reference[k] = page.at(side, GridField.OI, b, k);
        b = page.nextStored(b + 1, k);
      }
    }
    return reference;
  }

  /**
   * The last known open interest at the end of an earlier bucket.
   *
   * @param bucket number of the bucket that ends at the reference time: beyond the page's newest
   *     one, that one stands for it; negative where it is before the day's first: then nothing is
   *     known, and no earlier day steps in
   */
  public static double[] at(GridPage page, Side side, int bucket) {
    double[] reference = new double[page.strikes()];
    Arrays.fill(reference, Double.NaN);
    int newest = Math.min(bucket, page.buckets() - 1);
    for (int k = 0; k < reference.length && newest >= 0; k++) {
      reference[k] = page.at(side, GridField.OI, newest, k);
    }
    return reference;
  }
}
