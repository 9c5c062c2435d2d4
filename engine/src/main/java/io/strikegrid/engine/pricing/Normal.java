package io.strikegrid.engine.pricing;

/**
 * The standard normal distribution to the accuracy of a double.
 *
 * <p>The scaled complementary error function comes from the rational approximations of W. J. Cody,
 * "Rational Chebyshev approximation for the error function", Math. Comp. 23 (1969), whose relative
 * error is below 1e-16.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits are those that were published
public final class Normal {

  private static final double SQRT_HALF = 0.7071067811865475244;
  private static final double ONE_BY_SQRT_PI = 0.56418958354775628695;
  private static final double ONE_BY_SQRT_2_PI = 0.39894228040143267794;
  private static final double SQRT_HALF_PI = 1.2533141373155002512;

  /** Beyond this e^(-x^2/2) is zero in a double. */
  private static final double FAR = 38.6;

  private Normal() {}

  /** Density at x. */
  public static double density(double x) {
    return ONE_BY_SQRT_2_PI * Math.exp(-0.5 * x * x);
  }

  /** Probability of a value at or below x, in [0, 1]; also far out to full relative accuracy. */
  public static double cumulative(double x) {
    if (x > 0) {
      return 1 - cumulative(-x);
    }
    if (x < -FAR) {
      return 0;
    }
    double a = -x * SQRT_HALF;
    return a < 0.46875 ? 0.5 - 0.5 * erfNearZero(a) : density(x) * SQRT_HALF_PI * erfcx(a);
  }

  /**
   * Cumulative probability by density, N(x) / n(x): the inverse of the hazard of -x. Grows without
   * bound for large x; above about 38 it is infinite.
   */
  public static double millsRatio(double x) {
    return SQRT_HALF_PI * erfcx(-x * SQRT_HALF);
  }

  /** e^(x^2) erfc(x), for any x above -26. */
  static double erfcx(double x) {
    if (x < 0) {
      double square = x * x;
      return x > -0.46875
          ? Math.exp(square) * (1 + erfNearZero(-x))
          : 2 * Math.exp(square) - erfcx(-x);
    }
    if (x < 0.46875) {
      return Math.exp(x * x) * (1 - erfNearZero(x));
    }
    return x <= 4 ? erfcxMiddle(x) : erfcxFar(x);
  }

  /** erf(x) for |x| below 0.47. */
  private static double erfNearZero(double x) {
    double y = x * x;
    double top =
        (((1.85777706184603153e-1 * y + 3.16112374387056560e0) * y + 1.13864154151050156e2) * y
                    + 3.77485237685302021e2)
                * y
            + 3.20937758913846947e3;
    double bottom =
        (((y + 2.36012909523441209e1) * y + 2.44024637934444173e2) * y + 1.28261652607737228e3) * y
            + 2.84423683343917062e3;
    return x * top / bottom;
  }

  private static double erfcxMiddle(double x) {
    double top = 2.15311535474403846e-8;
    top = top * x + 5.64188496988670089e-1;
    top = top * x + 8.88314979438837594e0;
    top = top * x + 6.61191906371416295e1;
    top = top * x + 2.98635138197400131e2;
    top = top * x + 8.81952221241769090e2;
    top = top * x + 1.71204761263407058e3;
    top = top * x + 2.05107837782607147e3;
    top = top * x + 1.23033935479799725e3;
    double bottom = x + 1.57449261107098347e1;
    bottom = bottom * x + 1.17693950891312499e2;
    bottom = bottom * x + 5.37181101862009858e2;
    bottom = bottom * x + 1.62138957456669019e3;
    bottom = bottom * x + 3.29079923573345963e3;
    bottom = bottom * x + 4.36261909014324716e3;
    bottom = bottom * x + 3.43936767414372164e3;
    bottom = bottom * x + 1.23033935480374942e3;
    return top / bottom;
  }

  private static double erfcxFar(double x) {
    double y = 1 / (x * x);
    double top = 1.63153871373020978e-2;
    top = top * y + 3.05326634961232344e-1;
    top = top * y + 3.60344899949804439e-1;
    top = top * y + 1.25781726111229246e-1;
    top = top * y + 1.60837851487422766e-2;
    top = top * y + 6.58749161529837803e-4;
    double bottom = y + 2.56852019228982242e0;
    bottom = bottom * y + 1.87295284992346725e0;
    bottom = bottom * y + 5.27905102951428412e-1;
    bottom = bottom * y + 6.05183413124413191e-2;
    bottom = bottom * y + 2.33520497626869185e-3;
    return (ONE_BY_SQRT_PI - y * top / bottom) / x;
  }
}
