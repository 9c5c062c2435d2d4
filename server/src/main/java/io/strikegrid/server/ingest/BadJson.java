package io.strikegrid.server.ingest;

/** A JSON text that cannot be taken as a whole; the message says what it has and where. */
public final class BadJson extends Exception {

  private static final long serialVersionUID = 1;

  /** A text that has something it may not have. */
  public BadJson(String has) {
    super(has, null, false, false);
  }

  /** What it has. */
  public String has() {
    return String.valueOf(getMessage());
  }
}
