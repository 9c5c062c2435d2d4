package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.market.Side;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A side of a bar that is a dropout: its cumulative volume is 0 though the store knew more of it
 * before, on the same day. It tells nothing, and is held back.
 *
 * @param bucket start of the minute, epoch seconds UTC
 */
public record HeldBack(LocalDate expiry, double strike, Side side, long bucket) {

  /** What the store knows of a contract before a minute. */
  @FunctionalInterface
  interface Before {
    /** Day-cumulative volume; NaN where there is none. */
    double of(Side side, double strike, long bucket);
  }

  /** The bars without their dropouts, which go to the list. */
  static BarTable without(BarTable bars, LocalDate expiry, Before before, List<HeldBack> held) {
    BarTable kept = new BarTable();
    for (int row = 0; row < bars.rows(); row++) {
      boolean[] drops = new boolean[Side.values().length];
      boolean any = false;
      boolean all = true;
      for (Side side : Side.values()) {
        boolean drop =
            bars.get(row, side, SideColumn.VOLUME_DAY) == 0
                && before.of(side, bars.strike(row), bars.bucket(row)) > 0;
        drops[side.ordinal()] = drop;
        any |= drop;
        all &= drop || !bars.isObserved(row, side);
        if (drop) {
          held.add(new HeldBack(expiry, bars.strike(row), side, bars.bucket(row)));
        }
      }
      if (!any || !all) {
        int at = kept.addCopy(bars, row);
        for (Side side : Side.values()) {
          if (drops[side.ordinal()]) {
            clear(kept, at, side);
          }
        }
      }
    }
    return kept;
  }

  private static void clear(BarTable bars, int row, Side side) {
    for (SideColumn column : SideColumn.values()) {
      bars.set(row, side, column, Double.NaN);
    }
    bars.set(row, side, SideColumn.COUNT, 0);
    bars.set(row, side, SideColumn.IV_COUNT, 0);
    bars.set(row, side, SideColumn.GREEKS_COUNT, 0);
  }

  /** Looks the volume up in what is stored of the day. */
  static Before in(BarTable stored) {
    Map<Side, Map<Double, NavigableMap<Long, Double>>> known = new HashMap<>();
    for (Side side : Side.values()) {
      Map<Double, NavigableMap<Long, Double>> ofSide = new HashMap<>();
      for (int row = 0; row < stored.rows(); row++) {
        double volume = stored.get(row, side, SideColumn.VOLUME_DAY);
        if (!Double.isNaN(volume)) {
          ofSide
              .computeIfAbsent(stored.strike(row), k -> new TreeMap<>())
              .put(stored.bucket(row), volume);
        }
      }
      known.put(side, ofSide);
    }
    return (side, strike, bucket) -> {
      NavigableMap<Long, Double> volumes =
          known.getOrDefault(side, Map.of()).getOrDefault(strike, new TreeMap<>());
      Map.Entry<Long, Double> last = volumes.lowerEntry(bucket);
      return last == null ? Double.NaN : last.getValue();
    };
  }
}
