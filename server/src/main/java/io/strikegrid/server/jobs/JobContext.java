package io.strikegrid.server.jobs;

import java.util.function.BooleanSupplier;

/** What a run may ask of whoever runs it; for the thread of the run. */
public final class JobContext {

  private final BooleanSupplier stopping;

  JobContext(BooleanSupplier stopping) {
    this.stopping = stopping;
  }

  /** Whether to come to an end soon: the process stops, or has lost the job's lock. */
  public boolean isStopping() {
    return stopping.getAsBoolean();
  }

  /** For between the steps of a long run: ends it here where it {@link #isStopping}. */
  public void checkStop() throws JobStoppedException {
    if (isStopping()) {
      throw new JobStoppedException();
    }
  }
}
