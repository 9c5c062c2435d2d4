package io.strikegrid.engine.pricing;

import io.strikegrid.engine.check.Check;

/**
 * What the contracts of one expiry share at one minute.
 *
 * @param underlying price, NaN where unknown
 * @param isUnderlyingQuoted whether the feed quoted it; only then can the forward follow from it
 * @param rate continuous, a fraction
 * @param yield of the underlying, continuous, a fraction
 * @param years from the last observation to the expiry, of 365 days; negative after it
 * @param isSpotForward whether the symbol takes the forward for the spot, S = F
 */
public record ChainTerms(
    double underlying,
    boolean isUnderlyingQuoted,
    double rate,
    double yield,
    double years,
    boolean isSpotForward) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where rate, yield or years is not a finite number
   */
  public ChainTerms {
    Check.that(Double.isFinite(rate), "rate must be finite; have " + rate);
    Check.that(Double.isFinite(yield), "yield must be finite; have " + yield);
    Check.that(Double.isFinite(years), "years must be finite; have " + years);
  }
}
