package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.copy.CopyIn;

/**
 * A table that takes rows in bulk: by COPY straight into it where none of them can be there yet,
 * else by COPY into a temporary table and an upsert from there.
 *
 * @param name the table
 * @param columns the columns that rows bring, in their order
 * @param key the columns that tell rows apart
 * @param condition what must hold for an existing row ({@code t}) to be replaced by the one that
 *     comes ({@code excluded}), as SQL
 * @param sets the assignments of a replacement, as SQL
 */
record BulkTable(
    String name, List<String> columns, List<String> key, String condition, String sets) {

  /** Replaces a row by what comes, where any column beside the key differs. */
  static BulkTable replacing(String name, List<String> columns, List<String> key) {
    List<String> others = columns.stream().filter(c -> !key.contains(c)).toList();
    return new BulkTable(name, columns, key, differs(others), sets(others, c -> "excluded." + c));
  }

  /** Whether any of the columns differs between the row that is there and the one that comes. */
  static String differs(List<String> columns) {
    return "("
        + columns.stream().map(c -> "t." + c).collect(Collectors.joining(", "))
        + ") IS DISTINCT FROM ("
        + columns.stream().map(c -> "excluded." + c).collect(Collectors.joining(", "))
        + ")";
  }

  static String sets(List<String> columns, java.util.function.UnaryOperator<String> value) {
    return columns.stream().map(c -> c + " = " + value.apply(c)).collect(Collectors.joining(", "));
  }

  /** Writes rows. */
  @FunctionalInterface
  interface Rows {
    void to(CopyRows copy) throws SQLException;
  }

  /** Adds rows none of which is there. Returns how many. */
  long insert(Connection connection, Rows rows) throws SQLException {
    return copy(connection, name, rows);
  }

  /** Adds rows or replaces those that are there. Returns how many were added or replaced. */
  int upsert(Connection connection, Rows rows) throws SQLException {
    String incoming = "incoming_" + name.replaceFirst("^.*\\.", "");
    String list = Database.list(columns);
    empty(connection, incoming, list);
    copy(connection, incoming, rows);
    String sql =
        "INSERT INTO %s AS t (%s) SELECT %s FROM %s ON CONFLICT (%s) DO UPDATE SET %s WHERE %s"
            .formatted(name, list, list, incoming, Database.list(key), sets, condition);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.executeUpdate();
    }
  }

  /**
   * Makes the temporary table that rows come through, or empties it. It stays with its connection:
   * to make it each time would make the driver forget its prepared statements.
   */
  private void empty(Connection connection, String incoming, String list) throws SQLException {
    boolean there;
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, "pg_temp." + incoming);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        there = rows.getBoolean(1);
      }
    }
    Database.execute(
        connection,
        there
            ? "DELETE FROM pg_temp." + incoming
            : "CREATE TEMPORARY TABLE %s ON COMMIT DELETE ROWS AS SELECT %s FROM %s LIMIT 0"
                .formatted(incoming, list, name));
  }

  private long copy(Connection connection, String table, Rows rows) throws SQLException {
    CopyIn in =
        Database.copy(connection)
            .copyIn(
                "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, Database.list(columns)));
    CopyRows copy = new CopyRows(in);
    try {
      rows.to(copy);
      return copy.end();
    } finally {
      copy.cancel();
    }
  }
}
