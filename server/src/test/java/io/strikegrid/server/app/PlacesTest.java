package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacesTest {

  private static final String DATABASE = "postgresql://ann@localhost/grid";

  @TempDir Path folder;

  @Test
  void of_serve_namesFoldersFilesAndPortOfAllThreePlaces() throws IOException {
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, "data_dir: /d\nport: 443\nmarkets: [/m1, /m2]\ntls_key: /key\n");

    assertThat(
            of(
                Map.of("STRIKEGRID_TLS_CERT", "/cert"),
                "serve",
                "--config",
                config.toString(),
                "--tokens",
                "/tokens",
                "--journal-dir=/j"))
        .contains("data=/d", "journal=/j", "port=443", "file=" + config)
        .contains("file=/m1", "file=/m2", "file=/tokens", "file=/cert", "file=/key")
        .endsWith("end")
        .hasSize(10);
  }

  @Test
  void of_configInAVariable_isAFileAndCounts() throws IOException {
    Path config = Files.writeString(folder.resolve("c"), "data_dir: /d\n");

    assertThat(of(Map.of("STRIKEGRID_CONFIG", config.toString()), "jobs"))
        .containsExactly("file=" + config, "data=/d", "end");
  }

  @Test
  void of_configThatIsNone_isAFile() {
    Path config = folder.resolve("missing");

    assertThat(of(Map.of(), "jobs", "--config", config.toString()))
        .containsExactly("file=" + config, "end");
  }

  @Test
  void of_import_namesEachFileInFull() {
    Path here = Path.of("").toAbsolutePath();

    assertThat(of(Map.of(), "import", "a.csv", "/b.zip", "--profile", "own.yaml", "--data-dir=/d"))
        .containsExactlyInAnyOrder(
            "file=" + here.resolve("a.csv"),
            "file=/b.zip",
            "file=" + here.resolve("own.yaml"),
            "data=/d",
            "end")
        .endsWith("end");
  }

  @Test
  void of_profileThatShips_isNoFile() {
    assertThat(of(Map.of(), "import", "/a", "--profile", "strikegrid", "--data-dir", "/d"))
        .containsExactly("file=/a", "data=/d", "end");
  }

  @Test
  void of_database_hasNoDataFolderButForTheJournal() {
    assertThat(of(Map.of(), "import", "/a", "--db", DATABASE))
        .containsExactly("file=/a", "passwords", "end");
    assertThat(of(Map.of("STRIKEGRID_DATA_DIR", "/d"), "serve", "--db", DATABASE))
        .contains("data=/d", "passwords");
    assertThat(of(Map.of(), "serve", "--db", DATABASE, "--journal-dir", "/j"))
        .contains("journal=/j")
        .noneMatch(place -> place.startsWith("data="));
  }

  @Test
  void of_databaseWithPassword_needsNoFileOfThem() {
    assertThat(of(Map.of("PGPASSWORD", "x"), "jobs", "--db", DATABASE)).containsExactly("end");
  }

  @Test
  void of_replay_hasNoStore() {
    assertThat(of(Map.of(), "replay", "/a", "--to", "http://localhost:1"))
        .containsExactly("file=/a", "end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve --help", "serve --no-such", "nothing", "import", "-V", ""})
  void of_commandThatShowsItsUsage_isUsage(String words) {
    assertThat(of(Map.of(), words.isEmpty() ? new String[0] : words.split(" ", -1)))
        .containsExactly("usage");
  }

  @Test
  void print_nameWithLineBreak_isOnePlace() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Places(Map.of())
        .print(new PrintStream(out, true, StandardCharsets.UTF_8), "replay", "/a\nb", "--to", "x");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("file=/a\nb\0end\0");
  }

  private static List<String> of(Map<String, String> environment, String... words) {
    return new Places(environment).of(words);
  }
}
