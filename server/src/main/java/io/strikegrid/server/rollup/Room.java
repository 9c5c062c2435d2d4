package io.strikegrid.server.rollup;

import java.sql.SQLException;

/**
 * Memory for what a commit unpacks, shared by all of them. A commit asks for it once it has the
 * lock of its symbol, so that one which waits for its turn keeps no room from others.
 */
public interface Room {

  /** Work that takes room. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it. */
    T done() throws SQLException;
  }

  /**
   * Does work as soon as there is room for it.
   *
   * @param observations that it unpacks at most
   */
  <T> T with(long observations, Work<T> work) throws SQLException;
}
