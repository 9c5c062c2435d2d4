package io.strikegrid.engine.pricing;

import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;

/**
 * The forward price of one expiry at one minute, by put-call parity: F = K + e^(rT)(C - P), the
 * median over the strikes nearest the money.
 *
 * <p>Strikes whose call and put have a usable quote ({@link ChainQuotes#isUsable}) vote with the
 * middle of those. Where they come to nothing, strikes vote whose call and put have a last price
 * that is not outside its own quote. They are believed only where they agree: prices that parity
 * scatters widely are of different moments or of other contracts, and a forward far from the
 * underlying is none of it. Within that bound the median of {@value #STRIKES} strikes leaves out
 * what one or two of them are off.
 *
 * <p>For one thread; it allocates nothing.
 */
public final class ParityForward {

  /** How many strikes vote. */
  public static final int STRIKES = 5;

  /** With fewer strikes than this there is no forward. */
  public static final int FEWEST = 3;

  private static final double SECONDS_PER_YEAR = 365.0 * 24 * 3600;
  private static final double SCATTER = 0.005;
  private static final double SCATTER_PER_YEAR = 0.005;
  private static final double PART_FOR_LASTS = 0.5;

  private final double[] distances = new double[STRIKES];
  private final double[] votes = new double[STRIKES];

  /** Has nothing to remember. */
  public ParityForward() {}

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
   * @param quotes of the expiry's contracts in the minute
   * @param terms what they share; the underlying decides which strikes are nearest the money, and
   *     where it is quoted how far from it the forward may lie; without one the strikes are nearest
   *     whose call and put cost most nearly the same
   * @return NaN where too few strikes have prices, or they do not agree
   */
  public double of(ChainQuotes quotes, ChainTerms terms) {
    double byQuotes = agreed(quotes, terms, true);
    return Double.isNaN(byQuotes) ? agreed(quotes, terms, false) : byQuotes;
  }

  private double agreed(ChainQuotes quotes, ChainTerms terms, boolean ofQuotes) {
    double years = terms.years();
    double carried = terms.carried();
    int found = vote(quotes, terms, ofQuotes, carried);
    if (found < FEWEST || years < 0) {
      return Double.NaN;
    }
    Arrays.sort(votes, 0, found);
    int middle = found / 2;
    double median = found % 2 == 1 ? votes[middle] : (votes[middle - 1] + votes[middle]) / 2;
    double most = (SCATTER + SCATTER_PER_YEAR * years) * (ofQuotes ? 1 : PART_FOR_LASTS);
    boolean agrees = median > 0 && votes[found - 1] - votes[0] <= most * median;
    boolean isNear = !terms.isUnderlyingQuoted() || terms.rules().isNear(median, carried, years);
    return agrees && isNear ? median : Double.NaN;
  }

  /** Collects the votes of the nearest strikes; of equally near ones the first. */
  private int vote(ChainQuotes quotes, ChainTerms terms, boolean ofQuotes, double carried) {
    double growth = Math.exp(terms.rate() * terms.years());
    int found = 0;
    for (int k = 0; k < quotes.size(); k++) {
      double difference =
          price(quotes, k, Side.CALL, ofQuotes, terms.rules())
              - price(quotes, k, Side.PUT, ofQuotes, terms.rules());
      if (Double.isNaN(difference)) {
        continue;
      }
      double strike = quotes.strike(k);
      double distance = Math.abs(Double.isNaN(carried) ? difference : strike - carried);
      int at = found;
      while (at > 0 && distance < distances[at - 1]) {
        at--;
      }
      if (at < STRIKES) {
        int last = Math.min(found, STRIKES - 1);
        System.arraycopy(distances, at, distances, at + 1, last - at);
        System.arraycopy(votes, at, votes, at + 1, last - at);
        distances[at] = distance;
        votes[at] = strike + growth * difference;
        found = last + 1;
      }
    }
    return found;
  }

  private static double price(
      ChainQuotes quotes, int k, Side side, boolean ofQuotes, PricingRules rules) {
    if (ofQuotes) {
      return quotes.isUsable(k, side, rules.tick()) ? quotes.mid(k, side) : Double.NaN;
    }
    return quotes.isLastOutsideQuote(k, side) ? Double.NaN : quotes.last(k, side);
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
   * The forward that follows from a spot: F = S e^((r-q)T).
   *
   * @param rate continuous, a fraction
   * @param yield continuous, a fraction
   */
  public static double fromSpot(double spot, double rate, double yield, double years) {
    return spot * Math.exp((rate - yield) * years);
  }
}
