package io.strikegrid.server.jobs;

import io.strikegrid.server.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The jobs that this process can run, and what became of them in whichever process on the store.
 * Safe for use by any number of threads.
 */
public final class Jobs {

  private final List<Job> jobs;
  private final Database database;
  private final JobStore store;
  private final JobRunner runner;
  private final InstantSource clock;

  /**
   * Jobs on a store.
   *
   * @throws IllegalArgumentException where a name is not a word, or two are the same, or a duration
   *     is not positive
   */
  public Jobs(Database database, List<Job> jobs, InstantSource clock) {
    this.jobs = List.copyOf(jobs);
    this.jobs.forEach(Jobs::check);
    if (names().stream().distinct().count() < names().size()) {
      throw new IllegalArgumentException("names of jobs must differ; have " + names());
    }
    this.database = database;
    this.store = new JobStore(database);
    this.runner = new JobRunner(database, store, clock);
    this.clock = clock;
  }

  private static void check(Job job) {
    if (!job.name().matches("[a-z][a-z_]{0,39}")) {
      throw new IllegalArgumentException(
          "name of a job must be a word of a-z and _; have " + job.name());
    }
    if (!job.every().isPositive() || !job.longest().isPositive()) {
      throw new IllegalArgumentException(
          "job %s must have positive durations; have every %s, longest %s"
              .formatted(job.name(), job.every(), job.longest()));
    }
  }

  /** Names of all of them, in the order given. */
  public List<String> names() {
    return jobs.stream().map(Job::name).toList();
  }

  List<Job> all() {
    return jobs;
  }

  Database database() {
    return database;
  }

  InstantSource clock() {
    return clock;
  }

  /** Makes them known to the store. */
  void register() {
    store.register(jobs);
  }

  /** All of them as they stand now, in the order given. */
  public List<JobLook> look() {
    Map<String, JobRow> known =
        store.all().stream().collect(Collectors.toMap(JobRow::name, Function.identity()));
    Instant now = clock.instant();
    return jobs.stream()
        .map(job -> Optional.ofNullable(known.get(job.name())).orElseGet(() -> JobRow.unknown(job)))
        .map(row -> new JobLook(row, now))
        .toList();
  }

  /** What is wrong with them now; empty where nothing is. */
  public List<String> reasons() {
    return look().stream().flatMap(look -> look.reasons().stream()).toList();
  }

  /**
   * Runs one now, in this thread, unless another process does. Where it fails, a server tries it
   * again until it succeeds, rather than when it is due.
   *
   * @throws IllegalArgumentException where there is none of that name
   * @throws io.strikegrid.server.store.StoreException where the store does not answer
   */
  public JobRun run(String name) {
    Job job =
        jobs.stream()
            .filter(j -> j.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "job must be one of " + String.join(", ", names()) + "; have " + name));
    register();
    JobRun run = run(job, () -> false);
    if (run.outcome() == JobOutcome.FAILED) {
      store.makeDue(name, clock.instant());
    }
    return run;
  }

  JobRun run(Job job, BooleanSupplier stopping) {
    return runner.run(job, stopping);
  }
}
