package io.strikegrid.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
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

  private static final int KEPT_FOR_READERS = 3;
  private static final String DISK_FULL = "53100";
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(60);

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final String serverVersion;
  private final String storeId;
  private final Engine engine;
  private final Semaphore writers;
  private final SymbolWriter symbols;
  private final TimeLimits limits;
  private final StoreParts parts;

  private Database(
      HikariDataSource pool,
      TimeLimits limits,
      StoreParts parts,
      String serverVersion,
      Engine engine) {
    this.pool = pool;
    this.limits = limits;
    this.parts = parts;
    this.jdbi = Jdbi.create(pool);
    int mostWriters = Math.max(1, pool.getMaximumPoolSize() - KEPT_FOR_READERS);
    this.writers = new Semaphore(mostWriters, true);
    this.symbols = new SymbolWriter(this, new SymbolTurns(WRITE_TIMEOUT), mostWriters);
    this.serverVersion = serverVersion;
    this.engine = engine;
    this.storeId =
        jdbi.withHandle(
            h -> h.select("SELECT id::text FROM strikegrid.store").mapTo(String.class).one());
  }

  private Database(Database of, HikariDataSource pool, TimeLimits limits) {
    this.pool = pool;
    this.limits = limits;
    this.parts = of.parts;
    this.jdbi = Jdbi.create(pool);
    this.writers = new Semaphore(pool.getMaximumPoolSize(), true);
    this.symbols = new SymbolWriter(this, of.symbols.turns(), pool.getMaximumPoolSize());
    this.serverVersion = of.serverVersion;
    this.engine = of.engine;
    this.storeId = of.storeId;
  }

  /**
   * Connects as a server does and brings the schema up to date; a new store gets the best engine
   * that its server has.
   *
   * @param connections most connections at a time for what is asked and written
   * @throws StoreException where the server is too old or cannot be reached
   */
  public static Database open(DatabaseUrl url, int connections) {
    return open(url, DatabaseConfig.server(connections));
  }

  /**
   * The same with an engine that is asked for.
   *
   * @throws StoreException where the server is too old, cannot be reached or has not that engine
   */
  public static Database open(DatabaseUrl url, int connections, Optional<Engine> asked) {
    return open(url, DatabaseConfig.server(connections).withEngine(asked));
  }

  /**
   * Connects and brings the schema up to date.
   *
   * @throws StoreException where the server is too old, cannot be reached, has not the engine that
   *     is asked for or too few connections, or where the store was made by a newer program
   */
  public static Database open(DatabaseUrl url, DatabaseConfig config) {
    Connections connections = new Connections(url);
    String version;
    Engine engine;
    try {
      DataSource starting = connections.unlimited();
      version = check(url, starting, config);
      Migrations.run(starting);
      engine = settle(starting, config.engine());
    } catch (RuntimeException | SQLException e) {
      throw e instanceof StoreException s
          ? s
          : new StoreException("cannot prepare the database at " + url + ": " + rootMessage(e), e);
    }
    HikariDataSource pool = pool(url, connections, config);
    try {
      StoreParts parts = new StoreParts(connections, config.reserve(), engine);
      return new Database(pool, config.limits(), parts, version, engine);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariDataSource pool(
      DatabaseUrl url, Connections connections, DatabaseConfig config) {
    try {
      return connections.pool(config.connections(), config.limits());
    } catch (RuntimeException e) {
      throw new StoreException("cannot reach the database at " + url + ": " + rootMessage(e), e);
    }
  }

  /** Returns the server's version. */
  private static String check(DatabaseUrl url, DataSource source, DatabaseConfig config)
      throws SQLException {
    try (Connection connection = source.getConnection()) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < OLDEST_VERSION) {
        throw new StoreException(
            "the database must be PostgreSQL " + OLDEST_VERSION + " or newer; have " + major, null);
      }
      int beside = config.isServer() ? StoreParts.MOST_CONNECTIONS : 0;
      ConnectionBudget.check(connection, config.connections(), beside);
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new StoreException("cannot reach the database at " + url + ": " + rootMessage(e), e);
    }
  }

  private static Engine settle(DataSource source, Optional<Engine> asked) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return EngineChoice.settle(connection, asked);
    }
  }

  private static String rootMessage(Throwable e) {
    String deepest = e.getClass().getSimpleName();
    for (Throwable each = e; each != null; each = each.getCause()) {
      String message = each.getMessage();
      if (message != null && !message.isBlank()) {
        deepest = message.lines().findFirst().orElse(deepest);
      }
    }
    return deepest;
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

  /** Whether the server answers; asked on a connection that nothing else uses. */
  public boolean isAlive() {
    return parts.probe().isAlive();
  }

  /**
   * The same store for jobs, refreshes and the like: on connections of their own, so that what runs
   * long takes none from requests, and with time for it. It is closed with this.
   */
  public Database background() {
    return parts.background(work -> new Database(this, work, TimeLimits.WORK));
  }

  /**
   * A connection to keep for long, such as to listen or to hold a lock, beside those of requests.
   *
   * @param name what it is for
   * @throws SQLException where the server refuses, or there are too many of these
   */
  public StandingConnection standing(String name) throws SQLException {
    return parts.standing().open(name);
  }

  /** How many connections are kept for long, by what they are for. */
  public Map<String, Integer> standing() {
    return parts.standing().held();
  }

  /** What is kept free on the disk. */
  public DiskReserve reserve() {
    return parts.reserve();
  }

  /** The partitions of one-minute bars that are known to be there. */
  Partitions partitions() {
    return parts.partitions();
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
    return symbols.write(symbol, work);
  }

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

  /**
   * Runs work that makes room on the disk, in one read-write transaction: it is not refused where
   * the disk is short of it.
   *
   * @throws StoreException where the database refuses
   */
  public <T> T makeRoom(Work<T> work) {
    return attempt(Connection.TRANSACTION_READ_COMMITTED, false, work);
  }

  /**
   * The same with the lock of a symbol.
   *
   * @throws StoreException where the database refuses, or other writers of the symbol do not finish
   */
  public <T> T makeRoom(String symbol, Work<T> work) {
    return symbols.makeRoom(symbol, work);
  }

  private <T> T inTransaction(int isolation, boolean readOnly, Work<T> work) {
    if (!readOnly) {
      parts.reserve().require();
    }
    return attempt(isolation, readOnly, work);
  }

  private <T> T attempt(int isolation, boolean readOnly, Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(isolation);
      connection.setReadOnly(readOnly);
      try {
        if (!readOnly) {
          execute(connection, limits.transaction());
        }
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private StoreException failure(SQLException e) {
    if (DISK_FULL.equals(e.getSQLState())) {
      return DiskFullException.refused(rootMessage(e), e);
    }
    parts.partitions().learn(e);
    return new StoreException("the database refused: " + rootMessage(e), e);
  }

  /** What went wrong is what is told, also where the connection is lost with it. */
  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** A connection with statements of their own; the caller closes it soon. */
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
    parts.close();
    pool.close();
  }
}
