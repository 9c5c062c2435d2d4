package io.strikegrid.server.ingest;

/** A row that cannot be taken; caught where rows are read, and counted. */
final class RefusedRow extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  RefusedRow(String code, String field, String value, String allowed) {
    super(null, null, false, false);
    this.refusal = new Refusal(code, field, value, allowed);
  }

  Refusal refusal() {
    return refusal;
  }
}
