package io.strikegrid.server.platform.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that write to a server as fast as it takes it, 200 rows a commit, and connect again where
 * it is gone. Each counts what was acknowledged, and notes that count in the next commit.
 */
final class ServerLoad implements AutoCloseable {

  private static final int ROWS = 200;
  private static final long PAUSE_NANOS = 1_000_000;

  private final EmbeddedPostgres postgres;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong commits = new AtomicLong();
  private volatile boolean closing;

  private ServerLoad(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static ServerLoad start(EmbeddedPostgres postgres, int writers) throws SQLException {
    Sql.execute(
        postgres,
        "CREATE TABLE load (writer int, batch bigint, n int, filler text);"
            + " CREATE INDEX ON load (writer, batch);"
            + " CREATE TABLE acknowledged_batch (writer int PRIMARY KEY, batch bigint)");
    ServerLoad load = new ServerLoad(postgres);
    for (int i = 0; i < writers; i++) {
      int writer = i;
      load.threads.add(Thread.ofPlatform().daemon().start(() -> load.write(writer)));
    }
    return load;
  }

  /** Batches that were acknowledged before a later one was written, and are not there. */
  static long missing(EmbeddedPostgres postgres) throws SQLException {
    return Long.parseLong(
        Sql.text(
            postgres,
            "SELECT count(*) FROM acknowledged_batch a, generate_series(1, a.batch) AS b"
                + " WHERE "
                + ROWS
                + " <> (SELECT count(*) FROM load l WHERE l.writer = a.writer AND l.batch = b)"));
  }

  /** Waits for some commits more. */
  void awaitMore() throws InterruptedException {
    long start = commits.get();
    while (commits.get() < start + 20) {
      Thread.sleep(10);
    }
  }

  private void write(int writer) {
    long acknowledged = 0;
    while (!closing) {
      try (Connection connection =
          DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
        connection.setAutoCommit(false);
        while (!closing) {
          acknowledged = batch(connection, writer, acknowledged);
          commits.incrementAndGet();
        }
      } catch (SQLException _) {
        LockSupport.parkNanos(PAUSE_NANOS); // and connects again
      }
    }
  }

  /** Writes one anew where its acknowledgement was cut off. */
  private static long batch(Connection connection, int writer, long acknowledged)
      throws SQLException {
    long batch = acknowledged + 1;
    execute(connection, "DELETE FROM load WHERE writer = ? AND batch = ?", writer, batch);
    execute(
        connection,
        "INSERT INTO load SELECT ?, ?, n, md5(n::text) || md5(random()::text)"
            + " FROM generate_series(1, "
            + ROWS
            + ") AS n",
        writer,
        batch);
    execute(
        connection,
        "INSERT INTO acknowledged_batch VALUES (?, ?)"
            + " ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch",
        writer,
        acknowledged);
    connection.commit();
    return batch;
  }

  private static void execute(Connection connection, String sql, int writer, long batch)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, writer);
      statement.setLong(2, batch);
      statement.executeUpdate();
    }
  }

  @Override
  public void close() {
    closing = true;
    threads.forEach(ServerLoad::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
