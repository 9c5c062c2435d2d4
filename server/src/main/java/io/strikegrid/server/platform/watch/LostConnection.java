package io.strikegrid.server.platform.watch;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/**
 * Whether something failed because a database does not answer, rather than because it refused. That
 * is told once for the whole process, by who looks after the store, and not by each who needs it.
 */
public final class LostConnection {

  private static final int MOST_CAUSES = 20;
  private static final String CLASS_CONNECTION = "08";

  /** All that HikariCP says of a connection that broke while it was in use. */
  private static final String CLOSED_BY_POOL = "Connection is closed";

  private static final Set<String> STOPPING = Set.of("57P01", "57P02", "57P03");

  private LostConnection() {}

  /** Whether a lost connection is among the causes. */
  public static boolean isCauseOf(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof SQLException refused && isLost(refused)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isLost(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientConnectionException
        || e.getCause() instanceof IOException
        || (state == null && CLOSED_BY_POOL.equals(e.getMessage()))
        || (state != null && (state.startsWith(CLASS_CONNECTION) || STOPPING.contains(state)));
  }
}
