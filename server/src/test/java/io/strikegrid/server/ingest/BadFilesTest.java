package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.platform.yaml.YamlFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFilesTest {

  private static final List<String> TABLES =
      List.of(
          "fo_option_strike_bars",
          "fo_option_strike_bars_5min",
          "fo_option_strike_bars_15min",
          "fo_latest_snapshot",
          "fo_expiry_metrics",
          "fo_contract_day",
          "instruments",
          "strikegrid.generation");
  private static final long GIGABYTE = 1L << 30;
  private static final String EXTRACT = "op14112025.csv";

  @TempDir private static Path folder;

  private final TestDatabase store = TestDatabase.create();
  private final Map<String, Path> files = new LinkedHashMap<>();

  @BeforeAll
  void write() throws IOException {
    byte[] good = text(new StrikegridCsv(1, 1, List.of()).whole());
    byte[] zipped = gzip(good);
    add("cut.csv.gz", Arrays.copyOf(zipped, zipped.length / 2));
    add("cut at the end.csv.gz", Arrays.copyOf(zipped, zipped.length - 4));
    add("header of gzip alone.csv.gz", Arrays.copyOf(zipped, 5));
    byte[] archive = zip(Map.of("bars.csv", good));
    add("cut.zip", Arrays.copyOf(archive, archive.length / 2));
    add("without directory.zip", Arrays.copyOf(archive, archive.length - 60));
    add("without entries.zip", zip(Map.of()));
    add("damaged.zip", flipped(archive));
    add("damaged.csv.gz", flipped(zipped));
    byte[] binary = new byte[100_000];
    new Random(1).nextBytes(binary);
    add("binary.csv", binary);
    add("empty.csv", new byte[0]);
    add("empty.csv.gz", gzip(new byte[0]));
    add("another header.csv", text(List.of("a,b,c", "1,2,3")));
    byte[] invalid = good.clone();
    invalid[good.length / 2] = (byte) 0xff;
    add("invalid UTF-8.csv", invalid);
    add("UTF-16.csv", new String(good, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16));
    add("NUL.csv", new byte[10_000]);
    String open = new StrikegridCsv(1, 1, List.of()).header() + "\n\"2025-04-21T04:00:00Z,NIFTY";
    add("unclosed quote.csv", (open + ",1".repeat(2_000_000)).getBytes(StandardCharsets.UTF_8));
    files.put("folder", Files.createDirectory(folder.resolve("folder")));
    files.put("missing.csv", folder.resolve("missing.csv"));
    add("PK.csv", text(List.of("PKX,b", "1,2")));
  }

  @AfterEach
  void clear() {
    store.clear();
  }

  @AfterAll
  void close() {
    store.close();
  }

  private Path add(String name, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    files.put(name, file);
    return file;
  }

  private static byte[] text(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    for (int i = bytes.length / 2; i < bytes.length / 2 + 20; i++) {
      flipped[i] ^= 0x55;
    }
    return flipped;
  }

  private ImportReport run(Path file, @Nullable String profile) throws ImportException {
    return new Imports(store.database()).run(file, profile, Provenance.IMPORTED);
  }

  private ImportException refused(Path file, @Nullable String profile) {
    ImportException refused = catchThrowableOfType(ImportException.class, () -> run(file, profile));
    assertThat(refused).as("%s", file).isNotNull().hasMessageStartingWith(file + ": ");
    assertNothingStored();
    return refused;
  }

  private void assertNothingStored() {
    for (String table : TABLES) {
      assertThat(StoredRows.number(store.database(), "SELECT count(*) FROM " + table))
          .as(table)
          .isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cut.csv.gz,damaged or cut off",
    "cut at the end.csv.gz,damaged or cut off",
    "header of gzip alone.csv.gz,damaged or cut off",
    "cut.zip,damaged or cut off",
    "without directory.zip,damaged or cut off",
    "without entries.zip,without entries",
    "damaged.zip,damaged or cut off",
    "damaged.csv.gz,damaged or cut off",
    "binary.csv,not text in UTF-8",
    "empty.csv,is empty",
    "empty.csv.gz,is empty",
    "another header.csv,no entry fits a profile",
    "invalid UTF-8.csv,not text in UTF-8",
    "UTF-16.csv,not text in UTF-8",
    "NUL.csv,no entry fits a profile",
    "unclosed quote.csv,cannot be read as CSV",
    "folder,is a folder",
    "missing.csv,there is no such file",
    "PK.csv,no entry fits a profile",
  })
  void run_badFile_isRefusedWithItsNameAndTheCause(String name, String cause) {
    Path file = files.getOrDefault(name, folder);
    assertThat(refused(file, null)).hasMessageContaining(cause);
  }

  @Test
  void run_badFiles_leaveNoTemporaryFiles() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<Path> all = new ArrayList<>(files.values());
    try (ImportingProcess process = ImportingProcess.start(store.url(), null, temporary, all)) {
      process.begin();
      assertThat(process.await("done")).hasSize(all.size()).allMatch(l -> l.startsWith("refused"));
    }
    assertThat(temporary).isEmptyDirectory();
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ",", "\""})
  void run_lineOfAGigabyte_isRefusedWithinLittleMemory(String character) throws IOException {
    byte[] block = character.repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("line of " + (int) character.charAt(0) + ".csv.gz");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(file)) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      out.write(text(List.of(new StrikegridCsv(1, 1, List.of()).header())));
      for (long written = 0; written < GIGABYTE; written += block.length) {
        out.write(block);
      }
    }
    assertThat(Files.size(file)).isLessThan(10 << 20);
    assertThat(refused(file, null)).hasMessageContaining("cannot be read as CSV");
    Files.delete(file);
  }

  @Test
  void run_headerAlone_saysThatNothingWasRead() throws Exception {
    Path file = add("header.csv", text(List.of(new StrikegridCsv(1, 1, List.of()).header())));
    files.remove("header.csv");
    ImportReport report = run(file, null);
    assertThat(report.lines().getFirst()).startsWith(file + "  (profile strikegrid)");
    assertThat(report.rowsRead()).isZero();
    assertNothingStored();
  }

  @Test
  void run_wrongProfile_namesTheColumnsThatItNeeds() throws IOException {
    Path file = Imports.write(folder, "bars.csv", new StrikegridCsv(1, 1, List.of()).whole());
    assertThat(refused(file, "nse-chain-wide"))
        .hasMessageContaining(
            "profile nse-chain-wide needs columns that are not there: Fetch_Time");
  }

  @Test
  void run_archiveWithAnEntryCutOff_takesNothingOfTheOthers() throws IOException {
    String header =
        "INSTRUMENT,SYMBOL,EXP_DATE,STR_PRICE,OPT_TYPE,CLOSE_PRICE,OPEN_INT*,TRD_QTY,NO_OF_CONT";
    String row = "OPTIDX,NIFTY,18/11/2025,25000,CE,10,75,75,1";
    byte[] archive = zip(Map.of(EXTRACT, text(List.of(header, row))));
    Path whole = Files.write(folder.resolve("whole.zip"), archive);
    Path cut =
        Files.write(folder.resolve("cut off.zip"), Arrays.copyOf(archive, archive.length - 30));
    assertThat(refused(cut, null)).hasMessageContaining("damaged or cut off");
    assertThat(whole).exists();
  }

  @Test
  void named_unknownProfile_saysWhichThereAre() {
    assertThatThrownBy(() -> Imports.PROFILES.named("nse"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("strikegrid, nse-chain-wide", "YAML file", "have nse");
  }

  @Test
  void named_profileWithFaults_reportsAllOfThemTogether() throws IOException {
    Path file =
        Imports.write(
            folder,
            "profile.yaml",
            List.of(
                "name: mine",
                "titel: misspelt",
                "kind: candles",
                "header: [a, b]",
                "symbol: a",
                "expiry: {column: b, format: \"qqqqqqq[\"}",
                "strike: c",
                "time: {zone: Mars/Base}",
                "stale: [old]",
                "fields:",
                "  price: {column: d, unit: pounds, floor: low}",
                "  colour: e"));
    YamlFileException refused =
        catchThrowableOfType(
            YamlFileException.class, () -> Imports.PROFILES.named(file.toString()));
    assertThat(refused.problems()).allMatch(p -> p.startsWith(file.toString()));
    assertThat(String.join("\n", refused.problems()))
        .contains(
            ".titel: unknown key",
            ".title: is missing",
            ".kind: must be chain, bars or day; have candles",
            ".expiry.format: must be a date or time pattern",
            ".time: must have one of column, file_name, value",
            ".time.zone: must be a time zone; have Mars/Base",
            ".stale[0]: must be page_time, unchanged or no_volume; have old",
            ".fields.price.unit: must be",
            ".fields.price.floor: must be a number; have low",
            ".fields.colour: unknown key");
  }

  @ParameterizedTest
  @CsvSource({
    "'market: MARS',names a market that is not known: MARS",
    "'side: {column: type, call: C, put: P}',needs a column that is not there: type",
    "'collected: polled_at',needs a column that is not there: polled_at",
  })
  void run_profileThatDoesNotFitTheFile_saysWhatIsMissing(String line, String message)
      throws IOException {
    Path profile =
        Imports.write(
            folder,
            "own.yaml",
            List.of(
                "name: own",
                "title: mine",
                "kind: bars",
                "header: [t, s, e, k]",
                "symbol: s",
                "expiry: e",
                "strike: k",
                "time: t",
                "fields: {price: p}",
                line));
    Path file =
        Imports.write(
            folder,
            "own.csv",
            List.of("t,s,e,k,p", "2025-04-21T04:00:00Z,NIFTY,2025-04-24,24500,1"));
    assertThat(refused(file, profile.toString())).hasMessageContaining(message);
  }
}
