package io.strikegrid.server.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.Range;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.server.TestRedis;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.live.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisReplayTest {

  private static final long MONDAY = Instant.parse("2025-04-21T03:45:00Z").getEpochSecond();
  private static final long DAY = 86_400;
  private static final Speed MAX = Speed.parse("max");

  @TempDir private static Path folder;

  private final long seed = RandomGenerator.getDefault().nextLong();
  private final TestRedis redis = TestRedis.start();
  private final TickReader reader = new TickReader(Replays.MARKETS, InstantSource.system());

  @AfterAll
  void close() {
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.commands().flushall();
  }

  private static Path file(String name, List<String> lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private List<Map<String, String>> entries() {
    return redis.commands().xrange("strikegrid:ticks", Range.unbounded()).stream()
        .map(e -> e.getBody())
        .toList();
  }

  private List<Tick> ticks() throws RefusedRow {
    List<Tick> ticks = new ArrayList<>();
    for (Map<String, String> entry : entries()) {
      ticks.add(reader.read(entry));
    }
    return ticks;
  }

  private List<String> texts() throws RefusedRow {
    return ticks().stream().map(LongChainCsv::text).toList();
  }

  @Test
  void run_generatedDay_sendsEveryRowExactlyInOrderOfTime() throws Exception {
    LongChainCsv csv = new LongChainCsv(seed, MONDAY, 60);
    Replays replays = new Replays(redis.url(), MAX, Replays.NONE);

    ReplayReport report = replays.run(file("day.csv", csv.lines()));

    assertThat(texts()).as("seed %d", seed).isEqualTo(csv.ticks());
    assertThat(report.sent()).isEqualTo(60 * 20);
    assertThat(report.lines().getFirst()).startsWith("sent 1,200 ticks in ");
    assertThat(replays.slept()).isZero();
  }

  @Test
  void run_severalFilesAndDays_mergesThemByTime() throws Exception {
    LongChainCsv first = new LongChainCsv(seed, MONDAY, 10);
    LongChainCsv second = new LongChainCsv(seed + 1, MONDAY + DAY, 10);
    List<String> later = new ArrayList<>(List.of(LongChainCsv.HEADER));
    later.addAll(second.rows());
    later.addAll(first.rows().subList(100, 200));
    List<String> earlier = new ArrayList<>(List.of(LongChainCsv.HEADER));
    earlier.addAll(first.rows().subList(0, 100));

    new Replays(redis.url(), MAX, Replays.NONE)
        .run(file("later.csv", later), file("earlier.csv", earlier));

    List<String> expected = new ArrayList<>(first.ticks());
    expected.addAll(second.ticks());
    assertThat(texts()).as("seed %d", seed).isEqualTo(expected);
  }

  @Test
  void run_whatAnImportDoesNotTake_isNotSent() throws Exception {
    LongChainCsv csv = new LongChainCsv(seed, MONDAY, 2);
    String row = csv.rows().get(20);
    List<String> lines = new ArrayList<>(csv.lines());
    lines.add(row);
    String[] cells = row.split(",", -1);
    lines.add(with(cells, 0, "202504210917", 7, "0"));
    lines.add(with(cells, 0, "202504211545"));
    lines.add(with(cells, 0, "202504210800"));
    lines.add(with(cells, 3, "none"));
    lines.add(with(cells, 2, "24-Apr-2020"));
    Replays replays = new Replays(redis.url(), MAX, Replays.NONE);

    replays.run(file("faults.csv", lines));

    List<Tick> ticks = new ArrayList<>(ticks());
    Tick underlying = ticks.removeLast();
    List<String> expected = new ArrayList<>(csv.ticks());
    expected.add(csv.ticks().get(20));
    assertThat(ticks.stream().map(LongChainCsv::text))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(underlying.expiry()).as("the dropout's underlying, for its minute").isEmpty();
    assertThat(underlying.observation().get(ObservationField.UNDERLYING))
        .isEqualTo(Double.parseDouble(cells[5]));
    assertThat(String.join("\n", replays.reports().getFirst().readingLines()))
        .contains("one-sided dropouts, not sent")
        .contains("rows after the close, not sent")
        .contains("outside_session")
        .contains("after_expiry")
        .contains("bad_number");
  }

  private static String with(String[] cells, Object... changes) {
    String[] changed = cells.clone();
    for (int i = 0; i < changes.length; i += 2) {
      changed[(int) changes[i]] = (String) changes[i + 1];
    }
    return String.join(",", changed);
  }

  @Test
  void run_shuffledWithDuplicatesAndLate_bringsTheSameTicks() throws Exception {
    LongChainCsv csv = new LongChainCsv(seed, MONDAY, 60);
    Path file = file("shuffled.csv", csv.lines());

    ReplayReport report =
        new Replays(redis.url(), MAX, new Disorder(90, 0.1, 0.05, seed)).run(file);

    List<String> texts = texts();
    assertThat(texts).as("seed %d", seed).hasSizeBetween(1201, 1400);
    assertThat(texts.stream().distinct())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(csv.ticks());
    assertThat(ticks())
        .as("seed %d", seed)
        .isNotEqualTo(
            ticks().stream()
                .sorted(Comparator.comparingLong(t -> t.observation().millis()))
                .toList());
    assertThat(report.lines()).anyMatch(l -> l.contains("seed " + seed));
  }

  @Test
  void run_atSixtyTimes_waitsASecondForEachMinuteAndNotOvernight() throws Exception {
    LongChainCsv monday = new LongChainCsv(seed, MONDAY, 31);
    LongChainCsv tuesday = new LongChainCsv(seed, MONDAY + DAY, 11);
    List<String> lines = new ArrayList<>(monday.lines());
    lines.addAll(tuesday.rows());
    Replays replays = new Replays(redis.url(), Speed.parse("60"), Replays.NONE);

    replays.run(file("paced.csv", lines));

    assertThat(replays.slept()).isEqualTo(Duration.ofSeconds(40));
    assertThat(replays.sent()).hasSize(42).isSorted();
  }

  @Test
  void run_redisThatIsNotThere_failsWithItsAddress() throws Exception {
    Path file = file("nowhere.csv", new LongChainCsv(seed, MONDAY, 1).lines());

    assertThatThrownBy(
            () -> new Replays("redis://u:secret@127.0.0.1:9", MAX, Replays.NONE).run(file))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("redis://127.0.0.1:9")
        .hasMessageNotContaining("secret");
  }

  @Test
  void run_readyMadeBars_areRefusedWithTheWayThatTheyGo() throws Exception {
    Path file =
        file(
            "bars.csv",
            List.of(
                "bucket_time,symbol,expiry,strike,call_close",
                "2025-04-21T04:00:00Z,NIFTY50,2025-04-24,24000,1"));

    assertThatThrownBy(() -> new Replays(redis.url(), MAX, Replays.NONE).run(file))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("http")
        .hasMessageContaining("/ingest/bars");
    assertThat(entries()).isEmpty();
  }
}
