package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.TestRedis;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.redis.RedisAddress;
import io.strikegrid.server.ingest.redis.RedisConfig;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.live.Feeds;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.RecordedData;
import io.strikegrid.testkit.Slow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** A day that comes as ticks, out of order, twice and late, gives what its plain import does. */
final class ReplayEqualsImportTest {

  private static final long PAGE_BYTES = 16 << 20;
  private static final int MINUTES = 375;

  @TempDir private static Path folder;

  private final long seed = RandomGenerator.getDefault().nextLong();

  /** A way in. */
  enum Way {
    REDIS,
    HTTP
  }

  @ParameterizedTest
  @EnumSource
  void replay_generatedDay_givesTheRowsOfTheImport(Way way) throws Exception {
    assertSame(way, PolledDay.generate(folder, seed, MINUTES));
  }

  @ParameterizedTest
  @CsvSource({
    "REDIS, nse-chain-1min-202608/NIFTY_20260821.csv.gz",
    "HTTP, nse-chain-1min-202608/NIFTY_20260820.csv.gz",
  })
  void replay_recordedDay_givesTheRowsOfTheImport(Way way, String name) throws Exception {
    assertSame(way, PolledDay.recorded(RecordedData.require(name)));
  }

  @Slow
  @ParameterizedTest
  @CsvSource({
    "REDIS, nse-chain-1min-202608/NIFTY_20260819.csv.gz",
    "HTTP, nse-chain-1min-202608/NIFTY_20260819.csv.gz",
    "REDIS, nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz",
    "HTTP, nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz",
    "REDIS, nse-chain-1min-20250829/NIFTY_20250829.csv.gz",
    "HTTP, nse-chain-1min-20250829/NIFTY_20250829.csv.gz",
  })
  void replay_longRecording_givesTheRowsOfTheImport(Way way, String name) throws Exception {
    assertSame(way, PolledDay.recorded(RecordedData.require(name)));
  }

  private void assertSame(Way way, PolledDay day) throws Exception {
    System.out.println("seed " + seed);
    try (TestDatabase imported = TestDatabase.create();
        TestDatabase live = TestDatabase.create();
        TestRedis redis = TestRedis.start();
        Node node = Node.start(config(live, redis), FastClock.startNow())) {
      day.importInto(imported.database());
      LiveStatus status = new LiveStatus(node.port());
      String to = way == Way.REDIS ? redis.url() : "http://127.0.0.1:" + node.port();
      replay(day.replay(to, "max", seed));
      Await.until(
          "everything is committed",
          () ->
              way == Way.REDIS
                  ? status.hasCommittedStream(redis, RedisConfig.STREAM)
                  : status.hasCommittedPosts());
      assertThat(status.read().at("/feeds/0/refused").asLong()).as("seed %d", seed).isZero();
      assertThat(StoredRows.number(live.database(), "SELECT count(*) FROM fo_option_strike_bars"))
          .as("seed %d", seed)
          .isPositive();
      StoredRows.assertEqualBars(imported.database(), live.database());
    }
  }

  private static ServeConfig config(TestDatabase live, TestRedis redis) {
    return new ServeConfig(
        new StoreConfig(
            folder.resolve("data"),
            Optional.of(live.address()),
            Optional.empty(),
            List.of(),
            KeepingConfig.USUAL,
            5),
        new HttpConfig("127.0.0.1", 0, Optional.empty(), false),
        PAGE_BYTES,
        JournalConfig.in(folder.resolve("journal")),
        Feeds.SILENT_AFTER,
        LiveConfig.usual(),
        false,
        Optional.of(RedisConfig.of(RedisAddress.parse(redis.url()), RedisConfig.STREAM)));
  }

  private static void replay(String... command) {
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(said)).setOut(new PrintWriter(said));
    assertThat(line.execute(command)).as(said.toString()).isZero();
  }
}
