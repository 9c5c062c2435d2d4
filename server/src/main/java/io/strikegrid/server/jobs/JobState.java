package io.strikegrid.server.jobs;

import java.util.Locale;

/** How a job stands. */
public enum JobState {
  /** It has not run yet. */
  NEVER,
  /** Its last run did what it has to. */
  OK,
  /** It runs. */
  RUNNING,
  /** It runs for longer than it may. */
  STUCK,
  /** Its last run failed. */
  FAILING,
  /** Its last run was cut off, and is done anew. */
  ABANDONED;

  /** As it is shown. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
