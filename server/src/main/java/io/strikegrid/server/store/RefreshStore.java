package io.strikegrid.server.store;

import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the aggregates of a store with TimescaleDB have yet to take over, and how refreshes went on
 * any store.
 */
public final class RefreshStore {

  private RefreshStore() {}

  /**
   * Minutes that changed, whose buckets await a refresh.
   *
   * @param symbol canonical symbol
   * @param day trading day
   * @param first start of the first changed minute, epoch seconds UTC
   * @param last start of the last one
   */
  public record Awaiting(long id, String symbol, LocalDate day, long first, long last) {}

  /** Notes in the writer's transaction that the buckets of minutes await a refresh. */
  public static void add(Connection connection, String symbol, LocalDate day, long first, long last)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO strikegrid.awaiting_refresh (aggregate, symbol, trading_day, first_minute,"
                + " last_minute) SELECT aggregate, ?, ?, to_timestamp(?), to_timestamp(?) FROM"
                + " unnest(?) aggregate")) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      statement.setLong(3, first);
      statement.setLong(4, last);
      statement.setArray(
          5,
          connection.createArrayOf(
              "text", RollupSql.TIMEFRAMES.stream().map(BarStore::table).toArray()));
      statement.executeUpdate();
    }
  }

  /** What an aggregate awaits of the newest trading day that it awaits anything of. */
  public static List<Awaiting> newestDay(Connection connection, Timeframe timeframe)
      throws SQLException {
    String sql =
        "SELECT id, symbol, trading_day, extract(epoch FROM first_minute)::bigint,"
            + " extract(epoch FROM last_minute)::bigint FROM strikegrid.awaiting_refresh"
            + " WHERE aggregate = ? AND trading_day ="
            + " (SELECT max(trading_day) FROM strikegrid.awaiting_refresh WHERE aggregate = ?)";
    List<Awaiting> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, BarStore.table(timeframe));
      statement.setString(2, BarStore.table(timeframe));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Awaiting(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getObject(3, LocalDate.class),
                  rows.getLong(4),
                  rows.getLong(5)));
        }
      }
    }
    return found;
  }

  /** Trading days of symbols that an aggregate awaits something of. */
  public static int days(Database database, Timeframe timeframe) {
    return database
        .jdbi()
        .withHandle(h ->
            h.select(
                    "SELECT count(DISTINCT (symbol, trading_day)) FROM strikegrid.awaiting_refresh"
                        + " WHERE aggregate = ?",
                    BarStore.table(timeframe))
                .mapTo(Integer.class)
                .one());
  }

  /** Forgets what has been refreshed. */
  public static void delete(Connection connection, List<Awaiting> refreshed) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM strikegrid.awaiting_refresh WHERE id = ANY (?)")) {
      statement.setArray(
          1, connection.createArrayOf("bigint", refreshed.stream().map(Awaiting::id).toArray()));
      statement.executeUpdate();
    }
  }

  /**
   * Makes the buckets of an aggregate in {@code [from, to)} anew where their minutes changed. Not
   * in a transaction.
   *
   * <p>Does not wait for the disk: whoever forgets afterwards what awaited this refresh does, and
   * what is on the disk then has everything that was committed before.
   *
   * @param from start of a bucket, epoch seconds UTC
   * @param force whether to make them anew also where no minute changed
   */
  public static void refresh(
      Connection connection, Timeframe timeframe, long from, long to, boolean force)
      throws SQLException {
    Database.execute(connection, "SET synchronous_commit = off");
    try (Undo _ = () -> Database.execute(connection, "RESET synchronous_commit");
        PreparedStatement statement =
            connection.prepareStatement(
                "CALL refresh_continuous_aggregate(?::regclass, to_timestamp(?), to_timestamp(?),"
                    + " force => ?)")) {
      statement.setString(1, BarStore.table(timeframe));
      statement.setLong(2, from);
      statement.setLong(3, to);
      statement.setBoolean(4, force);
      statement.execute();
    }
  }

  /** Takes the lock of the one process that refreshes an aggregate, for the session. */
  public static boolean tryLock(Connection connection, Timeframe timeframe) throws SQLException {
    return ask(connection, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))", timeframe);
  }

  /** Gives the lock back. */
  public static void unlock(Connection connection, Timeframe timeframe) throws SQLException {
    ask(connection, "SELECT pg_advisory_unlock(hashtextextended(?, 0))", timeframe);
  }

  private static boolean ask(Connection connection, String sql, Timeframe timeframe)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "strikegrid refresh " + BarStore.table(timeframe));
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /**
   * Notes that aggregates were brought up to date, and how long each took. On its own, since in the
   * writer's transaction it would make the writers of all symbols wait for each other. Nothing
   * waits for it to reach the disk.
   */
  public static void noteRefreshed(Database database, Map<Timeframe, Duration> durations) {
    note(
        database,
        "UPDATE strikegrid.aggregate_refresh SET last_refresh = clock_timestamp(), refresh_duration"
            + " = ? * interval '1 microsecond', failure = NULL WHERE aggregate = ?",
        statement -> {
          for (Map.Entry<Timeframe, Duration> took : durations.entrySet()) {
            statement.setLong(1, took.getValue().toNanos() / 1000);
            statement.setString(2, BarStore.table(took.getKey()));
            statement.executeUpdate();
          }
        });
  }

  /** Notes that a refresh failed. */
  public static void noteFailed(Database database, Timeframe timeframe, @Nullable String reason) {
    note(
        database,
        "UPDATE strikegrid.aggregate_refresh SET failures = failures + 1, failure = ?"
            + " WHERE aggregate = ?",
        statement -> {
          statement.setString(1, reason);
          statement.setString(2, BarStore.table(timeframe));
          statement.executeUpdate();
        });
  }

  @FunctionalInterface
  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  private static void note(Database database, String sql, Binding binding) {
    database.write(connection -> {
      Database.execute(connection, "SET LOCAL synchronous_commit = off");
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        binding.to(statement);
      }
      return true;
    });
  }
}
