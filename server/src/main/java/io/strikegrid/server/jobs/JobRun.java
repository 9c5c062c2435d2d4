package io.strikegrid.server.jobs;

import java.time.Duration;

/**
 * What became of one run.
 *
 * @param job its name
 * @param message what it did, or why it did not
 * @param took how long; zero where it did not begin
 * @param consecutiveFailures of the job, with this one
 */
public record JobRun(
    String job, JobOutcome outcome, String message, Duration took, int consecutiveFailures) {}
