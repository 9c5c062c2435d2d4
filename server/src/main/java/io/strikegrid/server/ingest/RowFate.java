package io.strikegrid.server.ingest;

import java.util.Locale;

/** What becomes of a row that could be read. */
enum RowFate {
  /** It makes a bar. */
  BAR,
  /** It came after the close and tells only the day's figures. */
  AFTER_CLOSE,
  /** Its poll was stale. */
  STALE,
  /** Its time is outside the session. */
  OUTSIDE_SESSION,
  /** Its day has no session. */
  CLOSED_DAY;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
