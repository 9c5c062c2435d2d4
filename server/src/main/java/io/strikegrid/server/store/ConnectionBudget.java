package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Checks that the database gives this process as many connections as it may come to need. */
final class ConnectionBudget {

  private static final String ALLOWED =
      """
      SELECT least(
        current_setting('max_connections')::int
          - current_setting('superuser_reserved_connections')::int
          - coalesce(current_setting('reserved_connections', true)::int, 0),
        CASE WHEN rolsuper OR rolconnlimit < 0 THEN 1000000 ELSE rolconnlimit END,
        CASE WHEN rolsuper OR datconnlimit < 0 THEN 1000000 ELSE datconnlimit END)
      FROM pg_roles, pg_database
      WHERE rolname = current_user AND datname = current_database()\
      """;

  private ConnectionBudget() {}

  /**
   * Checks it.
   *
   * @param connections of the pool, which is a setting
   * @param beside what is needed beside them
   * @throws StoreException where the database gives fewer
   */
  static void check(Connection connection, int connections, int beside) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ALLOWED)) {
      if (!row.next()) {
        return;
      }
      int allowed = row.getInt(1);
      if (connections + beside > allowed) {
        throw new StoreException(
            "connections must be at most "
                + Math.max(0, allowed - beside)
                + " on this database, which gives "
                + allowed
                + " to its users, and "
                + beside
                + " are needed beside them for jobs, listening and locks; have "
                + connections,
            null);
      }
    }
  }
}
