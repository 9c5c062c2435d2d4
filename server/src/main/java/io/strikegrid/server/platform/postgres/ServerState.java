package io.strikegrid.server.platform.postgres;

import java.time.Instant;
import java.util.Optional;

/**
 * How the server of a data folder is, as the process that uses it knows.
 *
 * @param since when it was found gone; empty while it runs
 * @param tries how many times it was tried to start it since then; 0 while it runs
 * @param reason why it does not run yet; empty while it runs
 * @param restarts how many times it was back since this process uses it
 */
public record ServerState(Optional<Instant> since, int tries, String reason, int restarts) {

  static ServerState running(int restarts) {
    return new ServerState(Optional.empty(), 0, "", restarts);
  }

  static ServerState restarting(Instant since, int tries, String reason, int restarts) {
    return new ServerState(Optional.of(since), tries, reason, restarts);
  }

  /** Whether it runs, as far as is known. */
  public boolean isRunning() {
    return since.isEmpty();
  }

  /** In words: {@code running}, or since when, at which try and why not. */
  @Override
  public String toString() {
    return since
        .map(t -> "restarting since " + t + ", try " + tries + ": " + reason)
        .orElse("running");
  }
}
