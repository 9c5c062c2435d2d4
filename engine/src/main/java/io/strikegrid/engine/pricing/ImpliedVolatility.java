package io.strikegrid.engine.pricing;

import io.strikegrid.engine.market.Side;
import org.jspecify.annotations.Nullable;

/**
 * The volatility that Black's formula needs for a price, to the accuracy of a double, or the reason
 * why there is none.
 */
public final class ImpliedVolatility {

  private ImpliedVolatility() {}

  /**
   * Solves for the volatility.
   *
   * @param side call or put
   * @param price of the option in the underlying's currency, paid today
   * @param forward price of the underlying for the expiry
   * @param strike above 0
   * @param years time to expiry, years of 365 days
   * @param rate continuous, a fraction
   * @return a fraction per year (0.18 is 18 %), above 0; NaN where {@link #reason} tells why not
   */
  public static double of(
      Side side, double price, double forward, double strike, double years, double rate) {
    if (!(years > 0 && forward > 0 && price > 0)) {
      return Double.NaN;
    }
    double undiscounted = price * Math.exp(rate * years);
    double value = outOfTheMoney(side, undiscounted, forward, strike);
    double root = Math.sqrt(forward * strike);
    double x = -Math.abs(Math.log(forward / strike));
    double normalised = value / root;
    if (!(normalised > 0 && normalised < Math.exp(x / 2))) {
      return Double.NaN;
    }
    return VolatilitySearch.of(x, normalised) / Math.sqrt(years);
  }

  /** Why there is no volatility for the arguments of {@link #of}; null where there is one. */
  public static @Nullable IvReason reason(
      Side side, double price, double forward, double strike, double years, double rate) {
    if (!(price > 0)) {
      return IvReason.NO_PRICE;
    }
    if (!(years > 0)) {
      return IvReason.EXPIRED;
    }
    if (!(forward > 0)) {
      return IvReason.NO_FORWARD;
    }
    double undiscounted = price * Math.exp(rate * years);
    double bound = side == Side.CALL ? forward : strike;
    if (undiscounted >= bound) {
      return IvReason.ABOVE_BOUND;
    }
    double volatility = of(side, price, forward, strike, years, rate);
    return Double.isNaN(volatility) ? IvReason.BELOW_INTRINSIC : null;
  }

  /** The price less what exercise is worth: that of the option of the other side, by parity. */
  private static double outOfTheMoney(Side side, double price, double forward, double strike) {
    double exercise = side == Side.CALL ? forward - strike : strike - forward;
    return exercise > 0 ? price - exercise : price;
  }
}
