package io.strikegrid.server.app;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.ingest.ImportException;
import io.strikegrid.server.ingest.ImportReport;
import io.strikegrid.server.ingest.Importer;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports recorded files; a server on the same store may run meanwhile. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Imports recorded chains, bars or end-of-day files.",
      "A file is read to its end before its days are committed; importing it again changes nothing."
    })
final class ImportCommand implements Callable<Integer>, SettingOptions.Taker {

  private static final Logger LOG = LoggerFactory.getLogger(ImportCommand.class);
  private static final double NANOS = 1e9;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV, also in gzip or zip.")
  @Nullable List<Path> files;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "A shipped profile or a YAML file; without it the header decides.")
  @Nullable String profile;

  @Option(
      names = "--provenance",
      paramLabel = "KIND",
      description = "imported (default), backfilled or simulated.")
  Provenance provenance = Provenance.IMPORTED;

  @Spec @Nullable CommandSpec spec;

  @Override
  public List<Setting<?>> settings() {
    return SettingList.ofTheStore();
  }

  private StoreConfig config() {
    Settings settings = Settings.of(System.getenv(), spec);
    StoreConfig config = settings.store();
    settings.check(Objects.requireNonNull(spec).commandLine().getErr());
    return config;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (provenance == Provenance.LIVE) {
      throw new IllegalArgumentException(
          "provenance must be imported, backfilled or simulated; have live");
    }
    StoreConfig config = config();
    Profiles profiles = new Profiles();
    Profile chosen = profile == null ? null : profiles.named(LentFiles.of(profile).toString());
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = line.getOut();
    PrintWriter err = line.getErr();
    int failed = 0;
    List<Path> given =
        files == null ? List.of() : files.stream().map(file -> LentFiles.of(file)).toList();
    if (given.stream().noneMatch(Files::isRegularFile)) {
      throw new IllegalArgumentException("there is no file " + given.getFirst());
    }
    InstantSource clock = InstantSource.system();
    try (OpenStore open = OpenStore.forCommand(config)) {
      DayCommit commit = new DayCommit(open.database(), clock, row -> {});
      Importer importer = new Importer(open.markets(), profiles, commit, clock);
      for (Path file : given) {
        failed += run(importer, file, chosen, out, err) ? 0 : 1;
      }
      failed += refresh(new AggregateRefresh(open.database(), (row, first) -> {}), err) ? 0 : 1;
    }
    return failed == 0 ? 0 : 1;
  }

  /** Aggregates take over what was imported, also what an import before this one left. */
  private static boolean refresh(AggregateRefresh refresh, PrintWriter err) {
    try (TerminalProgress progress = new TerminalProgress(err)) {
      refresh.finish(progress::left);
      return true;
    } catch (StoreException e) {
      err.println("strikegrid: what was imported is stored, but " + Printed.text(e.getMessage()));
      return false;
    }
  }

  private static String seconds(long since) {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - since) / NANOS);
  }

  private boolean run(
      Importer importer, Path file, @Nullable Profile chosen, PrintWriter out, PrintWriter err) {
    ImportReport report;
    long begun = System.nanoTime();
    LOG.info("importing {}", file);
    try (TerminalProgress progress = new TerminalProgress(err)) {
      report = importer.run(file, chosen, provenance, progress);
    } catch (ImportException | StoreException e) {
      LOG.info("import of {} failed after {} s", file, seconds(begun));
      err.println("strikegrid: " + Printed.text(e.getMessage()));
      return false;
    }
    LOG.info("imported {} in {} s", file, seconds(begun));
    report.lines().forEach(out::println);
    out.flush();
    return !report.isAllRefused();
  }
}
