package io.strikegrid.server.app;

import io.strikegrid.server.ingest.ImportException;
import io.strikegrid.server.ingest.ImportReport;
import io.strikegrid.server.ingest.Recording;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.ingest.replay.Disorder;
import io.strikegrid.server.ingest.replay.Replay;
import io.strikegrid.server.ingest.replay.ReplayConfig;
import io.strikegrid.server.ingest.replay.ReplayException;
import io.strikegrid.server.ingest.replay.ReplayReport;
import io.strikegrid.server.ingest.replay.Speed;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays recorded files to a server or a stream, as if they happened now. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Plays recorded chains as ticks, in the order of their event time.",
      "What an import would refuse, skip as stale or hold back is not sent."
    },
    footer = "The token may also come from STRIKEGRID_TOKEN.")
final class ReplayCommand implements Callable<Integer>, SettingOptions.Taker {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV, also in gzip or zip.")
  @Nullable List<Path> files;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URL",
      description = "http://host:port of a server, or redis://[user:password@]host:port.")
  String to = "";

  @Option(names = "--token", paramLabel = "TOKEN", description = "Who sends, over HTTP.")
  @Nullable String token;

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "Key of the Redis stream: strikegrid:ticks.")
  @Nullable String stream;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "Seconds of the recording in a second, or max: 60.")
  String speed = "60";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "A shipped profile or a YAML file; without it the header decides.")
  @Nullable String profile;

  @Option(
      names = "--shuffle",
      paramLabel = "SECONDS",
      description = "For tests: a tick comes up to so much later than its time: 0.")
  double shuffle;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      description = "For tests: this share of the ticks comes twice: 0.")
  double duplicates;

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      description = "For tests: this share of the ticks comes 1 to 5 minutes late: 0.")
  double late;

  @Option(names = "--seed", paramLabel = "N", description = "Of shuffle, duplicates and late: 1.")
  long seed = 1;

  @Spec @Nullable CommandSpec spec;

  @Override
  public List<Setting<?>> settings() {
    return List.of(SettingList.MARKETS);
  }

  @Override
  public Integer call() throws Exception {
    String sender = token == null ? System.getenv("STRIKEGRID_TOKEN") : token;
    boolean isRedis = to.startsWith("redis");
    ReplayConfig config =
        ReplayConfig.of(
            to,
            stream,
            isRedis ? token : sender,
            Speed.parse(speed),
            new Disorder(shuffle, duplicates, late, seed));
    Settings settings = Settings.of(System.getenv(), spec);
    List<Path> markets = settings.get(SettingList.MARKETS);
    settings.check(Objects.requireNonNull(spec).commandLine().getErr());
    MarketCatalog catalog = MarketCatalog.load(markets);
    Profiles profiles = new Profiles();
    Profile chosen = profile == null ? null : profiles.named(LentFiles.of(profile).toString());
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    InstantSource clock = InstantSource.system();
    try (Recording recording = new Recording(catalog, profiles, clock)) {
      return play(recording, chosen, new Replay(config, profiles), line);
    }
  }

  private int play(Recording recording, @Nullable Profile chosen, Replay replay, CommandLine line)
      throws ImportException, ReplayException, IOException, InterruptedException {
    List<ImportReport> reports = new ArrayList<>();
    ReplayReport report;
    try (TerminalProgress progress = new TerminalProgress(line.getErr())) {
      for (Path file : files == null ? List.<Path>of() : files) {
        reports.add(recording.read(LentFiles.of(file), chosen, progress));
      }
      report = replay.run(recording, progress);
    }
    PrintWriter out = line.getOut();
    reports.forEach(read -> read.readingLines().forEach(out::println));
    report.lines().stream().map(Printed::text).forEach(out::println);
    out.flush();
    return report.sent() > 0 && report.refused() < report.sent() ? 0 : 1;
  }
}
