package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.server.rollup.ObservedDay;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bars of one request that are of one symbol and trading day, and which rows of the store its
 * commit changed. One thread.
 */
final class BarsDay extends ObservedDay {

  private static final int MINUTE = 60;

  private final Set<Row> changed = new HashSet<>();

  private record Row(LocalDate expiry, double strike, long minute) {

    static Row of(LocalDate expiry, Observation bar) {
      return new Row(expiry, bar.strike(), Math.floorDiv(bar.time(), MINUTE) * MINUTE);
    }
  }

  BarsDay(Map<LocalDate, List<Observation>> bars, long close) {
    super(bars, true, close);
  }

  @Override
  public void changes(LocalDate expiry, BarTable rows) {
    for (int row = 0; row < rows.rows(); row++) {
      changed.add(new Row(expiry, rows.strike(row), rows.bucket(row)));
    }
  }

  /** Whether the row of a bar was added or changed. */
  boolean isChanged(LocalDate expiry, Observation bar) {
    return changed.contains(Row.of(expiry, bar));
  }

  /** Rows that were changed although no bar came for them, since bars before them changed. */
  int rederived(Map<LocalDate, List<Observation>> bars) {
    Set<Row> others = new HashSet<>(changed);
    bars.forEach((expiry, ofExpiry) -> ofExpiry.forEach(bar -> others.remove(Row.of(expiry, bar))));
    return others.size();
  }
}
