package io.strikegrid.engine.pricing;

/**
 * The standard normal distribution, to the accuracy of a double.
 *
 * <p>The scaled complementary error function follows W. J. Cody, "Rational Chebyshev Approximations
 * for the Error Function", Mathematics of Computation 23 (1969), with the coefficients he published
 * with it in three intervals. The distribution is built on it, so its lower tail keeps its relative
 * accuracy down to the smallest double. The inverse is M. J. Wichura's, "The Percentage Points of
 * the Normal Distribution", Applied Statistics 37 (1988), algorithm AS 241.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients as published
public final class Normal {

  /** The square root of 2π. */
  static final double SQRT_TWO_PI = 2.5066282746310005024;

  private static final double SQRT_HALF = 0.70710678118654752440;
  private static final double SQRT_HALF_PI = 1.2533141373155002512;
  private static final double ONE_OVER_SQRT_PI = 0.56418958354775628695;
  private static final double NEAR_ZERO = 0.46875;
  private static final double FAR = 4;

  private static final double[] ERF_UP = {
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3
  };
  private static final double[] ERF_DOWN = {
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };
  private static final double[] MIDDLE_UP = {
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0,
    6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2,
    1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3
  };
  private static final double[] MIDDLE_DOWN = {
    1,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3
  };
  private static final double[] FAR_UP = {
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
    1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4
  };
  private static final double[] FAR_DOWN = {
    1,
    2.56852019228982242e0,
    1.87295284992346047e0,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3
  };

  private Normal() {}

  /**
   * The density φ(x).
   *
   * @param x any number; infinite gives 0
   */
  public static double density(double x) {
    return Math.exp(-0.5 * x * x) / SQRT_TWO_PI;
  }

  /**
   * The probability N(x) of a value up to x, in [0, 1].
   *
   * @param x any number, infinite ones too
   */
  public static double cdf(double x) {
    if (Double.isInfinite(x)) {
      return x > 0 ? 1 : 0;
    }
    double a = Math.abs(x) * SQRT_HALF;
    if (a <= NEAR_ZERO) {
      return 0.5 + 0.5 * erfNearZero(x * SQRT_HALF);
    }
    double tail = 0.5 * expOfMinusHalfSquare(x) * erfcx(a);
    return x > 0 ? 1 - tail : tail;
  }

  /**
   * e^(x²)·erfc(x), the scaled complementary error function.
   *
   * @param x any number; below about -26.6 the value is infinite
   */
  public static double erfcx(double x) {
    double a = Math.abs(x);
    if (a <= NEAR_ZERO) {
      return Math.exp(x * x) * (1 - erfNearZero(x));
    }
    double value = a <= FAR ? ratio(a, MIDDLE_UP, MIDDLE_DOWN) : farErfcx(a);
    return x > 0 ? value : 2 * Math.exp(x * x) - value;
  }

  /**
   * Mills' ratio N(-z)/φ(z).
   *
   * @param z not negative
   */
  static double millsRatio(double z) {
    return SQRT_HALF_PI * erfcx(z * SQRT_HALF);
  }

  private static double erfNearZero(double x) {
    return x * ratio(x * x, ERF_UP, ERF_DOWN);
  }

  private static double farErfcx(double a) {
    double inverse = 1 / a;
    double square = inverse * inverse;
    return (ONE_OVER_SQRT_PI - square * ratio(square, FAR_UP, FAR_DOWN)) * inverse;
  }

  /** The exponential with the square's rounding put right, so that far tails keep their digits. */
  private static double expOfMinusHalfSquare(double x) {
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    return Math.exp(-0.5 * square) * (1 - 0.5 * rest);
  }

  private static double ratio(double x, double[] up, double[] down) {
    return polynomial(x, up) / polynomial(x, down);
  }

  /** A polynomial, the coefficient of the highest power first. */
  static double polynomial(double x, double[] coefficients) {
    double sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }

  /**
   * The value below which a normal variable lies with probability p.
   *
   * @param p from 0 to 1; 0 gives minus and 1 plus infinity
   * @return NaN where p is outside
   */
  public static double inverseCdf(double p) {
    return InverseNormal.of(p);
  }
}
