package io.strikegrid.server.platform.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Logs in to a server on this machine as its owner. */
final class Login {

  static final String USER = "strikegrid";
  static final String DATABASE = "strikegrid";

  private static final String MAINTENANCE_DATABASE = "postgres";
  private static final String LIMIT_SECONDS = "10";

  private Login() {}

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Logs in and creates the database where it is missing. */
  static void ensureDatabase(int port, String password) throws SQLException {
    try (Connection connection = connect(port, MAINTENANCE_DATABASE, USER, password);
        Statement statement = connection.createStatement()) {
      if (!exists(statement)) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    String query = "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'";
    try (ResultSet found = statement.executeQuery(query)) {
      return found.next();
    }
  }

  static Connection connect(int port, String database, String user, String password)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", LIMIT_SECONDS);
    properties.setProperty("loginTimeout", LIMIT_SECONDS);
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "strikegrid launcher");
    return DriverManager.getConnection(url(port, database), properties);
  }
}
