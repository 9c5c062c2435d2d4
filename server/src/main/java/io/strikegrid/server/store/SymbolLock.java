package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;

/** The lock of a symbol in the database, which a writer's transaction holds until its end. */
final class SymbolLock {

  private static final String KEY = "(hashtextextended('strikegrid ' || ?, 0))";
  private static final String NOT_AVAILABLE = "55P03";

  private SymbolLock() {}

  /** Takes it where nobody has it. */
  static boolean isFree(Connection connection, String symbol) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock" + KEY)) {
      statement.setString(1, symbol);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /** Takes it, or waits for as long as it may; false where that was not enough. */
  static boolean take(Connection connection, String symbol, Duration patience) throws SQLException {
    Savepoint before = connection.setSavepoint();
    String usual = set(connection, "lock_timeout", Long.toString(patience.toMillis()));
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_xact_lock" + KEY)) {
      statement.setString(1, symbol);
      statement.execute();
    } catch (SQLException e) {
      if (NOT_AVAILABLE.equals(e.getSQLState())) {
        connection.rollback(before);
        return false;
      }
      throw e;
    }
    set(connection, "lock_timeout", usual);
    return true;
  }

  /** Sets a parameter until the transaction ends; returns what it was. */
  private static String set(Connection connection, String name, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT current_setting(?), set_config(?, ?, true)")) {
      statement.setString(1, name);
      statement.setString(2, name);
      statement.setString(3, value);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
