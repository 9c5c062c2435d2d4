package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;

/**
 * What a bar says of a contract's quote, as a sum of what stands at its end: 1 a bid, 2 an ask; so
 * 0 where both were withdrawn. Unknown where nothing was said of a quote.
 *
 * <p>In bars as they come a withdrawn price is 0 and one that nothing was said of unknown; in those
 * that are kept both are unknown.
 */
final class Quoted {

  private static final int BID = 1;
  private static final int ASK = 2;

  private Quoted() {}

  /** Says of a quote what its prices do. */
  static double of(double bid, double ask) {
    return (bid > 0 ? BID : 0) + (ask > 0 ? ASK : 0);
  }

  /** Puts what came of a quote over what is known: prices that nothing was said of stay. */
  static void merge(BarTable merged, int row, BarTable incoming, int from, Side side) {
    if (Double.isNaN(incoming.get(from, side, SideColumn.QUOTED))) {
      return;
    }
    double bid = newer(merged, row, incoming, from, side, SideColumn.BID);
    double ask = newer(merged, row, incoming, from, side, SideColumn.ASK);
    merged.set(row, side, SideColumn.BID, bid);
    merged.set(row, side, SideColumn.ASK, ask);
    merged.set(row, side, SideColumn.QUOTED, of(bid, ask));
  }

  private static double newer(
      BarTable merged, int row, BarTable incoming, int from, Side side, SideColumn column) {
    double came = incoming.get(from, side, column);
    if (Double.isNaN(came)) {
      return merged.get(row, side, column);
    }
    return came > 0 ? came : Double.NaN;
  }
}
