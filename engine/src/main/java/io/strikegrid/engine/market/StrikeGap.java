package io.strikegrid.engine.market;

import java.util.OptionalDouble;

/** The one definition of the strike gap: the distance of two strikes near the money. */
public final class StrikeGap {

  /** With fewer strikes than this the gap may still change that day. */
  public static final int ENOUGH = 5;

  private static final int EACH_SIDE = 2;

  private StrikeGap() {}

  /**
   * The smallest of the up to four spacings around the strike at the money, two on each side.
   *
   * @param sortedStrikes listed strikes, ascending, without repeats, in the first {@code count}
   *     places
   * @param count how many strikes there are
   * @param underlying price of the underlying; NaN where not known
   * @param own the instrument's usual gap, of which the result is a multiple
   * @return a positive distance, or NaN where nobody knows
   */
  public static double around(
      double[] sortedStrikes, int count, double underlying, OptionalDouble own) {
    int atm = Moneyness.atTheMoney(sortedStrikes, count, underlying, k -> true);
    double smallest = Double.NaN;
    for (int i = Math.max(1, atm - EACH_SIDE + 1);
        atm >= 0 && i <= Math.min(count - 1, atm + EACH_SIDE);
        i++) {
      double spacing = sortedStrikes[i] - sortedStrikes[i - 1];
      smallest = spacing >= smallest ? smallest : spacing;
    }
    double unit = own.orElse(Double.NaN);
    return own.isEmpty() ? smallest : Math.max(1, Math.rint(smallest / unit)) * unit;
  }
}
