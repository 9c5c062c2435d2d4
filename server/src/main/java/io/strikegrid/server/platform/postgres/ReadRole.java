package io.strikegrid.server.platform.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role that people and their tools read with: it sees every table, also those to come, changes
 * nothing, and cannot hold up the server's own work. Its password is in a file of its own. What an
 * administrator changes of the role later stays.
 */
final class ReadRole {

  static final String USER = "strikegrid_read";

  private static final Logger LOG = LoggerFactory.getLogger(ReadRole.class);
  private static final Set<String> UNKNOWN_LOGIN = Set.of("28000", "28P01");

  private static final List<String> SETTINGS =
      List.of(
          "default_transaction_read_only = on",
          "statement_timeout = '60s'",
          "lock_timeout = '10s'",
          "idle_in_transaction_session_timeout = '60s'");

  /** Locks that writers take turns by, and what would write or tell others something. */
  private static final String REVOKE_FUNCTIONS =
      """
      DO $$
      DECLARE f regprocedure;
      BEGIN
        FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
            AND proname ~ '^(pg_(try_)?advisory_(xact_)?lock|pg_notify$|lo_(creat|from_bytea|import|put|unlink|export))'
        LOOP
          EXECUTE 'REVOKE EXECUTE ON FUNCTION ' || f || ' FROM PUBLIC';
        END LOOP;
      END $$\
      """;

  private ReadRole() {}

  /** Makes it where it is missing, or where its password is not that of the file. */
  static void ensure(DataFolder folder, int port, String ownerPassword) {
    try {
      String password = PasswordFile.readOrCreate(folder.readPasswordFile());
      if (!isKnown(port, password)) {
        make(port, ownerPassword, password);
      }
    } catch (IOException | SQLException e) {
      LOG.warn("the role {} for readers could not be made: {}", USER, e.getMessage());
    }
  }

  private static void make(int port, String ownerPassword, String password) throws SQLException {
    try (Connection owner = Login.connect(port, Login.DATABASE, Login.USER, ownerPassword);
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      create(statement);
      owner.unwrap(PGConnection.class).alterUserPassword(USER, password.toCharArray(), null);
      owner.commit();
    }
  }

  private static boolean isKnown(int port, String password) {
    try (Connection _ = Login.connect(port, Login.DATABASE, USER, password)) {
      return true;
    } catch (SQLException e) {
      return !UNKNOWN_LOGIN.contains(String.valueOf(e.getSQLState()));
    }
  }

  private static void create(Statement statement) throws SQLException {
    statement.execute(
        "DO $$ BEGIN CREATE ROLE "
            + USER
            + " LOGIN CONNECTION LIMIT 10; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    for (String setting : SETTINGS) {
      statement.execute("ALTER ROLE " + USER + " SET " + setting);
    }
    statement.execute("GRANT pg_read_all_data TO " + USER);
    statement.execute("REVOKE TEMPORARY ON DATABASE " + Login.DATABASE + " FROM PUBLIC");
    statement.execute("REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC");
    statement.execute(REVOKE_FUNCTIONS);
  }
}
