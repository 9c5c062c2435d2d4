package io.strikegrid.engine.pricing;

/** Where a forward came from. */
public enum ForwardSource {
  /** There was none: the forward is unknown. */
  NONE("none"),
  /** Put-call parity of the chain's own prices. */
  PARITY("parity"),
  /** A quoted underlying, carried to the expiry. */
  UNDERLYING("underlying");

  private final String label;

  ForwardSource(String label) {
    this.label = label;
  }

  /** The word in answers. */
  public String label() {
    return label;
  }
}
