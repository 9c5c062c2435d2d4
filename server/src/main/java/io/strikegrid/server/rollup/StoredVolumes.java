package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.market.Side;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Day-cumulative volumes of an expiry's stored bars, to look up by contract and minute. */
final class StoredVolumes implements BarBuilder.VolumeBefore {

  private final Map<Side, Map<Double, NavigableMap<Long, Double>>> known =
      new EnumMap<>(Side.class);

  StoredVolumes(BarTable stored) {
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
  }

  @Override
  public double of(Side side, double strike, long minute) {
    NavigableMap<Long, Double> volumes = known.getOrDefault(side, Map.of()).get(strike);
    Map.Entry<Long, Double> last = volumes == null ? null : volumes.lowerEntry(minute);
    return last == null ? Double.NaN : last.getValue();
  }
}
