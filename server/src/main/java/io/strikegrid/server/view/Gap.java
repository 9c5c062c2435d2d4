package io.strikegrid.server.view;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.StrikeGap;
import io.strikegrid.engine.market.Underlying;
import java.util.OptionalDouble;

/**
 * Distance of two strikes near the money, and how it is known.
 *
 * @param size in the underlying's currency; NaN where not known
 * @param source instrument, inferred or none
 */
public record Gap(double size, String source) {

  /** No gap is known. */
  public static final Gap NONE = new Gap(Double.NaN, "none");

  /** The one that was known at the end of a page. */
  public static Gap of(Underlying underlying, GridPage page) {
    return of(underlying, page, page.buckets() - 1);
  }

  /**
   * The one that was known at the end of a bucket; where that is not kept, as of days that an older
   * version wrote, what the strikes say that were observed by then.
   */
  public static Gap of(Underlying underlying, GridPage page, int bucket) {
    for (int b = bucket; b >= 0; b--) {
      double kept = page.bucketValue(BucketField.STRIKE_GAP, b);
      if (!Double.isNaN(kept)) {
        return of(underlying, kept);
      }
    }
    double price = Double.NaN;
    for (int b = 0; b <= bucket; b++) {
      double now = page.bucketValue(BucketField.UNDERLYING, b);
      price = Double.isNaN(now) ? price : now;
      if (!Double.isNaN(now) && page.listed(b).length >= StrikeGap.ENOUGH) {
        return of(underlying, around(underlying, page, b, now));
      }
    }
    OptionalDouble usual = underlying.strikeGap();
    return of(
        underlying,
        usual.isPresent() || bucket < 0
            ? usual.orElse(Double.NaN)
            : around(underlying, page, bucket, price));
  }

  private static double around(Underlying underlying, GridPage page, int bucket, double price) {
    double[] listed = page.listed(bucket);
    return StrikeGap.around(listed, listed.length, price, underlying.strikeGap());
  }

  private static Gap of(Underlying underlying, double size) {
    if (Double.isNaN(size)) {
      return NONE;
    }
    boolean isUsual = size == underlying.strikeGap().orElse(Double.NaN);
    return new Gap(size, isUsual ? "instrument" : "inferred");
  }
}
