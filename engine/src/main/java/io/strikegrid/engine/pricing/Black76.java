package io.strikegrid.engine.pricing;

import io.strikegrid.engine.market.Side;

/**
 * One European option on a forward (F. Black, "The pricing of commodity contracts", 1976) with its
 * Greeks by the spot. The carry that leads from spot to forward is held, so delta and gamma are
 * those of the spot; theta and rho hold the spot.
 *
 * <p>Immutable. At zero volatility or time everything takes its limit.
 */
public final class Black76 {

  private static final double DAYS = 365;
  private static final double POINTS = 100;

  private final double sign;
  private final double spot;
  private final double forward;
  private final double strike;
  private final double years;
  private final double volatility;
  private final double rate;
  private final double discount;
  private final double rootYears;
  private final double first;
  private final double second;

  /**
   * An option.
   *
   * @param side call or put
   * @param spot price of the underlying now, above 0
   * @param forward price of the underlying for the expiry, above 0
   * @param strike above 0, all three in the same currency
   * @param years time to expiry, years of 365 days, 0 or more
   * @param volatility a fraction per year, 0 or more
   * @param rate continuous, a fraction
   */
  public Black76(
      Side side,
      double spot,
      double forward,
      double strike,
      double years,
      double volatility,
      double rate) {
    this.sign = side == Side.CALL ? 1 : -1;
    this.spot = spot;
    this.forward = forward;
    this.strike = strike;
    this.years = years;
    this.volatility = volatility;
    this.rate = rate;
    this.discount = Math.exp(-rate * years);
    this.rootYears = Math.sqrt(years);
    double total = volatility * rootYears;
    double moneyness = Math.log(forward / strike);
    boolean isCertain = total == 0;
    double ratio = isCertain ? limit(moneyness) : moneyness / total;
    this.first = ratio + total / 2;
    this.second = ratio - total / 2;
  }

  private static double limit(double moneyness) {
    return moneyness == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, moneyness);
  }

  /** Price paid today, in the underlying's currency. */
  public double price() {
    double total = volatility * rootYears;
    double exercise = Math.max(sign * (forward - strike), 0);
    double x = -Math.abs(Math.log(forward / strike));
    double timeValue =
        total == 0 ? 0 : Math.sqrt(forward * strike) * NormalisedBlack.price(x, total);
    return discount * (exercise + timeValue);
  }

  /** Change of the price per unit of the spot, in [-F/S, F/S] discounted; negative for puts. */
  public double delta() {
    return sign * discount * Normal.cumulative(sign * first) * forward / spot;
  }

  /** Change of delta per unit of the spot; 0 where nothing is left to happen. */
  public double gamma() {
    double total = volatility * rootYears;
    if (total == 0) {
      return 0;
    }
    double byForward = discount * Normal.density(first) / (forward * total);
    return byForward * (forward / spot) * (forward / spot);
  }

  /** Change of the price per calendar day that passes; the spot and the rates hold. */
  public double theta() {
    if (years == 0) {
      return 0;
    }
    double carry = Math.log(forward / spot) / years;
    double decay = forward * Normal.density(first) * volatility / (2 * rootYears);
    double drift = sign * carry * forward * Normal.cumulative(sign * first);
    return (rate * price() - discount * (drift + decay)) / DAYS;
  }

  /** Change of the price per percentage point of volatility. */
  public double vega() {
    return discount * forward * Normal.density(first) * rootYears / POINTS;
  }

  /** Change of the price per percentage point of the interest rate; spot and yield hold. */
  public double rho() {
    return sign * years * strike * discount * Normal.cumulative(sign * second) / POINTS;
  }
}
