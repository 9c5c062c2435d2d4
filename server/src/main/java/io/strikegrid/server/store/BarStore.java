package io.strikegrid.server.store;

import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.day.ExpiryPlan;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** One-minute strike bars and the newest of each strike, in and out of their tables. */
public final class BarStore {

  /** The table of one-minute bars. */
  public static final String TABLE = "fo_option_strike_bars";

  /**
   * Most days that one request may open: each costs tables, files and locks, which bars by the
   * thousand do not.
   */
  public static final int MOST_NEW_DAYS = 10;

  static final List<String> KEY = List.of("symbol", "expiry", "strike", "bucket_time");
  static final List<String> COLUMNS = columns();
  private static final Map<Timeframe, BulkTable> BARS = bars();
  private static final BulkTable LATEST = latest();

  private BarStore() {}

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("bucket_time", "symbol", "expiry", "strike"));
    BarColumns.inMemory().forEach(c -> columns.add(c.name()));
    return List.copyOf(columns);
  }

  private static Map<Timeframe, BulkTable> bars() {
    Map<Timeframe, BulkTable> tables = new EnumMap<>(Timeframe.class);
    for (Timeframe timeframe : Timeframe.values()) {
      BulkTable table = BulkTable.replacing(table(timeframe), COLUMNS, KEY);
      tables.put(
          timeframe,
          new BulkTable(
              table.name(),
              COLUMNS,
              KEY,
              timeframe == Timeframe.MIN1 ? table.condition() : "true",
              table.sets() + ", updated_at = now()"));
    }
    return tables;
  }

  private static BulkTable bulk(Timeframe timeframe) {
    return Objects.requireNonNull(BARS.get(timeframe));
  }

  private static BulkTable latest() {
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.add("created_at");
    columns.add("updated_at");
    List<String> others =
        columns.stream().filter(c -> !List.of("symbol", "expiry", "strike").contains(c)).toList();
    List<String> compared = others.stream().filter(c -> !c.endsWith("ed_at")).toList();
    return new BulkTable(
        "fo_latest_snapshot",
        columns,
        List.of("symbol", "expiry", "strike"),
        "excluded.bucket_time >= t.bucket_time AND " + BulkTable.differs(compared),
        BulkTable.sets(others, c -> c.equals("created_at") ? "t.created_at" : "excluded." + c));
  }

  /**
   * Makes the partition of a session's day where it is missing; in a transaction of its own.
   * TimescaleDB makes its chunks by itself.
   */
  public static void ensurePartition(Database database, Session session) {
    database.partitions().ensure(database, session);
  }

  /**
   * How many UTC days of sessions have no partition, or chunk, yet; one request may open at most
   * {@link #MOST_NEW_DAYS} of them.
   */
  public static int newDays(Database database, Collection<Session> sessions) {
    return database.partitions().missing(database, sessions);
  }

  /**
   * Lets a transaction correct as many rows as it has to, compressed ones too: TimescaleDB has a
   * bound for that, which the rows of a day are above.
   */
  public static void allowCorrections(Connection connection, Engine engine) throws SQLException {
    if (engine == Engine.TIMESCALE) {
      Database.execute(
          connection, "SET LOCAL timescaledb.max_tuples_decompressed_per_dml_transaction = 0");
    }
  }

  /** Strikes of an expiry that have bars in a session, ascending. */
  public static double[] strikes(
      Connection connection, String symbol, LocalDate expiry, Session session) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT DISTINCT strike FROM "
                + TABLE
                + " WHERE symbol = ? AND expiry = ? AND bucket_time >= to_timestamp(?)"
                + " AND bucket_time < to_timestamp(?) ORDER BY strike")) {
      statement.setString(1, symbol);
      statement.setObject(2, expiry);
      statement.setLong(3, session.open());
      statement.setLong(4, session.close());
      DoubleStream.Builder strikes = DoubleStream.builder();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          strikes.add(rows.getDouble(1));
        }
      }
      return strikes.build().toArray();
    }
  }

  /** The strike table of a timeframe. */
  public static String table(Timeframe timeframe) {
    return timeframe == Timeframe.MIN1 ? TABLE : TABLE + "_" + timeframe.label();
  }

  /** Reads the bars of an expiry in a session, in order of strike and time. */
  public static BarTable read(
      Connection connection, Timeframe timeframe, String symbol, LocalDate expiry, Session session)
      throws SQLException {
    return read(connection, table(timeframe), symbol, expiry, session);
  }

  static BarTable read(
      Connection connection, String table, String symbol, LocalDate expiry, Session session)
      throws SQLException {
    String sql =
        "COPY (SELECT %s FROM %s WHERE symbol = %s AND expiry = '%s' AND bucket_time >= to_timestamp(%d) AND bucket_time < to_timestamp(%d) ORDER BY strike, bucket_time) TO STDOUT (FORMAT binary)"
            .formatted(
                Database.list(COLUMNS),
                table,
                Database.literal(symbol),
                expiry,
                session.open(),
                session.close());
    BarTable bars = new BarTable();
    BinaryRow.forEach(
        Database.copy(connection).copyOut(sql),
        row -> {
          long bucket = row.time();
          row.skip();
          row.skip();
          int at = bars.add(row.number(), bucket);
          for (int i = 0; i < BarColumns.COUNT; i++) {
            bars.set(at, i, row.value(BarColumns.inMemory().get(i)));
          }
        });
    return bars;
  }

  /**
   * Writes all rows, by expiry, of a timeframe's table, whether the store has them or not. Of
   * roll-ups all are taken for changed: that of one of their minutes was.
   */
  public static void upsert(
      Connection connection, Timeframe timeframe, String symbol, Map<LocalDate, BarTable> bars)
      throws SQLException {
    bulk(timeframe).upsert(connection, copy -> putAll(copy, symbol, bars));
  }

  /** Writes one-minute rows, by expiry, of which the store certainly has none. */
  public static void insert(Connection connection, String symbol, Map<LocalDate, BarTable> bars)
      throws SQLException {
    bulk(Timeframe.MIN1).insert(connection, copy -> putAll(copy, symbol, bars));
  }

  /** Deletes rows of an expiry by their keys, and those of them that are the newest of a strike. */
  public static void remove(
      Connection connection,
      Timeframe timeframe,
      String symbol,
      LocalDate expiry,
      List<ExpiryPlan.Key> keys)
      throws SQLException {
    remove(connection, table(timeframe), symbol, expiry, keys);
    if (timeframe == Timeframe.MIN1) {
      remove(connection, LATEST.name(), symbol, expiry, keys);
    }
  }

  private static void remove(
      Connection connection,
      String table,
      String symbol,
      LocalDate expiry,
      List<ExpiryPlan.Key> keys)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM "
                + table
                + " WHERE symbol = ? AND expiry = ? AND strike = ? AND bucket_time ="
                + " to_timestamp(?)")) {
      for (ExpiryPlan.Key key : keys) {
        statement.setString(1, symbol);
        statement.setObject(2, expiry);
        statement.setDouble(3, key.strike());
        statement.setLong(4, key.bucket());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void putAll(CopyRows copy, String symbol, Map<LocalDate, BarTable> bars)
      throws SQLException {
    for (Map.Entry<LocalDate, BarTable> rows : bars.entrySet()) {
      for (int row = 0; row < rows.getValue().rows(); row++) {
        put(copy.row(COLUMNS.size()), symbol, rows.getKey(), rows.getValue(), row);
      }
    }
  }

  /** Makes rows, by expiry, the newest of their strikes, unless a newer one is there. */
  public static void writeLatest(
      Connection connection, String symbol, Map<LocalDate, BarTable> newest, long now)
      throws SQLException {
    LATEST.upsert(
        connection,
        copy -> {
          for (Map.Entry<LocalDate, BarTable> rows : newest.entrySet()) {
            for (int row = 0; row < rows.getValue().rows(); row++) {
              put(copy.row(COLUMNS.size() + 2), symbol, rows.getKey(), rows.getValue(), row)
                  .time(now)
                  .time(now);
            }
          }
        });
  }

  static CopyRows put(CopyRows copy, String symbol, LocalDate expiry, BarTable bars, int row)
      throws SQLException {
    copy.time(bars.bucket(row)).text(symbol).date(expiry).float8(bars.strike(row));
    List<BarColumn> columns = BarColumns.inMemory();
    for (int i = 0; i < BarColumns.COUNT; i++) {
      BarColumn column = columns.get(i);
      double value = bars.get(row, i);
      switch (column.type()) {
        case FLOAT8 -> copy.float8(value);
        case INTEGER -> copy.int4(value);
        case SMALLINT -> copy.int2(value);
        case CODE -> {
          if (Double.isNaN(value)) {
            copy.nothing();
          } else {
            copy.text(column.codes().get((int) value));
          }
        }
        case TIME -> copy.time(value);
        case TIMESTAMP -> throw new IllegalStateException(column.name());
      }
    }
    return copy;
  }
}
