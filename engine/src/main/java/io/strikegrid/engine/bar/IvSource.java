package io.strikegrid.engine.bar;

/**
 * Where an implied volatility came from. The order is that of the labels, so that the largest of
 * several is the same in SQL and here.
 */
public enum IvSource {
  /** The feed gave it. */
  FEED("feed"),
  /** Computed from the last traded price. */
  LAST("last"),
  /** Computed from the middle of bid and ask. */
  MID("mid");

  private final String label;

  IvSource(String label) {
    this.label = label;
  }

  /** The text in tables. */
  public String label() {
    return label;
  }
}
