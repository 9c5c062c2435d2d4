package io.strikegrid.engine.pricing;

import java.util.Arrays;

/**
 * The forward price of one expiry at one moment, by put-call parity: F = K + e^(rT)(C - P), the
 * median over the strikes whose call and put prices are closest to each other.
 *
 * <p>The price of a side is the middle of bid and ask where the strike has all four quotes, else
 * the last traded price. A median of {@value #STRIKES} strikes withstands one or two bad quotes.
 */
public final class ParityForward {

  /** How many strikes vote. */
  public static final int STRIKES = 5;

  /** With fewer strikes than this there is no forward. */
  public static final int FEWEST = 3;

  private static final double SECONDS_PER_YEAR = 365.0 * 24 * 3600;

  private ParityForward() {}

  /**
   * Years from an observation to the expiry, of 365 days.
   *
   * @param observed epoch seconds UTC
   * @param expiryAt epoch seconds UTC
   * @return negative after the expiry
   */
  public static double years(long observed, long expiryAt) {
    return (expiryAt - observed) / SECONDS_PER_YEAR;
  }

  /**
   * The forward.
   *
   * @param strikes in the underlying's currency
   * @param calls price of the call at each strike, NaN where there is none
   * @param puts price of the put at each strike, NaN where there is none
   * @param rate continuous, a fraction
   * @param years time to expiry in years of 365 days; not negative
   * @return the forward, or NaN with fewer than {@value #FEWEST} strikes that have both prices
   */
  public static double of(
      double[] strikes, double[] calls, double[] puts, double rate, double years) {
    return of(strikes, calls, puts, strikes.length, rate, years);
  }

  /** The forward of the first {@code size} strikes of longer arrays. */
  static double of(
      double[] strikes, double[] calls, double[] puts, int size, double rate, double years) {
    int[] nearest = new int[STRIKES];
    int found = 0;
    for (int i = 0; i < size; i++) {
      double gap = Math.abs(calls[i] - puts[i]);
      if (Double.isNaN(gap)) {
        continue;
      }
      int at = found;
      while (at > 0 && gap < Math.abs(calls[nearest[at - 1]] - puts[nearest[at - 1]])) {
        at--;
      }
      if (at < STRIKES) {
        int last = Math.min(found, STRIKES - 1);
        System.arraycopy(nearest, at, nearest, at + 1, last - at);
        nearest[at] = i;
        found = last + 1;
      }
    }
    if (found < FEWEST || years < 0) {
      return Double.NaN;
    }
    double growth = Math.exp(rate * years);
    double[] forwards = new double[found];
    for (int i = 0; i < found; i++) {
      int k = nearest[i];
      forwards[i] = strikes[k] + growth * (calls[k] - puts[k]);
    }
    Arrays.sort(forwards);
    int middle = found / 2;
    return found % 2 == 1 ? forwards[middle] : (forwards[middle - 1] + forwards[middle]) / 2;
  }

  /** The price of a side: middle of the quotes where asked for and there, else the last price. */
  public static double price(boolean quoted, double bid, double ask, double last) {
    return quoted ? (bid + ask) / 2 : last;
  }

  /**
   * The spot that a forward stands for where nobody quoted one: S = F e^(-rT).
   *
   * @param rate continuous, a fraction
   * @param years time to expiry
   */
  public static double standIn(double forward, double rate, double years) {
    return forward * Math.exp(-rate * years);
  }

  /**
   * The forward that follows from a quoted spot: F = S e^((r-q)T).
   *
   * @param rate continuous, a fraction
   * @param yield continuous, a fraction
   */
  public static double fromSpot(double spot, double rate, double yield, double years) {
    return spot * Math.exp((rate - yield) * years);
  }
}
