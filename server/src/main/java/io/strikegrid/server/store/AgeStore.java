package io.strikegrid.server.store;

import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** What is done to old trading days: compressing their one-minute bars, and dropping them. */
public final class AgeStore {

  private static final int PARTIAL = 8;
  private static final int LOCK_WAIT_MILLIS = 300;
  private static final int DROP_ATTEMPTS = 30;
  private static final String LOCK_NOT_HAD = "55P03";

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
   * Takes a day out of what is asked for, with its figures and contracts, in one transaction that
   * somebody else commits, which has the symbol's lock. Its bars are dropped after it, by {@link
   * #dropBars}; until they are, it stays noted which expiries have some, so that whoever writes the
   * day meanwhile looks at them.
   *
   * @return the day as it is then
   */
  public static GenerationStore.Row forget(Connection connection, GenerationStore.Row day)
      throws SQLException {
    for (String table :
        List.of("strikegrid.observation", "strikegrid.awaiting_refresh", "fo_contract_day")) {
      execute(
          connection,
          "DELETE FROM " + table + " WHERE symbol = ? AND trading_day = ?",
          day.symbol(),
          day.day());
    }
    return GenerationStore.forgetBars(connection, day.symbol(), day.day());
  }

  /** Drops all rows that lie wholly before the start of a UTC day. */
  public static void dropBars(Database database, LocalDate day) throws SQLException {
    for (Timeframe timeframe : Timeframe.values()) {
      database.makeRoom(connection -> {
        execute(
            connection,
            "DELETE FROM "
                + MetricsStore.table(timeframe)
                + " WHERE bucket_time < ?::timestamp AT TIME ZONE 'UTC'",
            day);
        return true;
      });
      dropBars(database, timeframe, day);
    }
    database.makeRoom(connection -> {
      for (String of :
          List.of(
              "fo_latest_snapshot WHERE bucket_time",
              UnderLiveStore.TABLE + " WHERE bucket_time",
              "strikegrid.reported_volume WHERE minute")) {
        execute(connection, "DELETE FROM " + of + " < ?::timestamp AT TIME ZONE 'UTC'", day);
      }
      // a session can end on the UTC day after its own
      execute(
          connection,
          "DELETE FROM strikegrid.day_expiry e WHERE trading_day < ? AND NOT EXISTS (SELECT FROM"
              + " strikegrid.generation g WHERE g.symbol = e.symbol"
              + " AND g.trading_day = e.trading_day AND g.has_bars)",
          day.minusDays(1));
      return true;
    });
  }

  private static void dropBars(Database database, Timeframe timeframe, LocalDate day) {
    String table = BarStore.table(timeframe);
    if (database.engine() == Engine.TIMESCALE) {
      database.makeRoom(connection -> {
        execute(
            connection,
            "SELECT drop_chunks(?::regclass, older_than => ?::timestamp AT TIME ZONE 'UTC')",
            table,
            day);
        return true;
      });
    } else if (timeframe == Timeframe.MIN1) {
      for (String partition : database.read(c -> Partitions.before(c, day))) {
        drop(database, partition);
      }
    } else {
      database.makeRoom(connection -> {
        execute(
            connection,
            "DELETE FROM " + table + " WHERE bucket_time < ?::timestamp AT TIME ZONE 'UTC'",
            day);
        return true;
      });
    }
  }

  /**
   * Drops one partition. While it waits for those who read or write bars, all others wait behind
   * it; so it waits for a moment only, and tries again.
   */
  private static void drop(Database database, String partition) {
    for (int attempt = 1; ; attempt++) {
      try {
        database.partitions().forget();
        database.makeRoom(connection -> {
          execute(connection, "SET LOCAL lock_timeout = " + LOCK_WAIT_MILLIS);
          execute(connection, "DROP TABLE IF EXISTS " + partition);
          return true;
        });
        database.partitions().forget();
        return;
      } catch (StoreException e) {
        if (attempt == DROP_ATTEMPTS || !isBusy(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isBusy(StoreException e) {
    return e.getCause() instanceof SQLException cause && LOCK_NOT_HAD.equals(cause.getSQLState());
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
