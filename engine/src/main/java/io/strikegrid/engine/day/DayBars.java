package io.strikegrid.engine.day;

import io.strikegrid.engine.bar.BarTable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one-minute bars of one (symbol, expiry, trading day), each minute a table of its own, in
 * order of strike. Immutable, as long as nobody changes a table: a changed day shares what stays
 * the same.
 */
public final class DayBars {

  /** No bar at all. */
  public static final DayBars NONE = new DayBars(new TreeMap<>());

  private final TreeMap<Long, BarTable> minutes;

  private DayBars(TreeMap<Long, BarTable> minutes) {
    this.minutes = minutes;
  }

  /** The bars of a table, in order of strike, then time. */
  public static DayBars of(BarTable bars) {
    Map<Long, Integer> rows = new HashMap<>();
    for (int row = 0; row < bars.rows(); row++) {
      rows.merge(bars.bucket(row), 1, Integer::sum);
    }
    TreeMap<Long, BarTable> minutes = new TreeMap<>();
    rows.forEach((minute, count) -> minutes.put(minute, new BarTable(count)));
    for (int row = 0; row < bars.rows(); row++) {
      BarTable minute = minutes.get(bars.bucket(row));
      if (minute != null) {
        minute.addCopy(bars, row);
      }
    }
    return new DayBars(minutes);
  }

  /** The day with other tables for some minutes, or more of them; without those that are empty. */
  DayBars with(Map<Long, BarTable> changed) {
    TreeMap<Long, BarTable> all = new TreeMap<>(minutes);
    all.putAll(changed);
    changed.forEach((minute, bars) -> {
      if (bars.rows() == 0) {
        all.remove(minute);
      }
    });
    return new DayBars(all);
  }

  /** By start of the minute, epoch seconds UTC. */
  NavigableMap<Long, BarTable> minutes() {
    return minutes;
  }

  /** The bars of a minute; null where it has none. */
  @Nullable BarTable at(long minute) {
    return minutes.get(minute);
  }

  boolean isEmpty() {
    return minutes.isEmpty();
  }

  /** Bytes that they take, about. */
  long bytes() {
    long rows = 0;
    for (BarTable minute : minutes.values()) {
      rows += minute.rows();
    }
    return rows * BarTable.bytesOfRow() + 200L * minutes.size();
  }

  /** The rows of tables of different minutes as one table, in order of strike, then time. */
  static BarTable table(Collection<BarTable> minutes) {
    int rows = 0;
    for (BarTable minute : minutes) {
      rows += minute.rows();
    }
    BarTable all = new BarTable(rows);
    BarTable[] tables = minutes.toArray(BarTable[]::new);
    Arrays.sort(tables, (a, b) -> Long.compare(first(a), first(b)));
    int[] next = new int[tables.length];
    while (all.rows() < rows) {
      double lowest = Double.POSITIVE_INFINITY;
      for (int t = 0; t < tables.length; t++) {
        if (next[t] < tables[t].rows()) {
          lowest = Math.min(lowest, tables[t].strike(next[t]));
        }
      }
      for (int t = 0; t < tables.length; t++) {
        if (next[t] < tables[t].rows() && tables[t].strike(next[t]) == lowest) {
          all.addCopy(tables[t], next[t]++);
        }
      }
    }
    return all;
  }

  private static long first(BarTable minute) {
    return minute.rows() == 0 ? Long.MAX_VALUE : minute.bucket(0);
  }
}
