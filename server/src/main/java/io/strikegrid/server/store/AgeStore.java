package io.strikegrid.server.store;

import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What is done to old trading days: compressing their one-minute bars, and dropping them. */
public final class AgeStore {

  private static final int PARTIAL = 8;

  private AgeStore() {}

  /**
   * Chunks of one-minute bars that end by a day and are not compressed, or were corrected since;
   * none where TimescaleDB does not keep them.
   */
  public static List<String> uncompressed(Database database, LocalDate until) {
    if (database.engine() != Engine.TIMESCALE) {
      return List.of();
    }
    return database
        .jdbi()
        .withHandle(h ->
            h.select(
                    "SELECT format('%I.%I', c.chunk_schema, c.chunk_name)"
                        + " FROM timescaledb_information.chunks c"
                        + " JOIN _timescaledb_catalog.chunk s ON s.schema_name = c.chunk_schema"
                        + " AND s.table_name = c.chunk_name"
                        + " WHERE c.hypertable_schema = 'public' AND c.hypertable_name = ?"
                        + " AND c.range_end <= ?::timestamp AT TIME ZONE 'UTC'"
                        + " AND (NOT c.is_compressed OR s.status & ? <> 0) ORDER BY c.range_start",
                    BarStore.TABLE, until, PARTIAL)
                .mapTo(String.class)
                .list());
  }

  /** Compresses a chunk, or what was corrected of one. */
  public static void compress(Database database, String chunk) throws SQLException {
    try (Connection connection = database.connection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT compress_chunk(?::regclass, if_not_compressed => true)")) {
      statement.setString(1, chunk);
      statement.execute();
    }
  }

  /** Days with strike bars before a day, oldest first. */
  public static List<GenerationStore.Row> daysBefore(Database database, LocalDate day) {
    return database.read(GenerationStore::all).stream()
        .filter(row -> row.hasBars() && row.day().isBefore(day))
        .sorted((a, b) -> a.day().compareTo(b.day()))
        .toList();
  }

  /**
   * Takes a day out of what is asked for, with its metrics, newest rows, figures and contracts, in
   * one transaction that somebody else commits, which has the symbol's lock. Its bars are dropped
   * after it, by {@link #dropBars}.
   *
   * @return the day as it is then
   */
  public static GenerationStore.Row forget(Connection connection, GenerationStore.Row day)
      throws SQLException {
    for (String table :
        List.of("strikegrid.day_expiry", "strikegrid.observation", "fo_contract_day")) {
      execute(
          connection,
          "DELETE FROM " + table + " WHERE symbol = ? AND trading_day = ?",
          day.symbol(),
          day.day());
    }
    execute(
        connection,
        "DELETE FROM strikegrid.awaiting_refresh WHERE symbol = ? AND trading_day = ?",
        day.symbol(),
        day.day());
    return GenerationStore.forgetBars(connection, day.symbol(), day.day());
  }

  /** Drops all rows that lie wholly before the start of a UTC day. */
  public static void dropBars(Database database, LocalDate day) throws SQLException {
    for (Timeframe timeframe : Timeframe.values()) {
      database.write(connection -> {
        execute(
            connection,
            "DELETE FROM "
                + MetricsStore.table(timeframe)
                + " WHERE bucket_time < ?::timestamp AT TIME ZONE 'UTC'",
            day);
        return dropBars(connection, database.engine(), timeframe, day);
      });
    }
    database.write(connection -> {
      execute(
          connection,
          "DELETE FROM fo_latest_snapshot WHERE bucket_time < ?::timestamp AT TIME ZONE 'UTC'",
          day);
      return true;
    });
  }

  private static boolean dropBars(
      Connection connection, Engine engine, Timeframe timeframe, LocalDate day)
      throws SQLException {
    String table = BarStore.table(timeframe);
    if (engine == Engine.TIMESCALE) {
      execute(
          connection,
          "SELECT drop_chunks(?::regclass, older_than => ?::timestamp AT TIME ZONE 'UTC')",
          table,
          day);
    } else if (timeframe == Timeframe.MIN1) {
      for (String partition : partitionsBefore(connection, day)) {
        execute(connection, "DROP TABLE " + partition);
      }
    } else {
      execute(
          connection,
          "DELETE FROM " + table + " WHERE bucket_time < ?::timestamp AT TIME ZONE 'UTC'",
          day);
    }
    return true;
  }

  private static List<String> partitionsBefore(Connection connection, LocalDate day)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = ?::regclass")) {
      statement.setString(1, BarStore.TABLE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (BarStore.partitionDay(rows.getString(1)).isBefore(day)) {
            found.add(rows.getString(1));
          }
        }
      }
    }
    return found;
  }

  private static void execute(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
