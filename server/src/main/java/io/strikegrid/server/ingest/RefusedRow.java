package io.strikegrid.server.ingest;

/** A row that cannot be taken; caught where rows are read, and counted. */
public final class RefusedRow extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  /** A row that is refused for one of its fields; see {@link Refusal}. */
  public RefusedRow(String code, String field, String value, String allowed) {
    super(null, null, false, false);
    this.refusal = new Refusal(code, field, value, allowed);
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
