package io.strikegrid.server.ingest;

import org.jspecify.annotations.Nullable;

/** A file that cannot be imported at all; nothing of it has been committed. */
public final class ImportException extends Exception {

  private static final long serialVersionUID = 1;

  /** Says which file and why. */
  public ImportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
