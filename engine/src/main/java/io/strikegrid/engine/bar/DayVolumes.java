package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;

/**
 * Derives each bar's volume from the day-cumulative figure, over one expiry's whole trading day.
 *
 * <p>{@code volume_day} becomes a running maximum: a decrease adds nothing until the earlier
 * maximum is passed. {@code volume} is its difference to the contract's previous bar. A contract's
 * first bar counts from zero where the symbol had been observed before it, or where the symbol's
 * own first minute is the session's opening; otherwise nobody knows how much of it belongs to that
 * minute, and the volume stays as it was given, or unknown. Where the contract had bars without a
 * figure before, it is unknown: whatever was given may have been replaced when those were not there
 * yet, and the bars must not depend on the order in which they came.
 */
public final class DayVolumes {

  private DayVolumes() {}

  /** What a contract had traded that day before the bars at hand. */
  @FunctionalInterface
  public interface Before {
    /** Day-cumulative volume; NaN where the contract had none. */
    double of(Side side, double strike);

    /** Whether the contract had been observed at all. */
    default boolean isObserved(Side side, double strike) {
      return !Double.isNaN(of(side, strike));
    }
  }

  /**
   * Sets volume and day-cumulative volume in place.
   *
   * @param bars all bars of the expiry and trading day
   * @param symbolFirst the first minute in which the symbol was observed that day, epoch seconds
   * @param open the session's opening, epoch seconds
   */
  public static void derive(BarTable bars, long symbolFirst, long open) {
    derive(bars, symbolFirst, open, (side, strike) -> Double.NaN);
  }

  /**
   * Sets volume and day-cumulative volume in place, where bars go on from earlier ones.
   *
   * @param bars the newest bars of the expiry and trading day
   * @param symbolFirst the first minute in which the symbol was observed that day, epoch seconds
   * @param open the session's opening, epoch seconds
   * @param earlier what the bars before them had come to
   */
  public static void derive(BarTable bars, long symbolFirst, long open, Before earlier) {
    for (Side side : Side.values()) {
      double before = Double.NaN;
      boolean isSeen = false;
      for (int row = 0; row < bars.rows(); row++) {
        if (row == 0 || bars.strike(row) != bars.strike(row - 1)) {
          before = earlier.of(side, bars.strike(row));
          isSeen = earlier.isObserved(side, bars.strike(row));
        }
        double reported = bars.get(row, side, SideColumn.VOLUME_DAY);
        if (Double.isNaN(reported)) {
          isSeen |= bars.isObserved(row, side);
          continue;
        }
        boolean first = Double.isNaN(before);
        double now = first ? reported : Math.max(before, reported);
        bars.set(row, side, SideColumn.VOLUME_DAY, now);
        if (!first) {
          bars.set(row, side, SideColumn.VOLUME, now - before);
        } else if (isSeen) {
          bars.set(row, side, SideColumn.VOLUME, Double.NaN);
        } else if (bars.bucket(row) > symbolFirst || symbolFirst == open) {
          bars.set(row, side, SideColumn.VOLUME, now);
        }
        before = now;
      }
    }
  }
}
