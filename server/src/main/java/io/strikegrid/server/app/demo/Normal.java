package io.strikegrid.server.app.demo;

/** The standard normal distribution. */
final class Normal {

  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final double FURTHEST = 37;
  private static final double FAR = 7.07106781186547;
  private static final double[] ABOVE = {
    220.206867912376,
    221.213596169931,
    112.079291497871,
    33.912866078383,
    6.37396220353165,
    0.700383064443688,
    3.52624965998911e-02
  };
  private static final double[] BELOW = {
    440.413735824752,
    793.826512519948,
    637.333633378831,
    296.564248779674,
    86.7807322029461,
    16.064177579207,
    1.75566716318264,
    8.83883476483184e-02
  };

  private Normal() {}

  /** Density at a point. */
  static double density(double x) {
    return Math.exp(-x * x / 2) / ROOT_TWO_PI;
  }

  /**
   * Probability of a value up to a point: Hart's rational approximation, and a continued fraction
   * in the tails, after G. West, "Better approximations to cumulative normal functions" (2005).
   */
  static double cumulative(double x) {
    double distance = Math.abs(x);
    double tail = distance > FURTHEST ? 0 : tail(distance);
    return x > 0 ? 1 - tail : tail;
  }

  private static double tail(double x) {
    double exponential = Math.exp(-x * x / 2);
    if (x < FAR) {
      return exponential * polynomial(ABOVE, x) / polynomial(BELOW, x);
    }
    double fraction = x + 0.65;
    for (int i = 4; i >= 1; i--) {
      fraction = x + i / fraction;
    }
    return exponential / fraction / ROOT_TWO_PI;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
