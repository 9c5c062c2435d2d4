package io.strikegrid.server.jobs;

import io.strikegrid.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs and what became of them, in and out of their table. */
final class JobStore {

  private static final double MILLISECONDS = 1000;

  private static final String ENDED =
      """
      UPDATE strikegrid.job SET
        outcome = :outcome, message = :message, last_start = running_since, last_end = :end,
        running_since = NULL, running_by = NULL,
        failures = failures + CASE WHEN :outcome = 'failed' THEN 1 ELSE 0 END,
        consecutive_failures = CASE :outcome
          WHEN 'failed' THEN consecutive_failures + 1
          WHEN 'done' THEN 0 ELSE consecutive_failures END,
        trouble = CASE :outcome WHEN 'failed' THEN :message WHEN 'done' THEN NULL ELSE trouble END,
        last_success = CASE :outcome WHEN 'done' THEN :end ELSE last_success END
      WHERE job = :job AND running_since = :start AND running_by = :by
      RETURNING consecutive_failures
      """;

  private static final String ALL =
      """
      SELECT job, extract(epoch FROM every) AS every, extract(epoch FROM longest) AS longest,
        runs, failures, consecutive_failures, last_start, last_end, last_success, outcome, message,
        trouble, running_since, running_by, is_running, next_run
      FROM strikegrid.job_status ORDER BY job
      """;

  private final Database database;

  JobStore(Database database) {
    this.database = database;
  }

  /** Makes jobs known, with their present settings. */
  void register(Iterable<Job> jobs) {
    database
        .jdbi()
        .useHandle(h -> {
          for (Job job : jobs) {
            h.execute(
                "INSERT INTO strikegrid.job AS j (job, every, longest) VALUES"
                    + " (?, ? * interval '1 second', ? * interval '1 second')"
                    + " ON CONFLICT (job) DO UPDATE SET every = excluded.every,"
                    + " longest = excluded.longest"
                    + " WHERE (j.every, j.longest) IS DISTINCT FROM"
                    + " (excluded.every, excluded.longest)",
                job.name(),
                seconds(job.every()),
                seconds(job.longest()));
          }
        });
  }

  /** Notes that a run begins. Only for whoever holds the job's lock. */
  void started(String job, Instant start, String by) {
    database
        .jdbi()
        .useHandle(h ->
            h.execute(
                "UPDATE strikegrid.job SET runs = runs + 1, running_since = ?, running_by = ?"
                    + " WHERE job = ?",
                utc(start),
                by,
                job));
  }

  /**
   * Notes that the run ended that began so.
   *
   * @return failures in a row, with this one; empty where another has begun a run since
   */
  Optional<Integer> ended(
      String job, Instant start, String by, Instant end, JobOutcome outcome, String message) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(ENDED)
                .bind("job", job)
                .bind("start", utc(start))
                .bind("by", by)
                .bind("end", utc(end))
                .bind("outcome", outcome.label())
                .bind("message", message)
                .mapTo(Integer.class)
                .findOne());
  }

  /** Makes a server, if there is one, take it up at once; not where one has. */
  void makeDue(String job, Instant now) {
    database
        .jdbi()
        .useHandle(h ->
            h.execute(
                "UPDATE strikegrid.job_schedule SET execution_time = ?, version = version + 1"
                    + " WHERE task_name = ? AND NOT picked AND execution_time > ?",
                utc(now),
                job,
                utc(now)));
  }

  /** Every job that was ever made known, by name. */
  List<JobRow> all() {
    return database.jdbi().withHandle(h -> h.select(ALL).map((rows, c) -> row(rows)).list());
  }

  private static JobRow row(ResultSet rows) throws SQLException {
    return new JobRow(
        rows.getString("job"),
        duration(rows, "every"),
        duration(rows, "longest"),
        rows.getLong("runs"),
        rows.getLong("failures"),
        rows.getInt("consecutive_failures"),
        time(rows, "last_start"),
        time(rows, "last_end"),
        time(rows, "last_success"),
        Optional.ofNullable(rows.getString("outcome")).map(JobOutcome::of),
        Optional.ofNullable(rows.getString("message")),
        Optional.ofNullable(rows.getString("trouble")),
        time(rows, "running_since"),
        Optional.ofNullable(rows.getString("running_by")),
        rows.getBoolean("is_running"),
        time(rows, "next_run"));
  }

  private static Duration duration(ResultSet rows, String column) throws SQLException {
    return Duration.ofMillis(Math.round(rows.getDouble(column) * MILLISECONDS));
  }

  private static Optional<Instant> time(ResultSet rows, String column) throws SQLException {
    @Nullable OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLISECONDS;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
