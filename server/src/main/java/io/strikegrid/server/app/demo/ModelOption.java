package io.strikegrid.server.app.demo;

import io.strikegrid.engine.market.Side;

/**
 * Price and Greeks of a European option by Black-76 on the forward, as derivatives by the spot with
 * the carry held fixed.
 *
 * @param price in the underlying's currency
 * @param delta per unit of the underlying
 * @param gamma delta per unit of the underlying
 * @param theta per calendar day, with the spot held
 * @param vega per percentage point of volatility
 * @param rho per percentage point of rate, with the spot held
 */
record ModelOption(
    double price, double delta, double gamma, double theta, double vega, double rho) {

  private static final double DAYS_PER_YEAR = 365;
  private static final double POINTS = 100;

  /**
   * Prices an option.
   *
   * @param spot price of the underlying, positive
   * @param strike positive
   * @param iv volatility a year, a fraction, positive
   * @param rate continuous, a fraction
   * @param carry growth of the forward a year, continuous: ln(F/S)/T
   * @param years time to expiry in years of 365 days, positive
   */
  static ModelOption of(
      Side side, double spot, double strike, double iv, double rate, double carry, double years) {
    double sign = side == Side.CALL ? 1 : -1;
    double width = iv * Math.sqrt(years);
    double d1 = (Math.log(spot / strike) + carry * years) / width + width / 2;
    double d2 = d1 - width;
    double discount = Math.exp(-rate * years);
    double growth = Math.exp((carry - rate) * years);
    double hold = spot * growth * Normal.cumulative(sign * d1);
    double pay = strike * discount * Normal.cumulative(sign * d2);
    double density = growth * Normal.density(d1);
    double theta =
        -spot * density * iv / (2 * Math.sqrt(years))
            - sign * (carry - rate) * hold
            - sign * rate * pay;
    return new ModelOption(
        sign * (hold - pay),
        sign * hold / spot,
        density / (spot * width),
        theta / DAYS_PER_YEAR,
        spot * density * Math.sqrt(years) / POINTS,
        sign * pay * years / POINTS);
  }
}
