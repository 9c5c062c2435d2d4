package io.strikegrid.server.store;

import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Puts a hypertable and continuous aggregates in the place of the tables that the migrations make.
 * Everything else of the schema is the same for both engines. In a transaction that somebody else
 * commits, on a store that has no bars yet.
 */
final class TimescaleSchema {

  private static final String BARS = BarStore.TABLE;
  private static final String STATUS = "strikegrid.aggregate_status";

  private TimescaleSchema() {}

  static void create(Connection connection) throws SQLException {
    String status = definition(connection, STATUS);
    Database.execute(connection, "DROP VIEW " + STATUS);
    createHypertable(connection);
    for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
      Database.execute(connection, "DROP TABLE " + BarStore.table(timeframe));
      createAggregate(connection, timeframe);
    }
    Database.execute(connection, "CREATE VIEW " + STATUS + " AS " + status);
  }

  /**
   * Defines the aggregates again where an older version made them without some column, and notes
   * that all of them have to be refreshed. One-minute rows are there as long as they are.
   */
  static void renew(Connection connection) throws SQLException {
    if (hasAllColumns(connection)) {
      return;
    }
    String status = definition(connection, STATUS);
    Database.execute(connection, "DROP VIEW " + STATUS);
    for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
      Database.execute(connection, "DROP MATERIALIZED VIEW " + BarStore.table(timeframe));
      createAggregate(connection, timeframe);
      Database.execute(
          connection,
          "INSERT INTO strikegrid.awaiting_refresh"
              + " (aggregate, symbol, trading_day, first_minute, last_minute)"
              + " SELECT '"
              + BarStore.table(timeframe)
              + "', g.symbol, g.trading_day, min(m.bucket_time), max(m.bucket_time)"
              + " FROM strikegrid.generation g JOIN fo_expiry_metrics m ON m.symbol = g.symbol"
              + " AND m.bucket_time >= g.trading_day - interval '1 day'"
              + " AND m.bucket_time < g.trading_day + interval '2 days'"
              + " WHERE g.has_bars GROUP BY g.symbol, g.trading_day");
    }
    Database.execute(connection, "CREATE VIEW " + STATUS + " AS " + status);
    Database.execute(connection, "UPDATE strikegrid.generation SET rolled = rolled + 1");
  }

  private static boolean hasAllColumns(Connection connection) throws SQLException {
    String sql =
        "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public'"
            + " AND table_name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
        statement.setString(1, BarStore.table(timeframe));
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          if (rows.getInt(1) < RollupSql.columns().size()) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static String definition(Connection connection, String view) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_get_viewdef(?::regclass)")) {
      statement.setString(1, view);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  /**
   * A refresh looks for the rows of a bucket, of all symbols: that is what the third index is for.
   */
  private static void createHypertable(Connection connection) throws SQLException {
    for (String sql :
        List.of(
            "CREATE TABLE hypertable_of_bars (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS"
                + " INCLUDING COMMENTS)",
            "DROP TABLE %s",
            "ALTER TABLE hypertable_of_bars RENAME TO %s",
            "SELECT create_hypertable('%s', by_range('bucket_time', interval '1 day'),"
                + " create_default_indexes => false)",
            "CREATE UNIQUE INDEX %1$s_strike ON %1$s (symbol, expiry, strike, bucket_time DESC)",
            "CREATE INDEX %1$s_moneyness ON %1$s (symbol, expiry, moneyness, bucket_time DESC)",
            "CREATE INDEX %1$s_time ON %1$s (bucket_time DESC)",
            "ALTER TABLE %s SET (timescaledb.compress, timescaledb.compress_segmentby = 'symbol,"
                + " expiry, strike', timescaledb.compress_orderby = 'bucket_time')")) {
      Database.execute(connection, sql.formatted(BARS));
    }
  }

  private static void createAggregate(Connection connection, Timeframe timeframe)
      throws SQLException {
    String name = BarStore.table(timeframe);
    Database.execute(
        connection,
        "CREATE MATERIALIZED VIEW "
            + name
            + " WITH (timescaledb.continuous, timescaledb.materialized_only = true,"
            + " timescaledb.create_group_indexes = false) AS "
            + RollupSql.continuous(timeframe)
            + " WITH NO DATA");
    Database.execute(
        connection,
        "CREATE INDEX %1$s_strike ON %1$s (symbol, expiry, strike, bucket_time DESC)"
            .formatted(name));
    Database.execute(
        connection,
        "CREATE INDEX %1$s_moneyness ON %1$s (symbol, expiry, moneyness, bucket_time DESC)"
            .formatted(name));
    Net net = Net.of(timeframe);
    Database.execute(
        connection,
        "SELECT add_continuous_aggregate_policy('%s', start_offset => interval '%s', end_offset => interval '0', schedule_interval => interval '%s')"
            .formatted(name, net.over, net.every));
  }

  /** TimescaleDB's own refreshes, a net under ours. */
  private record Net(String over, String every) {
    static Net of(Timeframe timeframe) {
      return timeframe == Timeframe.MIN5
          ? new Net("2 hours", "1 minute")
          : new Net("6 hours", "5 minutes");
    }
  }
}
