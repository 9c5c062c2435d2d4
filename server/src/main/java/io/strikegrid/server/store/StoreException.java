package io.strikegrid.server.store;

import org.jspecify.annotations.Nullable;

/** The database cannot do what it was asked; the message says what and why. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says what went wrong. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
