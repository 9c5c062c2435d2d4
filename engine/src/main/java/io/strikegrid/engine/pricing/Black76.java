package io.strikegrid.engine.pricing;

import io.strikegrid.engine.market.Side;

/**
 * Price and Greeks of a European option by F. Black, "The Pricing of Commodity Contracts" (1976).
 *
 * <p>Arguments of every method: the forward, strike and spot in the underlying's currency, above
 * zero; years of 365 days to the expiry and volatility per year, a fraction, neither negative; the
 * continuous rate, a fraction, of any sign. An unknown one, NaN, gives NaN. {@link Greeks} has all
 * Greeks at once, and says what they hold fixed and what they are at the limits.
 */
public final class Black76 {

  /** Below this (F - K)/(F + K) the logarithm of F/K is a series. */
  private static final double NEAR = 0.05;

  private Black76() {}

  /**
   * The price in the underlying's currency: from the discounted intrinsic value, which it has
   * without volatility or time, to the discounted forward (call) or strike (put).
   */
  public static double price(
      Side side, double forward, double strike, double years, double volatility, double rate) {
    double difference = side == Side.CALL ? forward - strike : strike - forward;
    double distance = Math.abs(logMoneyness(forward, strike));
    double scale = Math.sqrt(forward * strike);
    double ceiling = Math.min(forward, strike) / scale;
    double deviation = deviation(volatility, years);
    double timeValue = scale * NormalisedBlack.price(distance, deviation, ceiling);
    return Math.exp(-rate * years) * (Math.max(0, difference) + timeValue);
  }

  /** The deviation σ√T: 0 without volatility or time. */
  static double deviation(double volatility, double years) {
    return volatility == 0 || years == 0 ? 0 : volatility * Math.sqrt(years);
  }

  /** ln(F/K), with all its digits at the money too. */
  static double logMoneyness(double forward, double strike) {
    double ratio = (forward - strike) / (forward + strike);
    if (!(Math.abs(ratio) < NEAR)) {
      return Math.log(forward / strike);
    }
    double square = ratio * ratio;
    double tail = 1.0 / 7 + square * (1.0 / 9 + square * (1.0 / 11 + square * (1.0 / 13)));
    return 2 * ratio * (1 + square * (1.0 / 3 + square * (1.0 / 5 + square * tail)));
  }
}
