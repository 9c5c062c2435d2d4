package io.strikegrid.engine.pricing;

import io.strikegrid.engine.check.Check;
import io.strikegrid.engine.market.Side;
import org.jspecify.annotations.Nullable;

/**
 * The volatility at which Black-76 gives a price, to the accuracy of the price itself.
 *
 * <p>A price is turned into that of the option out of the money with the same strike, by parity,
 * and solved in normalised form by {@link NormalisedVolatility}.
 */
public final class ImpliedVolatility {

  private ImpliedVolatility() {}

  /**
   * The implied volatility.
   *
   * @param price of the option, in the underlying's currency
   * @param forward of the underlying to the expiry
   * @param strike above zero
   * @param years to the expiry, of 365 days
   * @param discount value now of 1 at the expiry, e^(-rT); above zero
   * @return per year, a fraction, above zero; NaN where there is none, for which {@link #reason}
   *     tells why
   * @throws IllegalArgumentException where strike or discount is not above zero
   */
  public static double of(
      Side side, double price, double forward, double strike, double years, double discount) {
    if (reason(side, price, forward, strike, years, discount) != null) {
      return Double.NaN;
    }
    return solve(side, price, forward, strike, years, discount);
  }

  /** The implied volatility of a price that has one. */
  static double solve(
      Side side, double price, double forward, double strike, double years, double discount) {
    double difference = forward - strike;
    double intrinsic = Math.max(0, side == Side.CALL ? difference : -difference);
    double scale = Math.sqrt(forward * strike);
    double beta = (price / discount - intrinsic) / scale;
    double distance = Math.abs(Black76.logMoneyness(forward, strike));
    double ceiling = Math.min(forward, strike) / scale;
    return NormalisedVolatility.of(beta, distance, ceiling) / Math.sqrt(years);
  }

  /**
   * Why a price has no implied volatility. A lack of price comes before expiry, expiry before a
   * lack of forward, and these before the bounds.
   *
   * @return null where there is one
   * @throws IllegalArgumentException where strike or discount is not above zero
   */
  public static @Nullable IvReason reason(
      Side side, double price, double forward, double strike, double years, double discount) {
    Check.positive("strike", strike);
    Check.positive("discount", discount);
    if (!(price > 0)) {
      return IvReason.NO_PRICE;
    }
    if (!(years > 0)) {
      return IvReason.EXPIRED;
    }
    if (!(forward > 0 && forward < Double.POSITIVE_INFINITY)) {
      return IvReason.NO_FORWARD;
    }
    double undiscounted = price / discount;
    double difference = side == Side.CALL ? forward - strike : strike - forward;
    if (undiscounted <= difference) {
      return IvReason.BELOW_INTRINSIC;
    }
    return undiscounted >= (side == Side.CALL ? forward : strike) ? IvReason.ABOVE_BOUND : null;
  }
}
