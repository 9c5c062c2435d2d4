package io.strikegrid.server.jobs;

import io.strikegrid.server.store.AgeStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.Engine;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Compresses the one-minute bars of old days, and again where they were corrected since. */
public final class CompressionJob implements Job {

  private final Database database;
  private final KeepingConfig keeping;
  private final InstantSource clock;

  /** The job. */
  public CompressionJob(Database database, KeepingConfig keeping, InstantSource clock) {
    this.database = database;
    this.keeping = keeping;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "compression";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public Duration longest() {
    return Duration.ofHours(1);
  }

  @Override
  public String run(JobContext context) throws JobStoppedException, SQLException {
    if (database.engine() == Engine.PLAIN) {
      return "plain tables are not compressed";
    }
    if (keeping.compressAfterDays() == 0) {
      return "compression is off";
    }
    LocalDate until =
        clock.instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(keeping.compressAfterDays());
    List<String> chunks = AgeStore.uncompressed(database, until);
    for (String chunk : chunks) {
      context.checkStop();
      AgeStore.compress(database, chunk);
    }
    return "compressed %d chunks of days before %s".formatted(chunks.size(), until);
  }
}
