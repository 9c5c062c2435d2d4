package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import java.util.Locale;

/** The columns that a bar has once for the call and once for the put, in table order. */
public enum SideColumn {
  /** Mean implied volatility of the minute, a fraction. */
  IV_AVG,
  /** Delta per unit of the underlying. */
  DELTA_AVG,
  /** Gamma per unit of the underlying. */
  GAMMA_AVG,
  /** Theta per calendar day. */
  THETA_AVG,
  /** Vega per percentage point of volatility. */
  VEGA_AVG,
  /** Rho per percentage point of rate. */
  RHO_AVG,
  /** Values behind the mean IV. */
  IV_COUNT,
  /** Values behind the mean Greeks. */
  GREEKS_COUNT,
  /** An {@link IvSource}. */
  IV_SOURCE,
  /** Observations of the side. */
  COUNT,
  /** Traded in the bucket, units of the underlying. */
  VOLUME,
  /** Traded since the day's opening, units of the underlying. */
  VOLUME_DAY,
  /** Open interest by the documented roll-up rule (the largest), kept for people's SQL. */
  OI_SUM,
  /** Open interest, last known by time: the one in every answer. */
  OI_LAST,
  /** First price. */
  OPEN,
  /** Highest price. */
  HIGH,
  /** Lowest price. */
  LOW,
  /** Last price. */
  CLOSE,
  /** Last bid. */
  BID,
  /** Last ask. */
  ASK,
  /** A {@link GreeksSource}. */
  GREEKS_SOURCE,
  /** Code of the {@link Provenance} of the side. */
  PROVENANCE,
  /** Where the volume covers minutes without a bar: start of the first that it may be of. */
  VOLUME_SINCE,
  /** What the bar says of the quote: 0 withdrawn, 1 a bid, 2 an ask, 3 both; else unknown. */
  QUOTED;

  private static final SideColumn[] GREEKS = {DELTA_AVG, GAMMA_AVG, THETA_AVG, VEGA_AVG, RHO_AVG};

  /** The five Greeks. */
  public static SideColumn[] greeks() {
    return GREEKS.clone();
  }

  /** The column's name for a side, as in {@code call_oi_last}. */
  public String name(Side side) {
    return side.label() + "_" + name().toLowerCase(Locale.ROOT);
  }

  BarColumn column(Side side) {
    String name = name(side);
    return switch (this) {
      case IV_AVG -> BarColumn.mean(name, IV_COUNT.name(side));
      case DELTA_AVG, GAMMA_AVG, THETA_AVG, VEGA_AVG, RHO_AVG ->
          BarColumn.mean(name, GREEKS_COUNT.name(side));
      case IV_COUNT, GREEKS_COUNT, COUNT -> BarColumn.of(name, ColumnType.INTEGER, RollupRule.SUM);
      case IV_SOURCE ->
          BarColumn.code(name, Arrays.stream(IvSource.values()).map(IvSource::label).toList());
      case VOLUME -> BarColumn.of(name, ColumnType.FLOAT8, RollupRule.SUM);
      case VOLUME_DAY, OI_LAST, CLOSE, BID, ASK ->
          BarColumn.of(name, ColumnType.FLOAT8, RollupRule.LAST);
      case OI_SUM, HIGH -> BarColumn.of(name, ColumnType.FLOAT8, RollupRule.MAX);
      case LOW -> BarColumn.of(name, ColumnType.FLOAT8, RollupRule.MIN);
      case OPEN -> BarColumn.of(name, ColumnType.FLOAT8, RollupRule.FIRST);
      case GREEKS_SOURCE ->
          BarColumn.code(
              name, Arrays.stream(GreeksSource.values()).map(GreeksSource::label).toList());
      case PROVENANCE -> BarColumn.of(name, ColumnType.SMALLINT, RollupRule.MAX);
      case VOLUME_SINCE -> BarColumn.of(name, ColumnType.TIME, RollupRule.FIRST);
      case QUOTED -> BarColumn.of(name, ColumnType.SMALLINT, RollupRule.LAST);
    };
  }
}
