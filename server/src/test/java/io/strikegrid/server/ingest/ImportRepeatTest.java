package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.server.RecordedStore;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.testkit.RecordedData;
import io.strikegrid.testkit.Slow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportRepeatTest {

  private static final String RECORDED = "nse-chain-1min-202608/NIFTY_20260819.csv.gz";
  private static final int KILLS = 6;

  @TempDir private static Path folder;

  private final long seed = RandomGenerator.getDefault().nextLong();
  private final TestDatabase store = TestDatabase.create();

  @AfterEach
  void clear() {
    store.clear();
  }

  @AfterAll
  void close() {
    store.close();
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Imports.write(folder, name + " " + seed + ".csv", lines);
  }

  @Test
  void run_twice_writesNothingTheSecondTime() throws Exception {
    Path file = file("whole", new StrikegridCsv(seed, 2, List.of()).whole());
    Imports imports = new Imports(store.database());
    long written = imports.run(file).barsWritten();
    var before = StoredRows.versions(store.database());
    ImportReport again = imports.run(file);
    assertThat(written).as("seed %d", seed).isPositive();
    assertThat(again.barsWritten()).as("seed %d", seed).isZero();
    assertThat(again.barsUnchanged()).as("seed %d", seed).isEqualTo(written);
    assertThat(StoredRows.versions(store.database())).as("seed %d", seed).isEqualTo(before);
  }

  @Test
  void run_recordedChainTwice_writesNothingTheSecondTime() throws Exception {
    RecordedStore recorded = RecordedStore.of("nse-chain-1min-202608/NIFTY_20260821.csv.gz");
    var before = StoredRows.versions(recorded.database());
    ImportReport again =
        new Imports(recorded.database())
            .run(RecordedData.require("nse-chain-1min-202608/NIFTY_20260821.csv.gz"));
    assertThat(again.barsWritten() + again.figuresWritten()).isZero();
    assertThat(StoredRows.versions(recorded.database())).isEqualTo(before);
  }

  @Test
  void run_chainAgainAfterTheEndOfDayFile_writesNothing() throws Exception {
    Path chain =
        file(
            "chain",
            List.of(
                "timestamp,symbol,expiry,strike,option_type,spot,ltp,volume,oi,oi_chg,iv",
                "202608191127,NIFTY50,25-Aug-2026,21200,PE,24052.4,0.7,31720,45830,5325,35.43"));
    Path close =
        file(
            "close",
            List.of(
                "INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,CLOSE,SETTLE_PR,CONTRACTS,OPEN_INT,CHG_IN_OI,TIMESTAMP",
                "OPTIDX,NIFTY,25-Aug-2026,21200,PE,0.5,0.5,40000,3000000,20000,19-AUG-2026"));
    Imports imports = new Imports(store.database());
    assertThat(imports.run(chain).figuresWritten()).isEqualTo(1);
    assertThat(imports.run(close).figuresWritten()).isEqualTo(1);
    var before = StoredRows.versions(store.database());
    assertThat(imports.run(chain).figuresWritten()).isZero();
    assertThat(StoredRows.versions(store.database())).isEqualTo(before);
    assertThat(StoredRows.number(store.database(), "SELECT close_oi FROM fo_contract_day"))
        .isEqualTo(3_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "true,",
    "false,",
    "true,VOLUME",
    "false,VOLUME",
    "true,VOLUME_DAY",
    "false,VOLUME_DAY"
  })
  void run_halvesOfADay_endAsTheWholeFile(boolean inOrder, SideColumn left) throws Exception {
    StrikegridCsv csv = new StrikegridCsv(seed, 1, left == null ? List.of() : List.of(left));
    List<String> whole = csv.whole();
    int cut = csv.cut(0.5);
    Path first = file("first", csv.part(0, cut));
    Path second = file("second", csv.part(cut, whole.size() - 1));
    Imports imports = new Imports(store.database());
    imports.run(inOrder ? first : second);
    imports.run(inOrder ? second : first);
    try (TestDatabase clean = TestDatabase.create()) {
      new Imports(clean.database()).run(file("whole", whole));
      StoredRows.assertEqual(store.database(), clean.database());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_halvesOfARecordedDay_endAsTheWholeFile(boolean inOrder) throws Exception {
    RecordedStore clean = RecordedStore.of(RECORDED);
    List<String> lines = lines(RecordedData.require(RECORDED));
    List<String> first = lines.subList(0, 1 + (int) minutes(lines, "202608191210"));
    List<String> second = new ArrayList<>(lines.subList(0, 1));
    second.addAll(lines.subList(first.size(), lines.size()));
    Path one = file("first", first);
    Path other = file("second", second);
    Imports imports = new Imports(store.database());
    imports.run(inOrder ? one : other);
    imports.run(inOrder ? other : one);
    StoredRows.assertEqual(store.database(), clean.database());
  }

  private static long minutes(List<String> lines, String before) {
    return IntStream.range(1, lines.size()).filter(i -> lines.get(i).compareTo(before) < 0).count();
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  @Slow
  @Test
  void run_killedAgainAndAgain_endsAsOneCleanImport() throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Path file = file("days", new StrikegridCsv(seed, 5, List.of()).whole());
    try (TestDatabase clean = TestDatabase.create()) {
      long millis;
      try (ImportingProcess process = process(clean, file)) {
        process.begin();
        long started = System.nanoTime();
        process.await("done");
        millis = (System.nanoTime() - started) / 1_000_000;
      }
      int killed = 0;
      for (int i = 0; i < KILLS || killed == 0; i++) {
        assertThat(millis).as("seed %d: it ends before it can be killed", seed).isPositive();
        try (ImportingProcess process = process(store, file)) {
          process.begin();
          if (process.killAfter(random.nextLong(1, Math.max(2, millis)))) {
            killed++;
          } else {
            millis /= 2; // it is quicker than the clean one was
            store.clear(); // and the next has something to write
          }
        }
      }
      new Imports(store.database()).run(file);
      StoredRows.assertEqual(store.database(), clean.database());
    }
  }

  private static ImportingProcess process(TestDatabase store, Path file) throws IOException {
    return ImportingProcess.start(store.url(), "strikegrid", folder, List.of(file));
  }

  @Test
  void run_whileAnotherProcessImportsTheSameDays_endsAsTheWholeFile() throws Exception {
    StrikegridCsv csv = new StrikegridCsv(seed, 3, List.of());
    List<String> whole = csv.whole();
    List<String> odd = new ArrayList<>(List.of(csv.header()));
    List<String> even = new ArrayList<>(List.of(csv.header()));
    for (int i = 1; i < whole.size(); i++) {
      (whole.get(i).charAt(15) % 2 == 0 ? even : odd).add(whole.get(i));
    }
    Path mine = file("even", even);
    Path theirs = file("odd", odd);
    try (ImportingProcess process = process(store, theirs)) {
      process.begin();
      new Imports(store.database()).run(mine);
      process.await("done");
    }
    try (TestDatabase clean = TestDatabase.create()) {
      new Imports(clean.database()).run(file("whole", whole));
      StoredRows.assertEqual(store.database(), clean.database());
    }
  }
}
