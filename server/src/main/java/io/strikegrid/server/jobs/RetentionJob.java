package io.strikegrid.server.jobs;

import io.strikegrid.server.store.AgeStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/**
 * Drops trading days that are too old. First nobody is shown the day any more, then its rows go:
 * there is no moment in which half a day is served.
 */
public final class RetentionJob implements Job {

  private final Database database;
  private final KeepingConfig keeping;
  private final InstantSource clock;
  private final Consumer<GenerationStore.Row> forgotten;

  /**
   * The job.
   *
   * @param forgotten told of every day that is not there any more
   */
  public RetentionJob(
      Database database,
      KeepingConfig keeping,
      InstantSource clock,
      Consumer<GenerationStore.Row> forgotten) {
    this.database = database;
    this.keeping = keeping;
    this.clock = clock;
    this.forgotten = forgotten;
  }

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public Duration longest() {
    return Duration.ofHours(1);
  }

  @Override
  public String run(JobContext context) throws JobStoppedException, SQLException {
    if (keeping.keepDays() == 0) {
      return "retention is off";
    }
    LocalDate first =
        clock.instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(keeping.keepDays());
    List<GenerationStore.Row> days = AgeStore.daysBefore(database, first);
    for (GenerationStore.Row day : days) {
      context.checkStop();
      forgotten.accept(
          database.makeRoom(day.symbol(), connection -> AgeStore.forget(connection, day)));
    }
    // A session that begins the evening before, UTC, keeps its first part. So the day before the
    // first keeps its bars for one day more, which nobody is shown; if it is written, it is as
    // whole as its bars are, until it is dropped again.
    AgeStore.dropBars(database, first.minusDays(1));
    return "dropped %d days before %s".formatted(days.size(), first);
  }
}
