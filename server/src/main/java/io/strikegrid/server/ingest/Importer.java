package io.strikegrid.server.ingest;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.TooManyStrikesException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Imports recorded files. A file is read to its end first; only then are its trading days
 * committed, each in one transaction. Running it again, also after it was cut off, ends with the
 * same rows.
 */
public final class Importer {

  private final MarketCatalog markets;
  private final FileIntake intake;
  private final DayCommit commit;
  private final InstantSource clock;

  /** An importer into the store behind the commit. */
  public Importer(MarketCatalog markets, Profiles profiles, DayCommit commit, InstantSource clock) {
    this.clock = clock;
    this.markets = markets;
    this.intake = new FileIntake(profiles);
    this.commit = commit;
  }

  /**
   * Imports a file.
   *
   * @param chosen the profile; null to let the header decide
   * @param provenance what the rows are
   * @throws ImportException where the file cannot be read to its end, or no profile fits: then
   *     nothing of it has been committed
   */
  public ImportReport run(
      Path file, @Nullable Profile chosen, Provenance provenance, ImportProgress progress)
      throws ImportException {
    ImportReport report = new ImportReport(file.toString());
    try (Stages stages = new Stages(markets, report, clock)) {
      intake.read(file, chosen, progress, report, stages);
      stages.commit(commit, provenance, progress);
    } catch (IOException e) {
      throw new ImportException(file + ": the stage cannot be kept: " + e.getMessage(), e);
    } catch (TooManyStrikesException e) {
      throw new ImportException(file + ": " + e.getMessage(), e);
    }
    return report;
  }
}
