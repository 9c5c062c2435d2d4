package io.strikegrid.server.jobs;

import io.strikegrid.server.rollup.DayCommit;
import java.time.Duration;

/** Forgets the observations behind live bars once their time is over. */
public final class ObservationsJob implements Job {

  private final DayCommit commit;
  private final Duration keep;

  /**
   * The job.
   *
   * @param keep how long they are kept
   */
  public ObservationsJob(DayCommit commit, Duration keep) {
    this.commit = commit;
    this.keep = keep;
  }

  @Override
  public String name() {
    return "observations";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public Duration longest() {
    return Duration.ofMinutes(10);
  }

  @Override
  public String run(JobContext context) {
    int rows = commit.forgetObservations(keep);
    return "forgot %,d rows of observations older than %d h".formatted(rows, keep.toHours());
  }
}
