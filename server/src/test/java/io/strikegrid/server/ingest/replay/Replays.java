package io.strikegrid.server.ingest.replay;

import io.strikegrid.server.ingest.ImportProgress;
import io.strikegrid.server.ingest.ImportReport;
import io.strikegrid.server.ingest.Recording;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Plays files, without waiting for anything. */
final class Replays {

  static final MarketCatalog MARKETS = MarketCatalog.load(List.of());
  static final Disorder NONE = new Disorder(0, 0, 0, 1);

  private static final Profiles PROFILES = new Profiles();

  private final Replay replay;
  private final List<Duration> slept = new ArrayList<>();
  private final List<Instant> sent = new ArrayList<>();
  private final List<ImportReport> reports = new ArrayList<>();

  Replays(String to, Speed speed, Disorder disorder) {
    this(ReplayConfig.of(to, null, null, speed, disorder));
  }

  Replays(ReplayConfig config) {
    this.replay = new Replay(config, PROFILES, new FakePauses());
  }

  /** Time goes on by what is slept alone. */
  private final class FakePauses implements Replay.Pauses {
    private long now = 1_000_000;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void sleep(Duration time) {
      slept.add(time);
      now += time.toNanos();
    }
  }

  ReplayReport run(Path... files) throws Exception {
    try (Recording recording = new Recording(MARKETS, PROFILES, InstantSource.system())) {
      for (Path file : files) {
        reports.add(recording.read(file, null, ImportProgress.SILENT));
      }
      return replay.run(
          recording,
          new ReplayProgress() {
            @Override
            public void sent(LocalDate day, long count, long total, Instant at) {
              sent.add(at);
            }

            @Override
            public void read(Path file, long bytes, long total) {
              // nobody is told
            }

            @Override
            public void committed(String day, int done, int days) {
              throw new IllegalStateException("a replay commits nothing");
            }
          });
    }
  }

  /** How long was slept in all. */
  Duration slept() {
    return slept.stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** Newest event time of each batch. */
  List<Instant> sent() {
    return sent;
  }

  List<ImportReport> reports() {
    return reports;
  }
}
