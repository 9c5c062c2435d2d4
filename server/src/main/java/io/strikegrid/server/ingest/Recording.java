package io.strikegrid.server.ingest;

import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.live.Tick;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recorded files, read and judged as an import does, to be played again one trading day at a time.
 * What is read waits on disk; closing removes it. For one thread.
 */
public final class Recording implements AutoCloseable {

  private static final Comparator<Tick> BY_TIME =
      Comparator.comparingLong(t -> t.observation().millis());

  private final MarketCatalog markets;
  private final InstantSource clock;
  private final FileIntake intake;
  private final List<Stages> files = new ArrayList<>();

  /** An empty one. */
  public Recording(MarketCatalog markets, Profiles profiles, InstantSource clock) {
    this.markets = markets;
    this.clock = clock;
    this.intake = new FileIntake(profiles);
  }

  /**
   * Reads a file to its end.
   *
   * @param chosen the profile; null to let the header decide
   * @return what its rows came to, complete once each of its days was asked for
   * @throws ImportException where it cannot be read, no profile fits, or it tells of whole days
   */
  public ImportReport read(Path file, @Nullable Profile chosen, ImportProgress progress)
      throws ImportException {
    ImportReport report = new ImportReport(file.toString());
    Stages stages = new Stages(markets, report, clock);
    files.add(stages);
    intake.read(file, chosen, progress, report, stages);
    for (Profile profile : stages.profiles()) {
      if (profile.kind() == Profile.Kind.DAY) {
        throw new ImportException(
            file
                + ": holds figures of whole days (profile "
                + profile.name()
                + "), and nothing to be played through time; use import",
            null);
      }
    }
    return report;
  }

  /** The profiles that the files were read by. */
  public Set<Profile> profiles() {
    Set<Profile> profiles = new LinkedHashSet<>();
    files.forEach(f -> profiles.addAll(f.profiles()));
    return profiles;
  }

  /** Trading days of the files. */
  public NavigableSet<LocalDate> days() throws IOException {
    NavigableSet<LocalDate> days = new TreeSet<>();
    for (Stages stages : files) {
      days.addAll(stages.dates());
    }
    return days;
  }

  /** What was observed on a trading day, of every symbol and expiry, in order of event time. */
  public List<Tick> ticks(LocalDate date) throws IOException {
    List<Tick> ticks = new ArrayList<>();
    for (Stages stages : files) {
      stages.use(date, (day, session) -> DayTicks.add(day, session, ticks));
    }
    ticks.sort(BY_TIME);
    return ticks;
  }

  @Override
  public void close() throws IOException {
    for (Stages stages : files) {
      stages.close();
    }
  }
}
