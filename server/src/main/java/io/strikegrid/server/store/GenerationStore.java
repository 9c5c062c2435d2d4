package io.strikegrid.server.store;

import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Generations of (symbol, trading day): every write bumps one in its own transaction. */
public final class GenerationStore {

  /** The channel on which each commit tells what it bumped. */
  public static final String CHANNEL = "strikegrid_generation";

  private static final String COLUMNS =
      "symbol, trading_day, generation, rolled, has_bars, simulated";
  private static final String TELL =
      ", pg_notify('"
          + CHANNEL
          + "', trading_day || '|' || generation || '|' || rolled || '|' || has_bars || '|'"
          + " || simulated || '|' || symbol)";

  private GenerationStore() {}

  /**
   * The state of a (symbol, trading day).
   *
   * @param symbol canonical symbol
   * @param day trading day
   * @param generation grows by one with each write
   * @param rolled the same for what is made of the one-minute rows: grows with each write, and with
   *     each refresh of an aggregate
   * @param hasBars whether the day has strike bars; without, only figures of whole contracts
   * @param simulated whether its rows were made by a generator
   */
  public record Row(
      String symbol,
      LocalDate day,
      long generation,
      long rolled,
      boolean hasBars,
      boolean simulated) {

    /** Grows with every change of the day: of its bars, or of what is made of them. */
    public long version() {
      return rolled;
    }

    /** The generation of a timeframe's bars and metrics. */
    public long of(Timeframe timeframe) {
      return timeframe == Timeframe.MIN1 ? generation : rolled;
    }
  }

  /** Whose state a row is. */
  public record Day(String symbol, LocalDate day) {}

  /** The state of one day, if it has any. */
  public static Optional<Row> find(Connection connection, String symbol, LocalDate day)
      throws SQLException {
    List<Row> rows = select(connection, "WHERE symbol = ? AND trading_day = ?", symbol, day);
    return rows.stream().findFirst();
  }

  /** The states of all days of all symbols. */
  public static List<Row> all(Connection connection) throws SQLException {
    return select(connection, "ORDER BY symbol, trading_day");
  }

  private static List<Row> select(Connection connection, String rest, Object... parameters)
      throws SQLException {
    List<Row> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM strikegrid.generation " + rest)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows));
        }
      }
    }
    return found;
  }

  private static Row row(ResultSet rows) throws SQLException {
    return new Row(
        rows.getString(1),
        rows.getObject(2, LocalDate.class),
        rows.getLong(3),
        rows.getLong(4),
        rows.getBoolean(5),
        rows.getBoolean(6));
  }

  /** Bumps a day's generations, tells listeners when the transaction commits, and returns it. */
  public static Row bump(
      Connection connection, String symbol, LocalDate day, boolean hasBars, boolean simulated)
      throws SQLException {
    String sql =
        "INSERT INTO strikegrid.generation AS g"
            + " (symbol, trading_day, generation, rolled, has_bars, simulated)"
            + " VALUES (?, ?, 1, 1, ?, ?)"
            + " ON CONFLICT (symbol, trading_day) DO UPDATE SET generation = g.generation + 1,"
            + " rolled = g.rolled + 1, has_bars = g.has_bars OR excluded.has_bars,"
            + " simulated = CASE WHEN g.has_bars THEN g.simulated ELSE excluded.simulated END,"
            + " updated_at = now() RETURNING "
            + COLUMNS
            + TELL;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      statement.setBoolean(3, hasBars);
      statement.setBoolean(4, simulated);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return row(rows);
      }
    }
  }

  /**
   * Bumps the generation of what is made of a day's one-minute rows alone, since an aggregate of it
   * changed, tells listeners when the transaction commits, and returns it; empty where the day is
   * not known.
   */
  public static Optional<Row> bumpRolled(Connection connection, String symbol, LocalDate day)
      throws SQLException {
    String sql =
        "UPDATE strikegrid.generation SET rolled = rolled + 1, updated_at = now()"
            + " WHERE symbol = ? AND trading_day = ? RETURNING "
            + COLUMNS
            + TELL;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(row(rows)) : Optional.empty();
      }
    }
  }

  /** Says that a day has no strike bars any more, tells listeners, and returns it. */
  static Row forgetBars(Connection connection, String symbol, LocalDate day) throws SQLException {
    String sql =
        "UPDATE strikegrid.generation SET generation = generation + 1, rolled = rolled + 1,"
            + " has_bars = false, updated_at = now() WHERE symbol = ? AND trading_day = ? RETURNING"
            + " "
            + COLUMNS
            + TELL;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return row(rows);
      }
    }
  }

  /**
   * What a notification on {@link #CHANNEL} says, true or not; empty where it is of another
   * version.
   */
  public static Optional<Row> told(String notification) {
    String[] parts = notification.split("\\|", 6);
    try {
      return parts.length < 6
          ? Optional.empty()
          : Optional.of(
              new Row(
                  parts[5],
                  LocalDate.parse(parts[0]),
                  Long.parseLong(parts[1]),
                  Long.parseLong(parts[2]),
                  Boolean.parseBoolean(parts[3]),
                  Boolean.parseBoolean(parts[4])));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Notes that a day has bars of an expiry. */
  public static void addExpiry(
      Connection connection, String symbol, LocalDate day, LocalDate expiry) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO strikegrid.day_expiry (symbol, trading_day, expiry) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      statement.setObject(3, expiry);
      statement.executeUpdate();
    }
  }

  /** Expiries that have bars on a day, ascending. */
  public static List<LocalDate> expiries(Connection connection, String symbol, LocalDate day)
      throws SQLException {
    List<LocalDate> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT expiry FROM strikegrid.day_expiry"
                + " WHERE symbol = ? AND trading_day = ? ORDER BY expiry")) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getObject(1, LocalDate.class));
        }
      }
    }
    return found;
  }

  /** The first minute of a day that has a bar, epoch seconds; empty where none has. */
  public static Optional<Long> firstMinute(
      Connection connection, String symbol, List<LocalDate> expiries, long open, long close)
      throws SQLException {
    String sql =
        "SELECT extract(epoch FROM min(first.bucket_time))::bigint FROM unnest(?) AS e(expiry),"
            + " LATERAL (SELECT bucket_time FROM fo_expiry_metrics m WHERE m.symbol = ?"
            + " AND m.expiry = e.expiry AND bucket_time >= to_timestamp(?)"
            + " AND bucket_time < to_timestamp(?) ORDER BY bucket_time LIMIT 1) first";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("date", expiries.toArray()));
      statement.setString(2, symbol);
      statement.setLong(3, open);
      statement.setLong(4, close);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        long first = rows.getLong(1);
        return rows.wasNull() ? Optional.empty() : Optional.of(first);
      }
    }
  }
}
