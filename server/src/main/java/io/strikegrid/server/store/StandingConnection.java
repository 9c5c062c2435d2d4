package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection that is kept for long, outside of what requests share. Closing it again does
 * nothing.
 */
public final class StandingConnection implements AutoCloseable {

  private final Connection connection;
  private final Runnable closed;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  StandingConnection(Connection connection, Runnable closed) {
    this.connection = connection;
    this.closed = closed;
  }

  /** The connection itself, which is not to be closed by anybody else. */
  public Connection sql() {
    return connection;
  }

  /** Ends it without asking the server, and with it what its session held. */
  public void drop() {
    if (isClosed.compareAndSet(false, true)) {
      try {
        Connections.abandon(connection);
      } finally {
        closed.run();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    if (isClosed.compareAndSet(false, true)) {
      try {
        connection.close();
      } finally {
        closed.run();
      }
    }
  }
}
