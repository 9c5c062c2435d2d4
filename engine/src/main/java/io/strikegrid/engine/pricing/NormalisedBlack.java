package io.strikegrid.engine.pricing;

/**
 * An out-of-the-money option in the coordinates of P. Jäckel, "Let's Be Rational" (2013): price
 * over the square root of forward times strike, as a function of x = -|ln(F/K)| and the total
 * volatility s:
 *
 * <pre>b(x, s) = e^(x/2) N(x/s + s/2) - e^(-x/2) N(x/s - s/2)</pre>
 *
 * <p>With h = x/s, t = s/2 and the Mills ratio Y = N/n this is n(h) e^(-t^2/2) (Y(h+t) - Y(h-t)),
 * so the logarithm of a price is known where the price itself would be zero, and its derivative by
 * s is one over that difference of ratios. For small t the difference is taken from its series, as
 * the two ratios cancel.
 */
final class NormalisedBlack {

  private static final double LN_SQRT_2_PI = 0.9189385332046727;
  private static final double SMALL = 0.01;

  private NormalisedBlack() {}

  /** Price by vega: b / (db/ds). */
  static double priceByVega(double h, double t) {
    if (t >= SMALL) {
      return Normal.millsRatio(h + t) - Normal.millsRatio(h - t);
    }
    double y0 = Normal.millsRatio(h);
    double y1 = 1 + h * y0;
    double y2 = h * y1 + y0;
    double y3 = h * y2 + 2 * y1;
    double y4 = h * y3 + 3 * y2;
    double y5 = h * y4 + 4 * y3;
    double square = t * t;
    return 2 * t * (y1 + square / 6 * (y3 + square / 20 * y5));
  }

  /** What is missing to the largest price, e^(x/2), by vega. */
  static double missingByVega(double h, double t) {
    return Normal.millsRatio(-h - t) + Normal.millsRatio(h - t);
  }

  /** The logarithm of the vega db/ds. */
  static double lnVega(double h, double t) {
    return -0.5 * (h * h + t * t) - LN_SQRT_2_PI;
  }

  /** b(x, s). */
  static double price(double x, double s) {
    double h = x / s;
    double t = s / 2;
    return Math.exp(lnVega(h, t)) * priceByVega(h, t);
  }
}
