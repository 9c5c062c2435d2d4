package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which of the processes on a store consumes a feed or runs a job: the one whose database
 * session holds the lock. It is kept on a standing connection of its own and ends with it, so that
 * a process that dies lets go by itself. For one thread.
 *
 * <p>A lost connection is noticed within {@value #CHECK_SECONDS} s; until then two may hold it,
 * which is harmless where the same work again changes nothing.
 */
public final class SessionLock implements AutoCloseable {

  private static final int CHECK_SECONDS = 1;
  private static final int ANSWER_SECONDS = 2;
  private static final Logger LOG = LoggerFactory.getLogger(SessionLock.class);

  /** What became of asking for the lock. */
  public enum State {
    /** This process has it. */
    HELD,
    /** Another process has it. */
    HELD_BY_ANOTHER,
    /** Nobody can tell, since the store does not answer. */
    NO_STORE
  }

  private final Database database;
  private final String name;
  private @Nullable StandingConnection connection;
  private long checked;

  /**
   * A lock that is not held yet.
   *
   * @param name of what it guards, such as {@code feed redis}; the same in every process
   */
  public SessionLock(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  /** Takes the lock where nobody has it, and tells who does. Asks the store once a second. */
  public State take() {
    StandingConnection held = connection;
    if (held == null) {
      return open();
    }
    if (System.nanoTime() - checked < Duration.ofSeconds(CHECK_SECONDS).toNanos()) {
      return State.HELD;
    }
    if (isAlive(held.sql())) {
      checked = System.nanoTime();
      return State.HELD;
    }
    LOG.debug("the connection that holds the lock of the {} is lost", name);
    drop(held);
    return open();
  }

  private State open() {
    StandingConnection fresh = null;
    try {
      fresh = database.standing(name);
      if (!ask(fresh.sql(), "SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
        fresh.close();
        return State.HELD_BY_ANOTHER;
      }
      connection = fresh;
      checked = System.nanoTime();
      return State.HELD;
    } catch (SQLException e) {
      LOG.debug("the lock of the {} cannot be asked for", name, e);
      if (fresh != null) {
        drop(fresh);
      }
      return State.NO_STORE;
    }
  }

  private static boolean isAlive(Connection connection) {
    try {
      return connection.isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  private boolean ask(Connection on, String sql) throws SQLException {
    try (PreparedStatement statement = on.prepareStatement(sql)) {
      statement.setString(1, "strikegrid " + name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /** Ends a session, and with it the lock, without asking the server. */
  private void drop(StandingConnection lost) {
    connection = null;
    lost.drop();
  }

  @Override
  public void close() {
    StandingConnection held = connection;
    connection = null;
    if (held == null) {
      return;
    }
    try {
      ask(held.sql(), "SELECT pg_advisory_unlock(hashtextextended(?, 0))");
      held.close();
    } catch (SQLException e) {
      drop(held);
    }
  }
}
