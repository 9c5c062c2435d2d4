package io.strikegrid.engine.pricing;

/**
 * The deviation s = σ√T of an option out of the money, from its price over √(FK).
 *
 * <p>The approach is that of P. Jäckel, "Let's Be Rational" (2015): a guess that is already good,
 * then steps of Householder's third order on a form of the price that is close to a straight line.
 * The guess is one of our own. For small s the price is nearly that of a normal model, s·φ(z)·(1 -
 * z·R(z)) with z = x/s, so z follows from x/price alone, by polynomials: in x/price near the money,
 * in its logarithm away from it. A second polynomial in s² and 1/(1+z) makes good what the normal
 * model leaves out. Both are fits to the exact functions, good to about 1e-4. Prices above half of
 * their ceiling start from the formula that is exact at the money.
 *
 * <p>The steps are taken on the logarithm of the price, in the upper half on that of what the price
 * lacks to its ceiling. One step leaves the fourth power of the error before, so one or two do. A
 * bracket is kept: a step that leaves it is replaced by a halving, so every price is solved.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the fits with their digits
final class NormalisedVolatility {

  /** After a step of this size, relative to s, nothing is left that a double can hold. */
  private static final double LAST_STEP = 1e-4;

  private static final int MOST_STEPS = 100;

  /** Below this the distance over the price would be too large for a double. */
  private static final double SMALLEST = 1e-305;

  private static final double SMALLEST_LACK = 0x1p-54;

  private static final double NEAR = 4;
  private static final double MIDDLE_FROM = 1.3862943611198906;
  private static final double MIDDLE_TO = 9.5;
  private static final double FAR_FROM = 3.082207001484488;
  private static final double FAR_TO = 27.202941017470888;
  private static final double LARGEST_SQUARE = 1.2;

  /** s/(price·√(2π)) by x/price from 0 to 4. */
  private static final double[] NEAR_FIT = {
    -1.920453152367e-03, 2.320072036918e-03, -9.603898091862e-05, 2.794176810312e-03,
    -9.330164131832e-03, 2.061369048395e-02, -6.281012553556e-02, 7.287487638800e-01,
    1.828636310349e+00
  };

  /** z by ln(x/price) up to 9.5. */
  private static final double[] MIDDLE_FIT = {
    3.344392006431e-03, -1.725998402279e-03, -9.474352305251e-03, 1.484554838218e-02,
    -1.823337362152e-02, 2.456405588076e-02, -3.163834120421e-03, -1.459027013062e-01,
    1.277366274646e+00, 1.994086991350e+00
  };

  /** z by √ln(x/price) beyond. */
  private static final double[] FAR_FIT = {
    1.401082093670e-01,
    1.595632259419e-01,
    -3.435919595716e-01,
    1.161827319840e-02,
    -7.862043428566e-02,
    1.734794655840e+01,
    2.093599046942e+01
  };

  private static final double[] FIRST_ORDER = {
    0.14413517758811753, -0.3762823031209216, 0.28691160991852754, -0.01286271521480796
  };
  private static final double[] SECOND_ORDER = {
    -0.013602900253011396, 0.020071619909104867, -0.0030523061151710496
  };
  private static final double[] THIRD_ORDER = {0.000691911952061552, -6.5521344953997e-05};

  private NormalisedVolatility() {}

  /**
   * The deviation.
   *
   * @param price over √(FK), above zero and below the ceiling; one so close to either that a double
   *     cannot tell is solved as the closest that it can
   * @param distance |ln(F/K)|, not negative
   * @param ceiling of the price, e^(-x/2)
   */
  static double of(double price, double distance, double ceiling) {
    boolean isUpper = price > 0.5 * ceiling;
    double target =
        isUpper ? Math.max(ceiling - price, SMALLEST_LACK * ceiling) : Math.max(price, SMALLEST);
    double s = isUpper ? upperGuess(target, distance, ceiling) : lowerGuess(target, distance);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MOST_STEPS; i++) {
      double z = distance / s;
      double t = 0.5 * s;
      double slope = NormalisedBlack.slope(z, t);
      double value = value(z, t, slope, ceiling, isUpper);
      boolean isShort = isUpper ? value > target : value < target;
      low = isShort ? s : low;
      high = isShort ? high : s;
      double next = s + step(s, z, isUpper ? -slope / value : slope / value, log(value, target));
      if (!(next >= low && next <= high && next < 4 * s)) {
        next = high == Double.POSITIVE_INFINITY ? 2 * s : 0.5 * (low + high);
      }
      if (Math.abs(next - s) <= LAST_STEP * s) {
        return next;
      }
      s = next;
    }
    return s;
  }

  /** The price, or in the upper half what it lacks to its ceiling. */
  private static double value(double z, double t, double slope, double ceiling, boolean isUpper) {
    if (NormalisedBlack.isBelowInflection(z, t)) {
      double price = slope * NormalisedBlack.difference(z, t);
      return isUpper ? ceiling - price : price;
    }
    double lack = slope * NormalisedBlack.sum(z, t);
    return isUpper ? lack : ceiling - lack;
  }

  /**
   * Householder's step of third order to the zero of {@code off}.
   *
   * @param slope derivative of {@code off} by s
   * @param off logarithm of value over target
   */
  private static double step(double s, double z, double slope, double off) {
    double bend = z * z / s - 0.25 * s;
    double zOverS = z / s;
    double twist = bend * bend - 3 * zOverS * zOverS - 0.25;
    double newton = -off / slope;
    double second = bend - slope;
    double third = slope * (2 * slope - 3 * bend) + twist;
    return newton
        * (1 + 0.5 * second * newton)
        / (1 + newton * (second + third * newton * (1.0 / 6)));
  }

  /** ln(value/target), without a logarithm where they are close. */
  private static double log(double value, double target) {
    double d = (value - target) / target;
    if (Math.abs(d) > 0.002) {
      return Math.log(value / target);
    }
    return d * (1 - d * (1.0 / 2 - d * (1.0 / 3 - d * (1.0 / 4 - d * (1.0 / 5 - d / 6)))));
  }

  private static double upperGuess(double lack, double distance, double ceiling) {
    double atTheMoney = -2 * Normal.inverseCdf(lack / (ceiling + 1 / ceiling));
    return Math.max(atTheMoney, Math.sqrt(2 * distance));
  }

  private static double lowerGuess(double price, double distance) {
    double ratio = distance / price;
    double normal =
        ratio <= NEAR
            ? price * Normal.SQRT_TWO_PI * Normal.polynomial(ratio * (2 / NEAR) - 1, NEAR_FIT)
            : distance / moneyness(Math.log(ratio));
    double square = Math.min(normal * normal, LARGEST_SQUARE);
    double h = normal / (normal + distance);
    double beyond = Normal.polynomial(h, SECOND_ORDER) + square * Normal.polynomial(h, THIRD_ORDER);
    return normal * (1 + square * h * (Normal.polynomial(h, FIRST_ORDER) + square * beyond));
  }

  private static double moneyness(double logRatio) {
    return logRatio <= MIDDLE_TO
        ? Normal.polynomial(unit(logRatio, MIDDLE_FROM, MIDDLE_TO), MIDDLE_FIT)
        : Normal.polynomial(unit(Math.sqrt(logRatio), FAR_FROM, FAR_TO), FAR_FIT);
  }

  /** Maps an interval onto [-1, 1]. */
  private static double unit(double value, double from, double to) {
    return (2 * value - (from + to)) / (to - from);
  }
}
