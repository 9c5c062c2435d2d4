package io.strikegrid.server.jobs;

import io.strikegrid.server.platform.watch.LostConnection;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.SessionLock;
import io.strikegrid.server.store.StoreException;
import java.lang.management.ManagementFactory;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job once, where no other process does: a session of the database holds the job's lock
 * meanwhile, and what became of it is stored. Safe for use by any number of threads.
 */
final class JobRunner {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final int LONGEST_MESSAGE = 500;

  /** This process, as others read it: its number and its machine. */
  static final String PROCESS = ManagementFactory.getRuntimeMXBean().getName();

  private final Database database;
  private final JobStore store;
  private final InstantSource clock;

  JobRunner(Database database, JobStore store, InstantSource clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Runs it, or says that another process does.
   *
   * @param stopping whether this process is about to stop
   * @throws StoreException where the store cannot be asked, or told how it went
   */
  JobRun run(Job job, BooleanSupplier stopping) {
    try (SessionLock lock = new SessionLock(database, "job " + job.name())) {
      return switch (lock.take()) {
        case HELD -> runLocked(job, stopping, lock);
        case HELD_BY_ANOTHER ->
            new JobRun(job.name(), JobOutcome.BUSY, "it runs in another process", Duration.ZERO, 0);
        case NO_STORE ->
            throw new StoreException(
                "the store does not answer", new SQLTransientConnectionException(job.name()));
      };
    }
  }

  private JobRun runLocked(Job job, BooleanSupplier stopping, SessionLock lock) {
    Instant start = now();
    store.started(job.name(), start, PROCESS);
    JobContext context =
        new JobContext(() -> stopping.getAsBoolean() || lock.take() != SessionLock.State.HELD);
    Ended ended = attempt(job, context, stopping);
    Instant end = now();
    Duration took = Duration.between(start, end);
    int failures =
        store
            .ended(job.name(), start, PROCESS, end, ended.outcome, ended.message)
            .orElseGet(() -> {
              LOG.warn("job {} was begun by another process before it ended here", job.name());
              return 0;
            });
    return new JobRun(job.name(), ended.outcome, ended.message, took, failures);
  }

  private record Ended(JobOutcome outcome, String message) {}

  private static Ended attempt(Job job, JobContext context, BooleanSupplier stopping) {
    try {
      return new Ended(JobOutcome.DONE, line(job.run(context)));
    } catch (JobStoppedException e) {
      return new Ended(JobOutcome.ABANDONED, reason(e));
    } catch (Exception | Error e) {
      if (stopping.getAsBoolean()) {
        LOG.info("job {} was cut off: {}", job.name(), e.getMessage());
        return new Ended(JobOutcome.ABANDONED, "cut off, because its process stopped");
      }
      String reason = line(reason(e));
      boolean isForeseen = e instanceof StoreException || e instanceof JdbiException;
      if (LostConnection.isCauseOf(e)) {
        LOG.debug("job {} failed with the store", job.name(), e);
      } else {
        LOG.warn("job {} failed: {}", job.name(), reason, isForeseen ? null : e);
      }
      return new Ended(JobOutcome.FAILED, reason);
    } finally {
      // an interrupt was for the job; what follows is to be stored
      Thread.interrupted();
    }
  }

  /** In words for anybody: of what the database refused, not the statement. */
  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    if (e instanceof JdbiException && cause != null) {
      return "the database refused: " + reason(cause).lines().findFirst().orElse("");
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  private static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) : line;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
