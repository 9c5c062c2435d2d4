package io.strikegrid.engine.bar;

/**
 * Where the underlying of a bar came from. The order is that of the labels, so that the largest of
 * several is the same in SQL and here.
 */
public enum UnderlyingSource {
  /** There was none: the underlying is unknown. */
  NONE("none"),
  /** A forward by put-call parity, discounted, stands in. */
  PARITY("parity"),
  /** The feed quoted it. */
  QUOTED("quoted");

  private final String label;

  UnderlyingSource(String label) {
    this.label = label;
  }

  /** The text in tables and answers. */
  public String label() {
    return label;
  }
}
