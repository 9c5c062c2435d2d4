package io.strikegrid.server.jobs;

/** Ends a run between two of its steps, because its process stops; it is done anew later. */
public final class JobStoppedException extends Exception {

  private static final long serialVersionUID = 1;

  JobStoppedException() {
    super("stopped between two steps");
  }
}
