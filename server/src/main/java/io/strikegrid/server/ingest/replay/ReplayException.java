package io.strikegrid.server.ingest.replay;

import org.jspecify.annotations.Nullable;

/** A replay that cannot go on. What was sent before it stays sent. */
public final class ReplayException extends Exception {

  private static final long serialVersionUID = 1;

  /** Says what and why. */
  public ReplayException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
