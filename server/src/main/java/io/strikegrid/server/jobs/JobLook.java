package io.strikegrid.server.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job at one moment.
 *
 * @param row what the store knows of it
 * @param now the moment
 */
public record JobLook(JobRow row, Instant now) {

  /** How it stands. */
  public JobState state() {
    if (row.isRunning()) {
      return isStuck() ? JobState.STUCK : JobState.RUNNING;
    }
    if (row.runningSince().isPresent()) {
      return JobState.ABANDONED;
    }
    return row.outcome().map(JobLook::state).orElse(JobState.NEVER);
  }

  private static JobState state(JobOutcome outcome) {
    return switch (outcome) {
      case DONE -> JobState.OK;
      case FAILED -> JobState.FAILING;
      case ABANDONED, BUSY -> JobState.ABANDONED;
    };
  }

  /** How long it has been running; empty where it is not. */
  public Optional<Duration> runningFor() {
    return row.isRunning()
        ? row.runningSince().map(since -> Duration.between(since, now))
        : Optional.empty();
  }

  private boolean isStuck() {
    return runningFor().filter(taken -> taken.compareTo(row.longest()) > 0).isPresent();
  }

  /** What is wrong with it, in words for anybody; empty where nothing is. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (isStuck()) {
      reasons.add(
          "job %s has been running for %d s, longer than %d s"
              .formatted(
                  row.name(), runningFor().orElseThrow().toSeconds(), row.longest().toSeconds()));
    }
    if (row.consecutiveFailures() > 0) {
      String times =
          row.consecutiveFailures() == 1 ? "" : " " + row.consecutiveFailures() + " times in a row";
      reasons.add(
          "job %s failed%s: %s".formatted(row.name(), times, row.trouble().orElse("no reason")));
    }
    return reasons;
  }
}
