package io.strikegrid.engine.grid;

import io.strikegrid.engine.bar.SideColumn;

/** What a page keeps for each cell and side. */
public enum GridField {
  /** Implied volatility, a fraction. */
  IV(SideColumn.IV_AVG, false, false),
  /** Delta per unit of the underlying. */
  DELTA(SideColumn.DELTA_AVG, false, false),
  /** Gamma per unit of the underlying. */
  GAMMA(SideColumn.GAMMA_AVG, false, false),
  /** Theta per calendar day. */
  THETA(SideColumn.THETA_AVG, false, false),
  /** Vega per percentage point. */
  VEGA(SideColumn.VEGA_AVG, false, false),
  /** Rho per percentage point. */
  RHO(SideColumn.RHO_AVG, false, false),
  /** Open interest, carried: the last known of the day at the end of the bucket. */
  OI(SideColumn.OI_LAST, true, true),
  /** Traded in the bucket. */
  VOLUME(SideColumn.VOLUME, true, false),
  /** Traded since the opening, carried: the last known of the day at the end of the bucket. */
  VOLUME_DAY(SideColumn.VOLUME_DAY, true, true),
  /** First price. */
  OPEN(SideColumn.OPEN, true, false),
  /** Highest price. */
  HIGH(SideColumn.HIGH, true, false),
  /** Lowest price. */
  LOW(SideColumn.LOW, true, false),
  /** Last price. */
  PRICE(SideColumn.CLOSE, true, false),
  /** Last bid. */
  BID(SideColumn.BID, true, false),
  /** Last ask. */
  ASK(SideColumn.ASK, true, false);

  private final SideColumn column;
  private final boolean exact;
  private final boolean carried;

  GridField(SideColumn column, boolean exact, boolean carried) {
    this.column = column;
    this.exact = exact;
    this.carried = carried;
  }

  /** The column of the strike tables that it is loaded from. */
  public SideColumn column() {
    return column;
  }

  /** Whether a page keeps every bit of the value; IV and Greeks are kept as floats. */
  public boolean isExact() {
    return exact;
  }

  /** Whether a bucket without a value of its own shows the last one of the day. */
  public boolean isCarried() {
    return carried;
  }
}
