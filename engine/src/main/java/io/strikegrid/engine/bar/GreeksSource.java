package io.strikegrid.engine.bar;

/**
 * Where the Greeks of a bar came from. The order is that of the labels, so that the largest of
 * several is the same in SQL and here.
 */
public enum GreeksSource {
  /** Computed from the side's implied volatility. */
  COMPUTED("computed"),
  /** The feed gave them. */
  FEED("feed"),
  /** Computed from the implied volatility of the other side, since this one has none. */
  OTHER_SIDE("other_side");

  private final String label;

  GreeksSource(String label) {
    this.label = label;
  }

  /** The text in tables. */
  public String label() {
    return label;
  }
}
