package io.strikegrid.engine.pricing;

/**
 * Finds the total volatility s of an out-of-the-money option from its normalised price, see {@link
 * NormalisedBlack}, to the accuracy of a double.
 *
 * <p>The objective is the logarithm of the price, or of what is missing to its largest value where
 * the price is above half of that; in the far wing the reciprocal of the logarithm, which is nearly
 * straight there (Jäckel 2013, section 4). Each is stepped by the third-order method of
 * Householder, whose error goes with the fourth power: two or three steps do. A bracket is kept,
 * and halved where a step leaves it.
 */
final class VolatilitySearch {

  private static final double SQRT_2_PI = 2.5066282746310002;
  private static final double FAR_WING = -3;
  private static final double STEP_THAT_SUFFICES = 2e-4;
  private static final int MOST_STEPS = 100;

  private VolatilitySearch() {}

  /**
   * The total volatility, sigma times the root of time.
   *
   * @param x minus the absolute logarithm of forward by strike; 0 or below
   * @param price normalised, above 0 and below e^(x/2)
   */
  static double of(double x, double price) {
    double bound = Math.exp(x / 2);
    boolean isUpper = price > bound / 2;
    double target = Math.log(isUpper ? bound - price : price);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double s = guess(x, price, target, isUpper);
    for (int i = 0; i < MOST_STEPS; i++) {
      double h = x / s;
      double t = s / 2;
      double byVega =
          isUpper ? NormalisedBlack.missingByVega(h, t) : NormalisedBlack.priceByVega(h, t);
      double value = NormalisedBlack.lnVega(h, t) + Math.log(byVega);
      boolean isBelow = isUpper ? value > target : value < target;
      if (isBelow) {
        low = s;
      } else {
        high = s;
      }
      double step = step(value, target, isUpper ? -1 / byVega : 1 / byVega, h, t, s);
      double next = s + step;
      if (!(next > low && next < high)) {
        if (value == target) {
          return s;
        }
        next = high == Double.POSITIVE_INFINITY ? 2 * s : (low + high) / 2;
        if (next == low || next == high) {
          return next;
        }
      } else if (Math.abs(step) <= STEP_THAT_SUFFICES * s) {
        return next;
      }
      s = next;
    }
    return s;
  }

  /**
   * The change of s towards the target.
   *
   * @param slope derivative of the value by s
   */
  private static double step(
      double value, double target, double slope, double h, double t, double s) {
    double first = (h * h - t * t) / s;
    double second = first * first - 3 * (h / s) * (h / s) - 0.25;
    double newton = (target - value) / slope;
    double gamma = first - slope;
    double delta = second - 3 * slope * first + 2 * slope * slope;
    if (target < FAR_WING && value < 0) {
      double ratio = slope / value;
      newton *= value / target;
      delta += 6 * ratio * (ratio - gamma);
      gamma -= 2 * ratio;
    }
    return newton * (1 + 0.5 * gamma * newton) / (1 + newton * (gamma + delta * newton / 6));
  }

  private static double guess(double x, double price, double target, boolean isUpper) {
    if (isUpper) {
      return Math.max(fromQuantile(target - x / 2), Math.sqrt(-x / 2));
    }
    double far = farWing(x, target);
    return far * far < -x ? far : nearMoney(x, price);
  }

  /** b = s^3 / x^2 n(x/s) for small s, turned round by repetition; 0 where it has no answer. */
  private static double farWing(double x, double lnPrice) {
    double known = lnPrice + Math.log(SQRT_2_PI * x * x);
    double square = x * x / (-2 * lnPrice + 1);
    for (int i = 0; i < 3; i++) {
      double exponent = 1.5 * Math.log(square) - known;
      if (!(exponent > 0)) {
        return Double.POSITIVE_INFINITY;
      }
      square = x * x / (2 * exponent);
    }
    return Math.sqrt(square);
  }

  /** The approximation of Corrado and Miller (1996), good near the money. */
  private static double nearMoney(double x, double price) {
    double half = Math.sinh(x / 2);
    double excess = price - half;
    double root = Math.sqrt(Math.max(0, excess * excess - 4 / Math.PI * half * half));
    return SQRT_2_PI / (2 * Math.cosh(x / 2)) * (excess + root);
  }

  /** For a price near its bound, of which roughly 2 N(-s/2) is missing, as a share. */
  private static double fromQuantile(double lnMissingShare) {
    double p = Math.min(0.5, Math.exp(lnMissingShare) / 2);
    double t = Math.sqrt(-2 * Math.log(p));
    double top = 2.515517 + t * (0.802853 + t * 0.010328);
    double bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return 2 * (t - top / bottom);
  }
}
