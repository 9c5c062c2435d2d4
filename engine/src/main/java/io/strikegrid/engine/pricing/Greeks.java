package io.strikegrid.engine.pricing;

import io.strikegrid.engine.market.Side;

/**
 * The Greeks of a Black-76 price: derivatives by the underlying's price S with the carry held
 * fixed.
 *
 * <p>Delta and gamma move S, and with it F in proportion; rho moves the rate with S and the yield
 * as they are. Theta lets time pass with S, rate and yield as they are, so that F moves by the
 * carry b = rate - yield that is configured. What else lies between F and S, a dividend or a price
 * of another second, is not annualised: on the last day that would be a hundredfold of the decay.
 *
 * <p>Without volatility or time each is its limit: delta is a step with one half at the money,
 * gamma is zero, but infinite at the money, and vega is zero unless there is time and the option is
 * at the money.
 *
 * <p>An object holds the figures of one option at a time and is for one thread; it can be used
 * again and again.
 */
public final class Greeks {

  private static final double DAYS_PER_YEAR = 365;
  private static final double PER_POINT = 0.01;

  private double delta = Double.NaN;
  private double gamma = Double.NaN;
  private double theta = Double.NaN;
  private double vega = Double.NaN;
  private double rho = Double.NaN;

  /** Nothing is known yet: every figure is NaN. */
  public Greeks() {}

  /**
   * Computes the figures of an option. Units and bounds of the arguments are those of {@link
   * Black76}; an unknown one, NaN, makes the figures that need it NaN.
   *
   * @param rate continuous, a fraction
   * @param yield of the underlying, continuous, a fraction; for theta alone
   * @param spot price of the underlying
   * @return this
   */
  public Greeks at(
      Side side,
      double forward,
      double strike,
      double years,
      double volatility,
      double rate,
      double yield,
      double spot) {
    double sign = side == Side.CALL ? 1 : -1;
    double deviation = Black76.deviation(volatility, years);
    double distance = Black76.logMoneyness(forward, strike);
    double middle = deviation == 0 && distance == 0 ? 0 : distance / deviation;
    double d1 = middle + 0.5 * deviation;
    double d2 = middle - 0.5 * deviation;
    double discount = Math.exp(-rate * years);
    double onForward = sign * discount * forward * Normal.cdf(sign * d1);
    double onStrike = sign * discount * strike * Normal.cdf(sign * d2);
    double density = discount * forward * Normal.density(d1);
    double decay = density == 0 || volatility == 0 ? 0 : density * volatility / Math.sqrt(years);
    delta = onForward / spot;
    gamma = density == 0 ? 0 : density / (spot * spot * deviation);
    theta = (yield * onForward - rate * onStrike - 0.5 * decay) / DAYS_PER_YEAR;
    vega = PER_POINT * density * Math.sqrt(years);
    rho = PER_POINT * years * onStrike;
    return this;
  }

  /**
   * Price per 1.0 of the underlying, ±e^(-rT)·N(±d1)·F/S: not negative for calls, else for puts.
   */
  public double delta() {
    return delta;
  }

  /** Delta per 1.0 of the underlying; not negative. */
  public double gamma() {
    return gamma;
  }

  /**
   * Price per calendar day that passes; mostly negative, of puts deep in the money positive. It is
   * a rate: on the last day it may be larger than the premium.
   */
  public double theta() {
    return theta;
  }

  /** Price per percentage point of volatility; not negative. */
  public double vega() {
    return vega;
  }

  /** Price per percentage point of the rate, ±K·T·e^(-rT)·N(±d2). */
  public double rho() {
    return rho;
  }
}
