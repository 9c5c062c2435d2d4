package io.strikegrid.engine.pricing;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.SideColumn;
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
  private static final double WIDEST_TICKS = 2;
  private static final double WIDEST_PART = 0.1;

  /** A spread of just so many ticks may be a little more as a difference of two doubles. */
  private static final double ROUNDING = 1 + 1e-9;

  private int size;
  private double[] strikes;
  private final SideQuotes calls;
  private final SideQuotes puts;

  /** Starts without a strike. */
  public ChainQuotes() {
    this(FIRST_CAPACITY);
  }

  /**
   * Starts without a strike.
   *
   * @param capacity strikes that there is room for at first, at least 1
   */
  public ChainQuotes(int capacity) {
    strikes = new double[capacity];
    calls = new SideQuotes(capacity);
    puts = new SideQuotes(capacity);
  }

  /** The prices of one minute's bars, which stand in order of strike. */
  public static ChainQuotes of(BarTable minute) {
    ChainQuotes quotes = new ChainQuotes(Math.max(1, minute.rows()));
    for (int row = 0; row < minute.rows(); row++) {
      int k = quotes.add(minute.strike(row));
      for (Side side : Side.values()) {
        quotes.set(
            k,
            side,
            minute.get(row, side, SideColumn.BID),
            minute.get(row, side, SideColumn.ASK),
            minute.get(row, side, SideColumn.CLOSE));
      }
    }
    return quotes;
  }

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

  /** Strikes that there is room for. */
  int capacity() {
    return strikes.length;
  }

  /**
   * Whether the middle of a contract's quotes is a price: it has both, they are not crossed, and
   * what lies between them is at most the larger of 2 ticks and a tenth of their middle.
   *
   * @param tick smallest step of prices; 0 where not known
   */
  boolean isUsable(int index, Side side, double tick) {
    return isUsable(side(side).bid[index], side(side).ask[index], tick);
  }

  /**
   * The same of a quote on its own.
   *
   * @param bid what is NaN or not above zero is unknown; so of the ask
   */
  public static boolean isUsable(double bid, double ask, double tick) {
    double spread = quote(ask) - quote(bid);
    return spread >= 0
        && spread <= Math.max(WIDEST_TICKS * tick, WIDEST_PART * (bid + ask) / 2) * ROUNDING;
  }

  /** The middle of a contract's quotes; NaN unless it has both. */
  double mid(int index, Side side) {
    return (quote(side(side).bid[index]) + quote(side(side).ask[index])) / 2;
  }

  /** What lies between a contract's quotes; NaN unless it has both. */
  double spread(int index, Side side) {
    return quote(side(side).ask[index]) - quote(side(side).bid[index]);
  }

  /** A contract's last price; NaN where there is none. */
  double last(int index, Side side) {
    return quote(side(side).last[index]);
  }

  /** Whether a contract's last price is below its bid or above its ask. */
  boolean isLastOutsideQuote(int index, Side side) {
    double last = last(index, side);
    return last < quote(side(side).bid[index]) || last > quote(side(side).ask[index]);
  }

  private static double quote(double price) {
    return price > 0 ? price : Double.NaN;
  }

  private SideQuotes side(Side side) {
    return side == Side.CALL ? calls : puts;
  }

  /** The prices of one side by strike. */
  private static final class SideQuotes {

    private double[] bid;
    private double[] ask;
    private double[] last;

    private SideQuotes(int capacity) {
      bid = new double[capacity];
      ask = new double[capacity];
      last = new double[capacity];
    }

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
