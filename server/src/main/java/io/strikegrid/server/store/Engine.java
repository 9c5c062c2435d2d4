package io.strikegrid.server.store;

import java.util.Arrays;
import java.util.Optional;

/** Who keeps the 5 and 15 minute bars of a store. Pinned in the store when it is new. */
public enum Engine {
  /** The writer, in tables, within its own transaction. */
  PLAIN("plain"),
  /** TimescaleDB, in continuous aggregates that are refreshed after each commit. */
  TIMESCALE("timescale");

  private final String label;

  Engine(String label) {
    this.label = label;
  }

  /** Its name in settings, answers and the store. */
  public String label() {
    return label;
  }

  /** The engine of a name; empty where there is none. */
  public static Optional<Engine> named(String label) {
    return Arrays.stream(values()).filter(e -> e.label.equals(label)).findFirst();
  }
}
