package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.ChainQuotes;

/**
 * What is known of the contracts of an expiry at one moment. Strikes are numbered from 0,
 * ascending; some of them may not have been observed by then.
 */
public interface KnownChain {

  /**
   * Whether a bar tells of its contract's volatility: it has a last price, a usable quote, or an IV
   * without these. What is known of IV and Greeks is the newest such bar's, unknown where that has
   * none.
   *
   * @param tick smallest step of option prices; 0 where not known
   */
  static boolean givesIv(double price, double bid, double ask, double iv, double tick) {
    return !Double.isNaN(price) || !Double.isNaN(iv) || ChainQuotes.isUsable(bid, ask, tick);
  }

  /** Strikes that are numbered. */
  int strikes();

  /** A strike, in the underlying's currency. */
  double strike(int k);

  /** Number of the first strike at or above a price; {@link #strikes()} where none is. */
  int firstAtOrAbove(double price);

  /**
   * Number of the strike at the money: of those that are known the nearest to a price; -1 where
   * none is, or the price is not known.
   */
  int atTheMoney(double underlying);

  /** Whether the strike has been observed by then. */
  boolean isKnown(int k);

  /**
   * What is known of a field; NaN where nothing is. IV and Greeks are those of the newest bar that
   * {@link #givesIv tells of them}.
   */
  double at(Side side, GridField field, int k);

  /** Contracts that have been observed by then. */
  int contracts();

  /** Contracts whose newest bar is older than the moment's bucket. */
  int carried();
}
