package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.BucketFold;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Engine;
import io.strikegrid.server.store.RefreshStore;
import io.strikegrid.server.store.RollupSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings the buckets up to date that a day's changes touch. Where minutes came after all others,
 * their writer knows the newest bucket and writes it; any other change makes its buckets anew from
 * the one-minute rows, as they are then. Where TimescaleDB keeps the aggregates it notes what they
 * have to refresh instead.
 */
final class Rollups {

  /** Up to this many changed rows it pays to look up their strikes one by one. */
  private static final int FEW_ROWS = 5_000;

  private final Connection connection;
  private final Engine engine;
  private final String symbol;
  private final Session session;
  private final TreeSet<LocalDate> expiries = new TreeSet<>();
  private final TreeSet<Double> strikes = new TreeSet<>();
  private final Map<Timeframe, Duration> durations = new EnumMap<>(Timeframe.class);
  private final Map<Timeframe, Map<LocalDate, BarTable>> rolled = new EnumMap<>(Timeframe.class);
  private long rows;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  Rollups(Connection connection, Engine engine, String symbol, Session session) {
    this.connection = connection;
    this.engine = engine;
    this.symbol = symbol;
    this.session = session;
  }

  /** The newest bucket of each timeframe in an expiry's one-minute bars. */
  static Map<Timeframe, BucketFold> folds(BarTable minutes) {
    long newest = Long.MIN_VALUE;
    for (int row = 0; row < minutes.rows(); row++) {
      newest = Math.max(newest, minutes.bucket(row));
    }
    Map<Timeframe, BucketFold> folds = new EnumMap<>(Timeframe.class);
    for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
      BarTable ofBucket = new BarTable();
      for (int row = 0; row < minutes.rows(); row++) {
        if (minutes.bucket(row) >= timeframe.floor(newest)) {
          ofBucket.addCopy(minutes, row);
        }
      }
      folds.put(timeframe, BucketFold.empty(timeframe).add(ofBucket).fold());
    }
    return folds;
  }

  /** Takes minutes that came after all others, and the rows of their buckets. */
  void add(LocalDate expiry, BarTable minutes, Map<Timeframe, BarTable> buckets) {
    for (int row = 0; row < minutes.rows(); row++) {
      include(minutes.bucket(row));
    }
    buckets.forEach((timeframe, bars) ->
        rolled.computeIfAbsent(timeframe, t -> new TreeMap<>()).put(expiry, bars));
  }

  /** Notes that rows changed. */
  void touch(LocalDate expiry, BarTable bars, int[] changed) {
    expiries.add(expiry);
    rows += changed.length;
    for (int row : changed) {
      strikes.add(bars.strike(row));
      include(bars.bucket(row));
    }
  }

  private void include(long minute) {
    first = Math.min(first, minute);
    last = Math.max(last, minute);
  }

  /** Writes what is known, and the buckets from the first touched minute to the last one. */
  void write() throws SQLException {
    if (engine == Engine.TIMESCALE) {
      RefreshStore.add(connection, symbol, session.day(), first, last);
      return;
    }
    if (!expiries.isEmpty()) {
      try (var settings = connection.createStatement()) {
        settings.execute("SET LOCAL work_mem = '256MB'");
      }
    }
    for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
      long started = System.nanoTime();
      Map<LocalDate, BarTable> known = rolled.getOrDefault(timeframe, Map.of());
      if (!known.isEmpty()) {
        BarStore.upsert(connection, timeframe, symbol, known);
      }
      if (!expiries.isEmpty()) {
        write(timeframe);
      }
      durations.put(timeframe, Duration.ofNanos(System.nanoTime() - started));
    }
  }

  private void write(Timeframe timeframe) throws SQLException {
    String sql =
        RollupSql.upsert(
            timeframe,
            "symbol = ? AND expiry = ANY (?)"
                + " AND bucket_time >= to_timestamp(?) AND bucket_time < to_timestamp(?)"
                + (rows <= FEW_ROWS ? " AND strike = ANY (?)" : ""));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, symbol);
      statement.setArray(2, connection.createArrayOf("date", expiries.toArray()));
      statement.setLong(3, timeframe.floor(first));
      statement.setLong(4, Math.min(session.close(), timeframe.floor(last) + timeframe.seconds()));
      if (rows <= FEW_ROWS) {
        statement.setArray(5, connection.createArrayOf("float8", strikes.toArray()));
      }
      statement.executeUpdate();
    }
  }

  /** How long each aggregate took; empty where nothing was touched, or all is left to a refresh. */
  Map<Timeframe, Duration> durations() {
    return durations;
  }
}
