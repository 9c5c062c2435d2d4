package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether the server answers, on a connection of its own that nobody else can take. Several
 * threads may ask; they take turns.
 */
final class Probe implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int ANSWER_SECONDS = 2;

  private final Connections connections;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Connection connection;
  private boolean isClosed;

  Probe(Connections connections) {
    this.connections = connections;
  }

  /** Whether it answers within seconds. */
  boolean isAlive() {
    try {
      if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return false; // whoever asks now waits for the server
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      return !isClosed && (answers() || answersAnew());
    } finally {
      turn.unlock();
    }
  }

  private boolean answers() {
    Connection open = connection;
    try {
      return open != null && open.isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** The server may have been started again since it was last asked. */
  private boolean answersAnew() {
    drop();
    try {
      connection = connections.open("probe", TimeLimits.PROBE);
      return answers();
    } catch (SQLException e) {
      return false;
    }
  }

  private void drop() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      Connections.abandon(open);
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      isClosed = true;
      drop();
    } finally {
      turn.unlock();
    }
  }
}
