package io.strikegrid.engine.market;

/** The right a contract gives: to buy or to sell. */
public enum Side {
  /** The right to buy. */
  CALL("call"),
  /** The right to sell. */
  PUT("put");

  private final String label;

  Side(String label) {
    this.label = label;
  }

  /** The name on every interface: {@code call} or {@code put}. */
  public String label() {
    return label;
  }

  /** The right on the other side of the same strike. */
  public Side other() {
    return this == CALL ? PUT : CALL;
  }
}
