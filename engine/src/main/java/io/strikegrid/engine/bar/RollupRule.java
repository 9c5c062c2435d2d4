package io.strikegrid.engine.bar;

/**
 * How a column's one-minute values become the value of a longer bucket. Unknown values never count.
 */
public enum RollupRule {
  /** Mean of the known values. */
  AVG,
  /** Mean of the known values, each weighted by the column's count. */
  MEAN_BY_COUNT,
  /** Sum of the known values; unknown where none is known. */
  SUM,
  /** Smallest known value. */
  MIN,
  /** Largest known value. */
  MAX,
  /** Earliest known value by time. */
  FIRST,
  /** Latest known value by time. */
  LAST
}
