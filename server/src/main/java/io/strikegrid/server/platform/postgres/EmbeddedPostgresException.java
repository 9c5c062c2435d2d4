package io.strikegrid.server.platform.postgres;

import java.io.IOException;

/** The embedded PostgreSQL cannot be had; the message says why and what to do about it. */
public final class EmbeddedPostgresException extends IOException {

  EmbeddedPostgresException(String message) {
    super(message);
  }

  EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
