package io.strikegrid.engine.measure;

/**
 * The strike at which the writers of all options would pay out least at expiry: the c that
 * minimises Σ max(0, c-K)·callOI(K) + Σ max(0, K-c)·putOI(K).
 *
 * <p>From one strike to the next the payout changes by their distance times (calls at or below,
 * less puts above). That difference only grows, so the least payout is at the first strike where it
 * is not negative, which is also the lowest of several equal ones; no payout is ever computed.
 *
 * <p>Where calls or puts have no open interest at all there is none: the least payout would be the
 * edge of the chain, which tells of the strikes that are listed and not of their writers.
 */
public final class MaxPain {

  private MaxPain() {}

  /**
   * Finds the strike.
   *
   * @param strikes ascending
   * @param callOi open interest of the calls; NaN counts as none
   * @param putOi open interest of the puts; NaN counts as none
   * @return NaN where calls or puts have no open interest at all
   */
  public static double of(double[] strikes, double[] callOi, double[] putOi) {
    double calls = 0;
    double puts = 0;
    double[] putsAbove = new double[strikes.length];
    for (int i = strikes.length - 1; i >= 0; i--) {
      putsAbove[i] = puts;
      puts += orZero(putOi[i]);
      calls += orZero(callOi[i]);
    }
    if (calls == 0 || puts == 0) {
      return Double.NaN;
    }
    double callsBelow = orZero(callOi[0]);
    int least = 0;
    while (callsBelow < putsAbove[least]) {
      least++;
      callsBelow += orZero(callOi[least]);
    }
    return strikes[least];
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}
