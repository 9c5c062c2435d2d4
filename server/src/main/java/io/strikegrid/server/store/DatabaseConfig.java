package io.strikegrid.server.store;

import java.util.Optional;

/**
 * How a database is used.
 *
 * @param connections most connections at a time for what is asked and written
 * @param engine that the store must have; empty for its own, or the best for a new one
 * @param isServer whether jobs, listening and locks need connections of their own beside them; a
 *     command has none of these, and its statements may take longer
 * @param reserve what is kept free on the disk
 */
public record DatabaseConfig(
    int connections, Optional<Engine> engine, boolean isServer, DiskReserve reserve) {

  /** Checks the bounds. */
  public DatabaseConfig {
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be positive; have " + connections);
    }
  }

  /** Of a server. */
  public static DatabaseConfig server(int connections) {
    return new DatabaseConfig(connections, Optional.empty(), true, DiskReserve.none());
  }

  /** Of a command. */
  public static DatabaseConfig command(int connections) {
    return new DatabaseConfig(connections, Optional.empty(), false, DiskReserve.none());
  }

  /** The same with an engine that is asked for. */
  public DatabaseConfig withEngine(Optional<Engine> asked) {
    return new DatabaseConfig(connections, asked, isServer, reserve);
  }

  /** The same with another reserve. */
  public DatabaseConfig withReserve(DiskReserve kept) {
    return new DatabaseConfig(connections, engine, isServer, kept);
  }

  TimeLimits limits() {
    return isServer ? TimeLimits.REQUESTS : TimeLimits.WORK;
  }
}
