package io.strikegrid.server.live;

import io.strikegrid.server.store.StoreException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures of a commit that would come again whenever the same is tried, since they lie in
 * what is written, from those that pass: a store that is away, busy, full or not as it should be.
 */
final class Lasting {

  /** Classes of SQL states that speak of the values: see PostgreSQL's appendix of error codes. */
  private static final Set<String> OF_VALUES = Set.of("21", "22", "23", "44", "54", "P0");

  private static final int DEEPEST = 20;

  private Lasting() {}

  /** Whether trying again is in vain. */
  static boolean is(Throwable failure) {
    SQLException sql = sqlOf(failure);
    if (sql != null) {
      String state = sql.getSQLState();
      return state != null && state.length() == 5 && OF_VALUES.contains(state.substring(0, 2));
    }
    return !(failure instanceof VirtualMachineError) && !(failure instanceof StoreException);
  }

  private static @Nullable SQLException sqlOf(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
