package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * The strikes of one (symbol, expiry, trading day), each listed from the minute on in which it was
 * first observed. Immutable.
 */
public final class ListedStrikes {

  private final double[] strikes;
  private final long[] since;

  private ListedStrikes(TreeMap<Double, Long> listed) {
    this.strikes = listed.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    this.since = listed.values().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Those of bars, and of what came before them.
   *
   * @param bars in their order
   * @param before strikes that were observed earlier than any of the bars
   */
  public static ListedStrikes of(BarTable bars, double... before) {
    TreeMap<Double, Long> listed = new TreeMap<>();
    Arrays.stream(before).forEach(strike -> listed.put(strike, Long.MIN_VALUE));
    for (int row = 0; row < bars.rows(); row++) {
      if (bars.isObserved(row, Side.CALL) || bars.isObserved(row, Side.PUT)) {
        listed.merge(bars.strike(row), bars.bucket(row), Math::min);
      }
    }
    return new ListedStrikes(listed);
  }

  /**
   * The strike at the money in a minute; NaN where no strike is listed or the underlying is not
   * known.
   */
  public double atTheMoney(double underlying, long minute) {
    int at = Moneyness.atTheMoney(strikes, strikes.length, underlying, k -> since[k] <= minute);
    return at < 0 ? Double.NaN : strikes[at];
  }
}
