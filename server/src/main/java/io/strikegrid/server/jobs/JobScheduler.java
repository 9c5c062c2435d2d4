package io.strikegrid.server.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.strikegrid.server.platform.watch.Heartbeat;
import io.strikegrid.server.platform.watch.LostConnection;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each job at its time, on virtual threads. When a job is due stands in the store, so that of
 * several servers one takes it up, and a restart forgets nothing; that it never runs twice at a
 * time is held by the job's lock. A job that failed is tried again sooner than it is due. Closing
 * lets runs end, then interrupts them: their connections break, and what they did not commit is
 * undone.
 */
public final class JobScheduler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);
  private static final String TABLE = "strikegrid.job_schedule";
  private static final Duration WHERE_BUSY = Duration.ofSeconds(5);
  private static final int SIGNS_MISSED = 4;
  private static final Vital SCHEDULER = Vital.of("scheduler", Duration.ofMinutes(5));

  private final Jobs jobs;
  private final JobsConfig config;
  private final Watch watch;
  private final Scheduler scheduler;
  private volatile Heartbeat heartbeat = () -> {};

  /** A scheduler that does nothing yet. */
  public JobScheduler(Jobs jobs, JobsConfig config) {
    this(jobs, config, new Watch());
  }

  /** The same, watched once it is started. */
  public JobScheduler(Jobs jobs, JobsConfig config, Watch watch) {
    this.watch = watch;
    this.jobs = jobs;
    this.config = config;
    this.scheduler =
        Scheduler.create(jobs.database().pool())
            .startTasks(jobs.all().stream().map(this::task).toList())
            .clock(jobs.clock()::instant)
            .tableName(TABLE)
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
            .schedulerName(new SchedulerName.Fixed(JobRunner.PROCESS))
            .threads(config.threads())
            .executorService(
                Executors.newFixedThreadPool(
                    config.threads(), Thread.ofVirtual().name("job-", 0).factory()))
            .pollingInterval(config.lookEvery())
            .heartbeatInterval(config.signEvery())
            .missedHeartbeatsLimit(SIGNS_MISSED)
            .shutdownMaxWait(config.stopWithin())
            .failureLogging(LogLevel.OFF, false)
            .addSchedulerListener(new Signs())
            .build();
  }

  /** Starts to run jobs. */
  public void start() {
    jobs.register();
    heartbeat = watch.pulse(SCHEDULER);
    scheduler.start();
  }

  private RecurringTask<Void> task(Job job) {
    return Tasks.recurring(job.name(), FixedDelay.of(job.every()))
        .onFailure((complete, operations) -> again(job, complete, operations))
        .onDeadExecution((complete, operations) -> {
          LOG.warn("job {} was left by a server that is gone, and is run again", job.name());
          operations.reschedule(complete, jobs.clock().instant());
        })
        .execute((instance, context) -> run(job, context));
  }

  private void run(Job job, ExecutionContext context) {
    BooleanSupplier stopping = () -> context.getSchedulerState().isShuttingDown();
    JobRun run = jobs.run(job, stopping);
    if (run.outcome() != JobOutcome.DONE) {
      throw new NotDoneException(run);
    }
    LOG.debug("job {}: {}", job.name(), run.message());
  }

  /** When to try again what was not done. */
  private void again(Job job, ExecutionComplete complete, ExecutionOperations<Void> operations) {
    Throwable cause = complete.getCause().orElse(null);
    Duration wait;
    if (cause instanceof NotDoneException notDone) {
      JobRun run = notDone.run;
      wait =
          switch (run.outcome()) {
            case BUSY -> shorter(WHERE_BUSY, job.every());
            case FAILED -> config.retryAfter(run.consecutiveFailures(), job.every());
            case ABANDONED, DONE -> Duration.ZERO;
          };
    } else {
      if (cause != null && LostConnection.isCauseOf(cause)) {
        LOG.debug("job {} could not be run, to be tried again", job.name(), cause);
      } else {
        LOG.warn("job {} could not be run, to be tried again: {}", job.name(), "" + cause);
      }
      wait = config.retryAfter(1, job.every());
    }
    operations.reschedule(complete, complete.getTimeDone().plus(wait));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    watch.forget(heartbeat);
    scheduler.stop();
  }

  /** Whatever the library's thread does, also in vain, shows that it lives. */
  private final class Signs extends AbstractSchedulerListener {

    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
      heartbeat.beat();
    }
  }

  /** Tells the library that a run did not do what it has to. */
  private static final class NotDoneException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient JobRun run;

    NotDoneException(JobRun run) {
      super(run.message(), null, false, false);
      this.run = run;
    }
  }
}
