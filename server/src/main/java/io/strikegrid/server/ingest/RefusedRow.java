package io.strikegrid.server.ingest;

import io.strikegrid.server.platform.http.Caller;

/** A row that cannot be taken; caught where rows are read, and counted. */
public final class RefusedRow extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  /** A row that is refused for one of its fields; see {@link Refusal}. */
  public RefusedRow(String code, String field, String value, String allowed) {
    super(null, null, false, false);
    this.refusal = new Refusal(code, field, value, allowed);
  }

  /**
   * Refuses a row of a symbol that whoever sends it may not write; the other rows are taken.
   *
   * @param symbol its canonical name
   */
  public static void checkSymbol(String symbol) throws RefusedRow {
    Caller caller = Caller.current();
    if (!caller.covers(symbol)) {
      throw new RefusedRow(
          "forbidden", "symbol", symbol, "one that the token is for: " + caller.scope());
    }
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
