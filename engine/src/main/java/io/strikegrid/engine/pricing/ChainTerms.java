package io.strikegrid.engine.pricing;

import io.strikegrid.engine.check.Check;
import io.strikegrid.engine.market.PricingRules;

/**
 * What the contracts of one expiry share at one minute.
 *
 * @param underlying price, NaN where unknown
 * @param isUnderlyingQuoted whether the feed quoted it, rather than that it stands in
 * @param rate continuous, a fraction
 * @param yield of the underlying, continuous, a fraction
 * @param years from the last observation to the expiry, of 365 days; negative after it
 * @param rules of the symbol
 */
public record ChainTerms(
    double underlying,
    boolean isUnderlyingQuoted,
    double rate,
    double yield,
    double years,
    PricingRules rules) {

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

  /** The underlying carried to the expiry, S·e^((r-q)T); NaN where it is unknown. */
  double carried() {
    return underlying > 0 ? ParityForward.fromSpot(underlying, rate, yield, years) : Double.NaN;
  }
}
