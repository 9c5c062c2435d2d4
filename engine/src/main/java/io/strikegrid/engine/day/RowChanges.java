package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which rows of an expiry are new, other than before, or gone; noted minute by minute. */
final class RowChanges {

  private static final BarTable NO_BARS = new BarTable(0);

  private final BarTable incoming;
  private final TreeMap<Long, BarTable> after = new TreeMap<>();
  private final TreeMap<Long, BarTable> changed = new TreeMap<>();
  private final List<ExpiryPlan.Key> removed = new ArrayList<>();
  private final List<ExpiryPlan.Reported> reported = new ArrayList<>();
  private int came;

  /**
   * Nothing is noted yet.
   *
   * @param incoming bars as they came
   */
  RowChanges(BarTable incoming) {
    this.incoming = incoming;
  }

  /** Notes a minute as it is now and as it is stored; the same table where nothing changed. */
  void note(long minute, BarTable ours, BarTable stored) {
    if (ours == stored) {
      return;
    }
    int removedBefore = removed.size();
    for (int row = 0; row < stored.rows(); row++) {
      if (ours.indexOf(stored.strike(row), minute) < 0) {
        removed.add(new ExpiryPlan.Key(stored.strike(row), minute));
        noteReported(NO_BARS, -1, stored, row);
      }
    }
    BarTable differing = new BarTable(ours.rows());
    for (int row = 0; row < ours.rows(); row++) {
      int at = stored.indexOf(ours.strike(row), minute);
      if (at < 0 || !ours.sameValues(row, stored, at)) {
        differing.addCopy(ours, row);
        noteReported(ours, row, stored, at);
        came += incoming.indexOf(ours.strike(row), minute) >= 0 ? 1 : 0;
      }
    }
    if (differing.rows() > 0 || removed.size() > removedBefore) {
      after.put(minute, ours);
      changed.put(minute, differing);
    }
  }

  /** Notes what is to be kept or forgotten of reported volumes: of a row now, and as it was. */
  private void noteReported(BarTable ours, int row, BarTable stored, int storedRow) {
    BarTable known = row >= 0 ? ours : stored;
    for (Side side : Side.values()) {
      double now = row < 0 ? Double.NaN : ours.raisedFrom(row, side);
      double then = storedRow < 0 ? Double.NaN : stored.raisedFrom(storedRow, side);
      if (Double.compare(now, then) != 0) {
        int of = row >= 0 ? row : storedRow;
        reported.add(
            new ExpiryPlan.Reported(
                new ExpiryPlan.Contract(known.strike(of), side), known.bucket(of), now));
      }
    }
  }

  /** All rows that are new or other than before, in order of strike, then time. */
  BarTable rows() {
    return DayBars.table(changed.values());
  }

  /** Those of a minute; null where none is. */
  @Nullable BarTable of(long minute) {
    return changed.get(minute);
  }

  /** How many of them something came for. */
  int came() {
    return came;
  }

  /** Minutes with a change, whole as they are now; empty where nothing is left of one. */
  Map<Long, BarTable> after() {
    return after;
  }

  /** Whether nothing is left of a minute. */
  boolean isGone(long minute) {
    BarTable now = after.get(minute);
    return now != null && now.rows() == 0;
  }

  List<ExpiryPlan.Key> removed() {
    return removed;
  }

  List<ExpiryPlan.Reported> reported() {
    return reported;
  }

  /** Of each bucket that has a changed row, or one less, the strikes of those. */
  TreeMap<Long, Set<Double>> strikes(Timeframe timeframe) {
    TreeMap<Long, Set<Double>> strikes = new TreeMap<>();
    changed.forEach((minute, rows) -> {
      Set<Double> of = strikes.computeIfAbsent(timeframe.floor(minute), b -> new HashSet<>());
      for (int row = 0; row < rows.rows(); row++) {
        of.add(rows.strike(row));
      }
    });
    for (ExpiryPlan.Key key : removed) {
      strikes
          .computeIfAbsent(timeframe.floor(key.bucket()), b -> new HashSet<>())
          .add(key.strike());
    }
    return strikes;
  }
}
