package io.strikegrid.server.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as the store knows it. {@code last...} are of the last run that ended, whoever ran it.
 *
 * @param name of the job
 * @param every from the end of a run to the next
 * @param longest that a run may take
 * @param runs that began, ever
 * @param failures of those
 * @param consecutiveFailures since the last success
 * @param outcome empty before the first run ended
 * @param message what the last run did, or why it did not
 * @param trouble why it failed last; empty after a success
 * @param runningSince when a run began whose end is not known
 * @param runningBy the process of that run
 * @param isRunning whether that process still holds the job's lock
 * @param nextRun when it is due; empty where no server has run the scheduler yet
 */
public record JobRow(
    String name,
    Duration every,
    Duration longest,
    long runs,
    long failures,
    int consecutiveFailures,
    Optional<Instant> lastStart,
    Optional<Instant> lastEnd,
    Optional<Instant> lastSuccess,
    Optional<JobOutcome> outcome,
    Optional<String> message,
    Optional<String> trouble,
    Optional<Instant> runningSince,
    Optional<String> runningBy,
    boolean isRunning,
    Optional<Instant> nextRun) {

  /** One that the store knows nothing of. */
  static JobRow unknown(Job job) {
    return new JobRow(
        job.name(),
        job.every(),
        job.longest(),
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  /** How long the last run took. */
  public Optional<Duration> duration() {
    return lastStart.flatMap(start -> lastEnd.map(end -> Duration.between(start, end)));
  }
}
