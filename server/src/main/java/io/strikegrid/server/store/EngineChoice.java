package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the engine of a new store, and makes sure that the one of an old store still fits its
 * server. What a store was made with stays: rows do not move from one engine to the other.
 */
final class EngineChoice {

  private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);

  private EngineChoice() {}

  /** What a server has of TimescaleDB. */
  private enum Timescale {
    READY("it has TimescaleDB"),
    ABSENT("TimescaleDB is not installed on the server"),
    NOT_LOADED(
        "TimescaleDB is installed there, but not loaded: add timescaledb to"
            + " shared_preload_libraries and restart the server"),
    APACHE(
        "its TimescaleDB has continuous aggregates switched off: set timescaledb.license to"
            + " timescale");

    private final String words;

    Timescale(String words) {
      this.words = words;
    }
  }

  /**
   * The engine of the database.
   *
   * @param asked what somebody wants; empty to take what the server has
   * @throws StoreException where that cannot be had, or the store was made with the other one
   */
  static Engine settle(Connection connection, Optional<Engine> asked) throws SQLException {
    Database.execute(connection, "SELECT pg_advisory_lock(hashtext('strikegrid engine'))");
    try (Undo _ = () -> unlock(connection)) {
      Timescale has = look(connection);
      String pinned = text(connection, "SELECT engine FROM strikegrid.store");
      if (pinned == null) {
        return choose(connection, asked, has);
      }
      Engine engine =
          Engine.named(pinned)
              .orElseThrow(
                  () -> new StoreException("the store has an unknown engine: " + pinned, null));
      check(connection, engine, asked, has);
      if (engine == Engine.TIMESCALE) {
        inTransaction(connection, TimescaleSchema::renew);
      }
      return engine;
    }
  }

  private static void pin(Connection connection, Engine engine) throws SQLException {
    if (engine == Engine.TIMESCALE) {
      TimescaleSchema.create(connection);
    }
    Database.execute(connection, "UPDATE strikegrid.store SET engine = '" + engine.label() + "'");
  }

  /** What is done to a schema as a whole, or not at all. */
  @FunctionalInterface
  private interface Change {
    void to(Connection connection) throws SQLException;
  }

  private static void inTransaction(Connection connection, Change change) throws SQLException {
    connection.setAutoCommit(false);
    try (Undo _ = () -> connection.setAutoCommit(true)) {
      try {
        change.to(connection);
        connection.commit();
      } catch (SQLException | RuntimeException | Error e) {
        Undo.after(e, connection::rollback);
        throw e;
      }
    }
  }

  private static void unlock(Connection connection) throws SQLException {
    Database.execute(connection, "SELECT pg_advisory_unlock(hashtext('strikegrid engine'))");
  }

  private static Engine choose(Connection connection, Optional<Engine> asked, Timescale has)
      throws SQLException {
    Engine engine = asked.orElse(has == Timescale.READY ? Engine.TIMESCALE : Engine.PLAIN);
    if (engine == Engine.TIMESCALE && has != Timescale.READY) {
      throw new StoreException(
          "engine must be plain on this server; have timescale: " + has.words, null);
    }
    if (engine == Engine.TIMESCALE) {
      createExtension(connection);
    } else if (has == Timescale.NOT_LOADED || has == Timescale.APACHE) {
      LOG.warn("the engine of this new store is plain: {}", has.words);
    }
    inTransaction(connection, c -> pin(c, engine));
    LOG.info("the engine of this new store is {}, for good", engine.label());
    return engine;
  }

  private static void createExtension(Connection connection) throws SQLException {
    try {
      Database.execute(connection, "CREATE EXTENSION IF NOT EXISTS timescaledb");
    } catch (SQLException e) {
      throw new StoreException(
          "the server has TimescaleDB, but its extension cannot be created in this database: let an"
              + " administrator run CREATE EXTENSION timescaledb in it, or start with --engine"
              + " plain: "
              + e.getMessage(),
          e);
    }
    String license = text(connection, "SELECT current_setting('timescaledb.license', true)");
    if (!"timescale".equals(license)) {
      throw new StoreException(
          "engine must be plain on this server; have timescale: " + Timescale.APACHE.words, null);
    }
  }

  private static void check(
      Connection connection, Engine engine, Optional<Engine> asked, Timescale has)
      throws SQLException {
    if (asked.isPresent() && asked.get() != engine) {
      throw new StoreException(
          "engine must be "
              + engine.label()
              + ", with which this store was made; have "
              + asked.get().label()
              + ". For another engine take a new database and import into it again",
          null);
    }
    if (engine == Engine.TIMESCALE && has != Timescale.READY) {
      throw new StoreException(
          "this store was made with the engine timescale, which does not fit its server any more: "
              + has.words,
          null);
    }
    boolean isHypertable = isHypertable(connection, has);
    if (isHypertable != (engine == Engine.TIMESCALE)) {
      throw new StoreException(
          "this store was made with the engine "
              + engine.label()
              + ", but "
              + BarStore.TABLE
              + (isHypertable ? " is a hypertable now" : " is no hypertable any more"),
          null);
    }
  }

  private static boolean isHypertable(Connection connection, Timescale has) throws SQLException {
    return has == Timescale.READY
        && text(connection, "SELECT extname FROM pg_extension WHERE extname = 'timescaledb'")
            != null
        && text(
                connection,
                "SELECT hypertable_name FROM timescaledb_information.hypertables"
                    + " WHERE hypertable_schema = 'public' AND hypertable_name = '"
                    + BarStore.TABLE
                    + "'")
            != null;
  }

  private static Timescale look(Connection connection) throws SQLException {
    if (text(connection, "SELECT name FROM pg_available_extensions WHERE name = 'timescaledb'")
        == null) {
      return Timescale.ABSENT;
    }
    if (text(connection, "SELECT current_setting('timescaledb.disable_load', true)") == null) {
      return Timescale.NOT_LOADED;
    }
    String license = text(connection, "SELECT current_setting('timescaledb.license', true)");
    return "apache".equals(license) ? Timescale.APACHE : Timescale.READY;
  }

  /** The first value of a query; null where there is none. */
  private static @Nullable String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
