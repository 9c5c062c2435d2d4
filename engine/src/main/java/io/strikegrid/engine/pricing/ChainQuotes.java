package io.strikegrid.engine.pricing;

import io.strikegrid.engine.check.Check;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;

/**
 * What is known of the prices of one expiry's contracts at one minute: per strike and side bid, ask
 * and last traded price.
 *
 * <p>For one thread; cleared and filled again for each minute, it allocates only to grow.
 */
public final class ChainQuotes {

  private static final int FIRST_CAPACITY = 64;

  private int size;
  private double[] strikes = new double[FIRST_CAPACITY];
  private final SideQuotes calls = new SideQuotes();
  private final SideQuotes puts = new SideQuotes();
  private double[] callPrices = {};
  private double[] putPrices = {};

  /** Starts without a strike. */
  public ChainQuotes() {}

  /** Removes all strikes. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds a strike, of which nothing is known yet.
   *
   * @param strike in the underlying's currency, above zero; in any order
   * @return its index
   * @throws IllegalArgumentException where it is not above zero
   */
  public int add(double strike) {
    Check.positive("strike", strike);
    if (size == strikes.length) {
      strikes = Arrays.copyOf(strikes, 2 * size);
      calls.grow();
      puts.grow();
    }
    strikes[size] = strike;
    calls.set(size, Double.NaN, Double.NaN, Double.NaN);
    puts.set(size, Double.NaN, Double.NaN, Double.NaN);
    return size++;
  }

  /**
   * Gives the prices of a contract. What is NaN or not above zero is unknown.
   *
   * @param index from {@link #add}
   */
  public void set(int index, Side side, double bid, double ask, double last) {
    Check.inRange("index", index, 0, size - 1);
    side(side).set(index, bid, ask, last);
  }

  /** Strikes that were added. */
  public int size() {
    return size;
  }

  /** A strike. */
  public double strike(int index) {
    return strikes[index];
  }

  /** The strikes; only the first {@link #size} count. */
  double[] strikes() {
    return strikes;
  }

  /**
   * The forward by put-call parity of these prices, as {@link ParityForward} has it: of the middle
   * of the quotes at strikes that have all four, else of the last prices.
   *
   * @param rate continuous, a fraction
   * @param years time to expiry in years of 365 days
   * @return NaN where too few strikes have both prices
   */
  public double parityForward(double rate, double years) {
    if (callPrices.length < size) {
      callPrices = new double[strikes.length];
      putPrices = new double[strikes.length];
    }
    for (int k = 0; k < size; k++) {
      boolean quoted = isQuoted(k, Side.CALL) && isQuoted(k, Side.PUT);
      callPrices[k] = price(k, Side.CALL, quoted);
      putPrices[k] = price(k, Side.PUT, quoted);
    }
    return ParityForward.of(strikes, callPrices, putPrices, size, rate, years);
  }

  /** Whether a contract has both quotes. */
  boolean isQuoted(int index, Side side) {
    SideQuotes quotes = side(side);
    return quotes.bid[index] > 0 && quotes.ask[index] > 0;
  }

  /** The middle of the quotes where asked for, else the last price; NaN where there is none. */
  double price(int index, Side side, boolean quoted) {
    SideQuotes quotes = side(side);
    double last = quotes.last[index] > 0 ? quotes.last[index] : Double.NaN;
    return ParityForward.price(quoted, quotes.bid[index], quotes.ask[index], last);
  }

  private SideQuotes side(Side side) {
    return side == Side.CALL ? calls : puts;
  }

  /** The prices of one side by strike. */
  private static final class SideQuotes {

    private double[] bid = new double[FIRST_CAPACITY];
    private double[] ask = new double[FIRST_CAPACITY];
    private double[] last = new double[FIRST_CAPACITY];

    private void grow() {
      bid = Arrays.copyOf(bid, 2 * bid.length);
      ask = Arrays.copyOf(ask, 2 * ask.length);
      last = Arrays.copyOf(last, 2 * last.length);
    }

    private void set(int index, double newBid, double newAsk, double newLast) {
      bid[index] = newBid;
      ask[index] = newAsk;
      last[index] = newLast;
    }
  }
}
