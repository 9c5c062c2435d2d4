package io.strikegrid.server.view;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.StrikeGap;
import io.strikegrid.engine.market.Underlying;

/**
 * Distance of two strikes near the money, and how it is known.
 *
 * @param size in the underlying's currency; NaN where not known
 * @param source instrument, inferred or none
 */
public record Gap(double size, String source) {

  /** No gap is known. */
  public static final Gap NONE = new Gap(Double.NaN, "none");

  /** The instrument's, else the commonest spacing of a page's strikes near the money. */
  public static Gap of(Underlying underlying, GridPage page) {
    if (underlying.strikeGap().isPresent()) {
      return new Gap(underlying.strikeGap().getAsDouble(), "instrument");
    }
    double inferred =
        StrikeGap.inferred(page.strikeArray(), page.strikes(), newestUnderlying(page));
    return Double.isNaN(inferred) ? NONE : new Gap(inferred, "inferred");
  }

  private static double newestUnderlying(GridPage page) {
    for (int b = page.buckets() - 1; b >= 0; b--) {
      double price = page.bucketValue(BucketField.UNDERLYING, b);
      if (!Double.isNaN(price)) {
        return price;
      }
    }
    return Double.NaN;
  }
}
