package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.ingest.replay.Disorder;
import io.strikegrid.server.ingest.replay.Replay;
import io.strikegrid.server.ingest.replay.ReplayConfig;
import io.strikegrid.server.ingest.replay.ReplayProgress;
import io.strikegrid.server.ingest.replay.ReplayReport;
import io.strikegrid.server.ingest.replay.Speed;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ready-made bars, replayed to a server. */
final class BarsReplayTest {

  private static final ReplayProgress SILENT =
      new ReplayProgress() {
        @Override
        public void sent(LocalDate day, long count, long total, Instant at) {
          // nobody is told
        }

        @Override
        public void read(Path file, long bytes, long total) {
          // nobody is told
        }

        @Override
        public void committed(String day, int done, int days) {
          // nobody is told
        }
      };

  @TempDir private Path folder;

  private final long seed = RandomGenerator.getDefault().nextLong();

  @Test
  void replay_readyMadeBars_storesWhatAnImportDoes() throws Exception {
    List<String> lines =
        new StrikegridCsv(seed, 2, List.of())
            .whole().stream().map(l -> l.replace("NIFTY 50", "BANKNIFTY")).toList();
    Path file = Imports.write(folder, "bars.csv", lines);
    try (SampleServer server = SampleServer.start();
        TestDatabase imported = TestDatabase.create()) {
      new Imports(imported.database()).run(file);

      ReplayReport report = replay(file, "http://127.0.0.1:" + server.client().port());

      assertThat(report.sent()).as("seed %d", seed).isEqualTo(lines.size() - 1);
      assertThat(report.refused()).as("seed %d", seed).isZero();
      for (String suffix : List.of("", "_5min", "_15min")) {
        String sql = bars("fo_option_strike_bars" + suffix);
        StoredRows.assertEqual(
            imported.database(), sql, server.database(), sql, "seed " + seed + suffix);
      }
    }
  }

  private static ReplayReport replay(Path file, String to) throws Exception {
    ReplayConfig config =
        ReplayConfig.of(to, null, null, Speed.parse("max"), new Disorder(0, 0, 0, 1));
    try (Recording recording =
        new Recording(Imports.MARKETS, Imports.PROFILES, InstantSource.system())) {
      recording.read(file, null, SILENT);
      return new Replay(config, Imports.PROFILES).run(recording, SILENT);
    }
  }

  private static String bars(String table) {
    String values =
        BarColumns.inMemory().stream()
            .map(BarColumn::name)
            .filter(name -> !name.endsWith("provenance"))
            .collect(Collectors.joining(", "));
    return "SELECT expiry, strike, bucket_time, %s FROM %s WHERE symbol = 'BANKNIFTY' ORDER BY expiry, strike, bucket_time"
        .formatted(values, table);
  }
}
