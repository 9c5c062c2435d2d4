package io.strikegrid.server.jobs;

import java.time.Duration;

/**
 * Something to be done again and again. A run may be cut off at any moment, by an interrupt or with
 * the process, and is then done anew: what it changes is in transactions, and doing it twice does
 * no harm.
 */
public interface Job {

  /** What it is called: a word in lower case, the same in every version. */
  String name();

  /** From the end of a run to the start of the next; positive. */
  Duration every();

  /** A run that takes longer counts as stuck, which is said and not ended; positive. */
  Duration longest();

  /**
   * Does it once.
   *
   * @return one line for people: what was done
   * @throws JobStoppedException from {@link JobContext#checkStop}
   * @throws Exception where it failed; its message is the reason that people see
   */
  String run(JobContext context) throws Exception;
}
