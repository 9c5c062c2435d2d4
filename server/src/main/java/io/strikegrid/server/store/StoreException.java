package io.strikegrid.server.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The database cannot do what it was asked; the message says what and why. */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Other writers of a symbol did not finish. */
  static StoreException busy(String symbol, Duration patience) {
    return new StoreException(
        "no other writer of %s finished within %d s; try again"
            .formatted(symbol, patience.toSeconds()),
        null);
  }

  /** Says what went wrong. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
