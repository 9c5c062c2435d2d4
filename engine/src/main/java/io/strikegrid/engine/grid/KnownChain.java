package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;

/**
 * What is known of the contracts of an expiry at one moment. Strikes are numbered from 0,
 * ascending; some of them may not have been observed by then.
 */
public interface KnownChain {

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

  /** Last known value of a field; NaN where none. */
  double at(Side side, GridField field, int k);

  /** Contracts that have been observed by then. */
  int contracts();

  /** Contracts whose newest bar is older than the moment's bucket. */
  int carried();
}
