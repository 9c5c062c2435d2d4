package io.strikegrid.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A PostgreSQL database with our schema in it. Safe for use by any number of threads.
 *
 * <p>Statements in a transaction run through {@link #write} (read committed) or {@link #read} (one
 * snapshot, read-only); everything else through {@link #jdbi}.
 */
public final class Database implements AutoCloseable {

  /** Oldest server that we run on. */
  public static final int OLDEST_VERSION = 15;

  private static final int IDLE_CONNECTIONS = 2;
  private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(10);
  private static final String SOCKET_TIMEOUT_SECONDS = "120";
  private static final int KEPT_FOR_READERS = 3;
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(60);
  private static final int MOST_WAITING = 2;
  private static final Duration WAIT_AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final String serverVersion;
  private final String storeId;
  private final Engine engine;
  private final Semaphore writers;
  private final Semaphore waiting;
  private final SymbolTurns turns = new SymbolTurns(WRITE_TIMEOUT);

  private Database(HikariDataSource pool, String serverVersion, Engine engine) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    int mostWriters = Math.max(1, pool.getMaximumPoolSize() - KEPT_FOR_READERS);
    this.writers = new Semaphore(mostWriters, true);
    this.waiting = new Semaphore(Math.min(MOST_WAITING, mostWriters - 1), true);
    this.serverVersion = serverVersion;
    this.engine = engine;
    this.storeId =
        jdbi.withHandle(
            h -> h.select("SELECT id::text FROM strikegrid.store").mapTo(String.class).one());
  }

  /**
   * Connects and brings the schema up to date; a new store gets the best engine that its server
   * has.
   *
   * @param connections most connections at a time
   * @throws StoreException where the server is too old or cannot be reached
   */
  public static Database open(DatabaseUrl url, int connections) {
    return open(url, connections, Optional.empty());
  }

  /**
   * Connects and brings the schema up to date.
   *
   * @param connections most connections at a time
   * @param asked the engine that the store must have; empty for its own, or the best for a new one
   * @throws StoreException where the server is too old, cannot be reached or has not that engine
   */
  public static Database open(DatabaseUrl url, int connections, Optional<Engine> asked) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(Math.min(IDLE_CONNECTIONS, connections));
    config.setConnectionTimeout(ACQUIRE_TIMEOUT.toMillis());
    config.setPoolName("store");
    config.addDataSourceProperty("ApplicationName", "strikegrid");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new StoreException("cannot reach the database at " + url + ": " + rootMessage(e), e);
    }
    try {
      String version = checkVersion(pool);
      migrate(pool);
      return new Database(pool, version, settle(pool, asked));
    } catch (RuntimeException | SQLException e) {
      pool.close();
      throw e instanceof StoreException s
          ? s
          : new StoreException("cannot prepare the database at " + url + ": " + rootMessage(e), e);
    }
  }

  private static String checkVersion(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < OLDEST_VERSION) {
        throw new StoreException(
            "the database must be PostgreSQL " + OLDEST_VERSION + " or newer; have " + major, null);
      }
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  private static Engine settle(DataSource pool, Optional<Engine> asked) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return EngineChoice.settle(connection, asked);
    }
  }

  private static void migrate(DataSource pool) {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/migration")
        .schemas("public", "strikegrid")
        .defaultSchema("public")
        .table("strikegrid_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  /** For statements of their own transaction each. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** The server's version, as it says. */
  public String serverVersion() {
    return serverVersion;
  }

  /** Who keeps the aggregates. */
  public Engine engine() {
    return engine;
  }

  /** What tells this store from every other one. */
  public String storeId() {
    return storeId;
  }

  /** Whether the server answers. */
  public boolean isAlive() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Work in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it on the connection. */
    T on(Connection connection) throws SQLException;
  }

  /**
   * Runs work in one read-write transaction; all of it is committed, or nothing. Waits for its turn
   * where many write already.
   *
   * @throws StoreException where the database refuses
   */
  public <T> T write(Work<T> work) {
    takeTurn();
    try {
      return inTransaction(Connection.TRANSACTION_READ_COMMITTED, false, work);
    } finally {
      writers.release();
    }
  }

  /**
   * Runs work in one read-write transaction that has the lock of a symbol: writers of a symbol are
   * one after the other, in all processes. While this process waits, it holds a connection for very
   * few symbols at a time, so that the writers of others go on.
   *
   * @throws StoreException where the database refuses, or other writers of the symbol do not finish
   */
  public <T> T write(String symbol, Work<T> work) {
    return turns.with(symbol, () -> writeLocked(symbol, work));
  }

  private <T> T writeLocked(String symbol, Work<T> work) {
    long until = System.nanoTime() + WRITE_TIMEOUT.toNanos();
    while (true) {
      Optional<Done<T>> done =
          write(c ->
              SymbolLock.isFree(c, symbol)
                  ? Optional.of(new Done<>(work.on(c)))
                  : Optional.empty());
      if (done.isEmpty()) {
        done = writeWaiting(symbol, work);
      }
      if (done.isPresent()) {
        return done.get().result();
      }
      if (System.nanoTime() - until >= 0) {
        throw StoreException.busy(symbol, WRITE_TIMEOUT);
      }
    }
  }

  /** Waits in the database's own queue for a while, in which nobody is overtaken. */
  private <T> Optional<Done<T>> writeWaiting(String symbol, Work<T> work) {
    if (!waiting.tryAcquire()) {
      pause(symbol);
      return Optional.empty();
    }
    try {
      return write(c ->
          SymbolLock.take(c, symbol, WAIT_AT_ONCE)
              ? Optional.of(new Done<>(work.on(c)))
              : Optional.empty());
    } finally {
      waiting.release();
    }
  }

  private static void pause(String symbol) {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for other writers of " + symbol, e);
    }
  }

  private record Done<T>(T result) {}

  /** Writers that wait for each other must not hold every connection: readers need some. */
  private void takeTurn() {
    try {
      if (!writers.tryAcquire(WRITE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException(
            "no writer finished within " + WRITE_TIMEOUT.toSeconds() + " s; try again", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for other writers", e);
    }
  }

  /**
   * Runs work on one snapshot of the database.
   *
   * @throws StoreException where the database refuses
   */
  public <T> T read(Work<T> work) {
    return inTransaction(Connection.TRANSACTION_REPEATABLE_READ, true, work);
  }

  private <T> T inTransaction(int isolation, boolean readOnly, Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(isolation);
      connection.setReadOnly(readOnly);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException("the database refused: " + rootMessage(e), e);
    }
  }

  /** What went wrong is what is told, also where the connection is lost with it. */
  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** A connection outside the pool's transactions, for listening; the caller closes it. */
  public Connection connection() throws SQLException {
    return pool.getConnection();
  }

  /** The connections themselves, for a library that takes and gives back its own. */
  public DataSource pool() {
    return pool;
  }

  /** Runs a statement. */
  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static CopyManager copy(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /** A text as an SQL literal, for COPY, which takes no parameters. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Names separated by commas. */
  static String list(List<String> names) {
    return String.join(", ", names);
  }

  @Override
  public void close() {
    pool.close();
  }
}
