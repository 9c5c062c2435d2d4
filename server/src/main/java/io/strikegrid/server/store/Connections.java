package io.strikegrid.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections to one database: pools, and single ones. Each says in {@code application_name}
 * what it is for. Safe for use by any number of threads.
 */
final class Connections {

  private static final String PROGRAM = "strikegrid";
  private static final int IDLE_CONNECTIONS = 2;
  private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Executor AT_ONCE = Runnable::run;

  private final DatabaseUrl url;

  Connections(DatabaseUrl url) {
    this.url = url;
  }

  /**
   * A pool for what serves requests, or is a command's own; it connects at once.
   *
   * @param most connections at a time
   */
  HikariDataSource pool(int most, TimeLimits limits) {
    HikariConfig config = config("", most, limits);
    config.setMinimumIdle(Math.min(IDLE_CONNECTIONS, most));
    config.setPoolName("store");
    return new HikariDataSource(config);
  }

  /** A pool that connects when it is first used, and keeps none that it does not need. */
  HikariDataSource lazyPool(String use, int most, TimeLimits limits) {
    HikariConfig config = config(use, most, limits);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setPoolName("store " + use);
    return new HikariDataSource(config);
  }

  private HikariConfig config(String use, int most, TimeLimits limits) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbcUrl());
    config.setMaximumPoolSize(most);
    config.setConnectionTimeout(ACQUIRE_TIMEOUT.toMillis());
    config.setConnectionInitSql(limits.session());
    config.setDataSourceProperties(properties(use, limits.answer(), CONNECT_TIMEOUT));
    return config;
  }

  /** One connection, with commits of its own for each statement. */
  Connection open(String use, TimeLimits limits) throws SQLException {
    Properties properties = properties(use, limits.answer(), shorter(limits.answer()));
    Connection connection = DriverManager.getConnection(url.jdbcUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(limits.session());
      return connection;
    } catch (SQLException | RuntimeException e) {
      abandon(connection);
      throw e;
    }
  }

  /** Connections whose statements may take as long as they do, such as those of a migration. */
  DataSource unlimited() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url.jdbcUrl());
    Properties properties = properties("start", Duration.ZERO, CONNECT_TIMEOUT);
    for (String name : properties.stringPropertyNames()) {
      source.setProperty(name, properties.getProperty(name));
    }
    return source;
  }

  private static Duration shorter(Duration answer) {
    return answer.compareTo(CONNECT_TIMEOUT) < 0 ? answer : CONNECT_TIMEOUT;
  }

  private Properties properties(String use, Duration answer, Duration connect) {
    Properties properties = new Properties();
    properties.putAll(url.hidden());
    if (!url.user().isEmpty()) {
      properties.setProperty("user", url.user());
    }
    if (!url.password().isEmpty()) {
      properties.setProperty("password", url.password());
    }
    properties.setProperty("ApplicationName", (PROGRAM + " " + use).strip());
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
    properties.setProperty("connectTimeout", Long.toString(connect.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(connect.toSeconds()));
    return properties;
  }

  /** Ends a connection without asking the server. */
  static void abandon(Connection connection) {
    try (connection) {
      connection.abort(AT_ONCE);
    } catch (SQLException _) {
      // it is lost anyway
    }
  }
}
