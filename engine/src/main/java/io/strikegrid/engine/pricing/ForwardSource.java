package io.strikegrid.engine.pricing;

import java.util.Arrays;

/** Where a forward came from. */
public enum ForwardSource {
  /** There was none: the forward is unknown. */
  NONE("none"),
  /** Put-call parity of the chain's own prices. */
  PARITY("parity"),
  /** The underlying, carried with what the expiries before and after it have besides the rate. */
  BASIS("basis"),
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

  /**
   * The source with a label.
   *
   * @throws IllegalArgumentException where none has it
   */
  public static ForwardSource ofLabel(String label) {
    return Arrays.stream(values())
        .filter(source -> source.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no source of forwards is " + label));
  }
}
