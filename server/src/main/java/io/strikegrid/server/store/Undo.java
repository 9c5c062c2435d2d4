package io.strikegrid.server.store;

import java.sql.SQLException;

/**
 * What has to be undone on a connection, whatever became of the work: as a resource of {@code try},
 * so that where both fail the failure of the work is the one that is told.
 */
@FunctionalInterface
public interface Undo extends AutoCloseable {

  @Override
  void close() throws SQLException;

  /** Undoes after a failure, which is thrown on; what fails meanwhile is added to it. */
  static void after(Throwable failure, Undo undo) {
    try {
      undo.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
