package io.strikegrid.engine.pricing;

/** Where a forward came from. */
public enum ForwardSource {
  /** There was none: the forward is unknown. */
  NONE("none"),
  /** Put-call parity of the chain's own prices. */
  PARITY("parity"),
  /** The underlying carried to the expiry. */
  CARRY("carry"),
  /** The venue, which gives each expiry an underlying of its own. */
  QUOTED("quoted");

  private final String label;

  ForwardSource(String label) {
    this.label = label;
  }

  /** The word in answers. */
  public String label() {
    return label;
  }
}
