package io.strikegrid.engine.pricing;

/**
 * Black's formula without units: of an option out of the money, price over √(FK), by the distance x
 * = |ln(F/K)| and the deviation s = σ√T.
 *
 * <p>With z = x/s, t = s/2 and Mills' ratio R(a) = N(-a)/φ(a) the price is φ(z)·e^(-t²/2)·(R(z-t) -
 * R(z+t)), and its slope in s is the factor in front. What the price lacks to its ceiling e^(-x/2)
 * is the same with R(t-z) + R(t+z). The difference loses its digits where t is small; there it is
 * the Taylor series in t, whose odd derivatives follow from R' = zR - 1 by a recurrence. So neither
 * form is off by more than a few units in the last place of the deviation that belongs to it.
 */
final class NormalisedBlack {

  /** Below this t the difference of two Mills' ratios is a series. */
  private static final double SERIES = 0.125;

  private NormalisedBlack() {}

  /**
   * The price.
   *
   * @param distance not negative
   * @param deviation not negative; 0 gives 0, infinity the ceiling
   * @param ceiling e^(-x/2)
   */
  static double price(double distance, double deviation, double ceiling) {
    if (deviation == 0) {
      return 0;
    }
    double z = distance / deviation;
    double t = deviation / 2;
    double slope = slope(z, t);
    if (slope == 0) {
      return z > t ? 0 : ceiling;
    }
    return isBelowInflection(z, t) ? slope * difference(z, t) : ceiling - slope * sum(z, t);
  }

  /** Where the price itself is to be computed, and not what it lacks. */
  static boolean isBelowInflection(double z, double t) {
    return t < SERIES || z >= t;
  }

  /** The derivative of the price by the deviation. */
  static double slope(double z, double t) {
    return Math.exp(-0.5 * (z * z + t * t)) / Normal.SQRT_TWO_PI;
  }

  /** R(z-t) - R(z+t), for z at least t, or any z that is not negative with a small t. */
  static double difference(double z, double t) {
    return t < SERIES ? series(z, t) : Normal.millsRatio(z - t) - Normal.millsRatio(z + t);
  }

  /** R(t-z) + R(t+z), for t at least z. */
  static double sum(double z, double t) {
    return Normal.millsRatio(t - z) + Normal.millsRatio(t + z);
  }

  /** Terms up to t^13: the first left out is below 1e-18 of the sum. */
  private static double series(double z, double t) {
    double zz = z * z;
    double tt = t * t;
    double r1 = z * Normal.millsRatio(z) - 1;
    double r3 = 1 + (zz + 3) * r1;
    double r5 = (zz + 7) * r3 - 6 * r1;
    double r7 = (zz + 11) * r5 - 20 * r3;
    double r9 = (zz + 15) * r7 - 42 * r5;
    double r11 = (zz + 19) * r9 - 72 * r7;
    double r13 = (zz + 23) * r11 - 110 * r9;
    double tail = r9 / 362880 + tt * (r11 / 39916800 + tt * (r13 / 6227020800.0));
    double sum = r1 + tt * (r3 / 6 + tt * (r5 / 120 + tt * (r7 / 5040 + tt * tail)));
    return -2 * t * sum;
  }
}
