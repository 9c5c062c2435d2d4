package io.strikegrid.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The connections of this process that are kept for long, counted by what they are for: who
 * listens, and who holds a lock. They are not taken from those that serve requests, and there are
 * never more than {@link #MOST}. Safe for use by any number of threads.
 */
final class Standing {

  /** Most of all names together. */
  static final int MOST = 8;

  /** Most of one name. */
  static final int MOST_OF_A_NAME = 2;

  private final Connections connections;
  private final Map<String, Integer> held = new TreeMap<>();

  Standing(Connections connections) {
    this.connections = connections;
  }

  /**
   * Opens one.
   *
   * @throws SQLException where there are as many as may be, or the server refuses
   */
  StandingConnection open(String name) throws SQLException {
    take(name);
    try {
      Connection connection = connections.open(name, TimeLimits.STANDING);
      return new StandingConnection(connection, () -> giveBack(name));
    } catch (SQLException | RuntimeException e) {
      giveBack(name);
      throw e;
    }
  }

  private synchronized void take(String name) throws SQLException {
    int sum = held.values().stream().mapToInt(Integer::intValue).sum();
    int ofName = held.getOrDefault(name, 0);
    if (sum >= MOST || ofName >= MOST_OF_A_NAME) {
      throw new SQLTransientConnectionException(
          "standing connections must be at most "
              + MOST
              + ", of a name at most "
              + MOST_OF_A_NAME
              + "; one more was wanted for "
              + name
              + ", have "
              + held);
    }
    held.merge(name, 1, Integer::sum);
  }

  private synchronized void giveBack(String name) {
    held.computeIfPresent(name, (_, n) -> n > 1 ? n - 1 : null);
  }

  /** How many there are, by name. */
  synchronized Map<String, Integer> held() {
    return Map.copyOf(held);
  }
}
