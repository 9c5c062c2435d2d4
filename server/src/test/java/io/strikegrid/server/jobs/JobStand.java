package io.strikegrid.server.jobs;

import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A store with any number of processes on it that run the same job, in quick motion. */
final class JobStand implements AutoCloseable {

  private static final Duration SHORT = Duration.ofMillis(50);

  /** Four of them without a sign are no slow machine. */
  private static final Duration SIGN = Duration.ofSeconds(1);

  final TestDatabase store = TestDatabase.create();
  private final Deque<JobScheduler> schedulers = new ArrayDeque<>();

  /** The jobs as another process would have them. */
  Jobs jobs(Job job) {
    return new Jobs(store.another(), List.of(job), InstantSource.system());
  }

  /** Starts a server that runs the job. */
  JobScheduler serve(Job job) {
    return serve(jobs(job), Duration.ofSeconds(20));
  }

  /** Starts a server that runs the jobs and waits so long for them when it stops. */
  JobScheduler serve(Jobs jobs, Duration stopWithin) {
    JobsConfig config = new JobsConfig(SHORT, SIGN, SHORT, SHORT.multipliedBy(4), stopWithin, 2);
    JobScheduler scheduler = new JobScheduler(jobs, config);
    schedulers.push(scheduler);
    scheduler.start();
    return scheduler;
  }

  Database database() {
    return store.database();
  }

  /** How the job stands, as another process sees it. */
  static JobLook look(Jobs jobs) {
    return jobs.look().getFirst();
  }

  @Override
  public void close() {
    schedulers.forEach(JobScheduler::close);
    store.close();
  }
}
