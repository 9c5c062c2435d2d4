package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.day.ExpiryPlan;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Engine;
import io.strikegrid.server.store.RefreshStore;
import io.strikegrid.server.store.RollupSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the roll-ups that plans of a day's expiries have; where TimescaleDB keeps the aggregates
 * it notes what they have to refresh instead.
 */
final class Rollups {

  private final Connection connection;
  private final Engine engine;
  private final String symbol;
  private final Session session;
  private final Map<LocalDate, ExpiryPlan.Removed> removed = new TreeMap<>();
  private final Map<Timeframe, Map<LocalDate, BarTable>> buckets = new EnumMap<>(Timeframe.class);
  private final Map<Timeframe, Duration> durations = new EnumMap<>(Timeframe.class);
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  Rollups(Connection connection, Engine engine, String symbol, Session session) {
    this.connection = connection;
    this.engine = engine;
    this.symbol = symbol;
    this.session = session;
  }

  /** Takes what is planned of an expiry. */
  void add(ExpiryPlan plan) {
    removed.put(plan.expiry(), plan.removed());
    plan.buckets()
        .forEach((timeframe, bars) ->
            buckets.computeIfAbsent(timeframe, t -> new TreeMap<>()).put(plan.expiry(), bars));
    BarTable rows = plan.rows();
    for (int row = 0; row < rows.rows(); row++) {
      include(rows.bucket(row));
    }
    plan.removed().of(Timeframe.MIN1).forEach(key -> include(key.bucket()));
  }

  private void include(long minute) {
    first = Math.min(first, minute);
    last = Math.max(last, minute);
  }

  /** Writes all of them. */
  void write() throws SQLException {
    if (first > last) {
      return;
    }
    if (engine == Engine.TIMESCALE) {
      RefreshStore.add(connection, symbol, session.day(), first, last);
      return;
    }
    for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
      long started = System.nanoTime();
      for (Map.Entry<LocalDate, ExpiryPlan.Removed> of : removed.entrySet()) {
        BarStore.remove(connection, timeframe, symbol, of.getKey(), of.getValue().of(timeframe));
      }
      BarStore.upsert(connection, timeframe, symbol, buckets.getOrDefault(timeframe, Map.of()));
      durations.put(timeframe, Duration.ofNanos(System.nanoTime() - started));
    }
  }

  /** How long each aggregate took; empty where nothing was touched, or all is left to a refresh. */
  Map<Timeframe, Duration> durations() {
    return durations;
  }
}
