package io.strikegrid.server.jobs;

import java.util.Locale;

/** How a run ended. */
public enum JobOutcome {
  /** It did what it has to. */
  DONE,
  /** It did not, for a reason of its own. */
  FAILED,
  /** It was cut off, because its process stopped. */
  ABANDONED,
  /** It did not begin, because another process runs the job. */
  BUSY;

  /** As it is stored and shown. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static JobOutcome of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
