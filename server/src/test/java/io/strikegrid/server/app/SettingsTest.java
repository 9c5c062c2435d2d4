package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.server.store.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SettingsTest {

  @TempDir Path folder;

  @Test
  void get_commandLineBeforeVariableBeforeFile() throws IOException {
    Path file = file("port: 1\nhost: from-file\ntokens: from-file\n");
    Settings settings =
        Settings.of(
            Map.of("STRIKEGRID_PORT", "2", "STRIKEGRID_HOST", "from-variable"),
            Map.of("port", List.of("3")),
            file);

    assertThat(settings.get(SettingList.PORT)).isEqualTo(3);
    assertThat(settings.get(SettingList.HOST)).isEqualTo("from-variable");
    assertThat(settings.find(SettingList.TOKENS)).contains(Path.of("from-file"));
    assertThat(settings.find(SettingList.DB)).isEmpty();
  }

  @Test
  void get_nothingGiven_isTheDefaultOfEach() {
    Settings settings = none();
    Map<String, String> defaults = new LinkedHashMap<>();
    for (Setting<?> setting : SettingList.all()) {
      defaults.put(
          setting.key(), setting.fallback().map(Object::toString).orElse(setting.unless()));
      setting
          .fallback()
          .ifPresent(fallback -> assertThat(settings.get(setting)).isEqualTo(fallback));
    }

    assertThat(defaults)
        .containsExactly(
            Map.entry(
                "data_dir",
                "`/var/lib/strikegrid` for root, else `strikegrid` in the user's data folder"),
            Map.entry("db", "the embedded store"),
            Map.entry("engine", "timescale where the server has it"),
            Map.entry("compress_after", "7"),
            Map.entry("keep_days", "0"),
            Map.entry("markets", "[]"),
            Map.entry("connections", "10"),
            Map.entry("demo", "false"),
            Map.entry("host", "127.0.0.1"),
            Map.entry("port", "8080"),
            Map.entry("tokens", "anybody"),
            Map.entry("insecure", "false"),
            Map.entry("allow_host", "[]"),
            Map.entry("trusted_proxy", "[]"),
            Map.entry("connections_per_address", "1024"),
            Map.entry("streams_per_client", "1000"),
            Map.entry("request_rate", "0 on loopback without a trusted proxy, else 200"),
            Map.entry("tls_cert", "plain HTTP"),
            Map.entry("tls_key", "plain HTTP"),
            Map.entry("page_memory", "a quarter of the heap"),
            Map.entry("journal_dir", "`journal` in the data folder"),
            Map.entry("feed_silence", "60"),
            Map.entry("lateness", "5"),
            Map.entry("redis", "none: no stream is read"),
            Map.entry("redis_stream", "`strikegrid:ticks`"));
  }

  @Test
  void check_allFaults_reportedTogetherEachWithItsPlace() throws IOException {
    Path file = file("# ours\nprot: 1\ninsecure: perhaps\nlateness: 301\n");
    Settings settings =
        Settings.of(
            Map.of("STRIKEGRID_FEED_SILENCE", "long"), Map.of("port", List.of("many")), file);
    SettingList.all().forEach(settings::find);

    assertThatThrownBy(() -> settings.check(nowhere()))
        .hasMessageContaining("5 settings do not fit")
        .hasMessageContaining(file + " line 2: unknown key prot; allowed are data_dir, db,")
        .hasMessageContaining("--port must be a whole number from 0 to 65535; have many")
        .hasMessageContaining(
            "STRIKEGRID_FEED_SILENCE must be a whole number of seconds from 1 to 86400; have long")
        .hasMessageContaining(file + " line 3: insecure must be true or false; have perhaps")
        .hasMessageContaining(
            file + " line 4: lateness must be a whole number of seconds from 0 to 300; have 301");
  }

  @Test
  void check_unknownVariables_warnedOfAndNothingMore() {
    Settings settings =
        Settings.of(
            Map.of(
                "STRIKEGRID_PROT", "1",
                "STRIKEGRID_JAVA_OPTS", "-Xmx2g",
                "STRIKEGRID_RESTART", "0",
                "STRIKEGRID_TEST_ALL", "1",
                "PATH", "/bin"),
            Map.of(),
            null);
    StringWriter said = new StringWriter();
    settings.check(new PrintWriter(said));

    assertThat(said.toString().lines())
        .containsExactly(
            "strikegrid: STRIKEGRID_PROT is no setting and changes nothing; 'strikegrid settings'"
                + " lists all");
  }

  @Test
  void of_fileThatIsNoYaml_namesItsLine() throws IOException {
    Path file = file("port: 1\nhost: [\n");
    assertThatThrownBy(() -> Settings.of(Map.of(), Map.of(), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + " line 2 is no YAML: while parsing a flow node");
  }

  @Test
  void of_keyTwice_namesItsLine() throws IOException {
    Path file = file("port: 1\nport: 2\n");
    assertThatThrownBy(() -> Settings.of(Map.of(), Map.of(), file))
        .hasMessageContaining(file + " line 2: port must stand there once");
  }

  @Test
  void get_markets_fromOptionsOrWithCommas() throws IOException {
    List<Path> two = List.of(Path.of("a"), Path.of("b"));
    Map<String, List<String>> options = Map.of("markets", List.of("a", "b"));

    assertThat(Settings.of(Map.of(), options, null).get(SettingList.MARKETS)).isEqualTo(two);
    assertThat(
            Settings.of(Map.of("STRIKEGRID_MARKETS", "a,b"), Map.of(), null)
                .get(SettingList.MARKETS))
        .isEqualTo(two);
    assertThat(Settings.of(Map.of(), Map.of(), file("markets: [a, b]\n")).get(SettingList.MARKETS))
        .isEqualTo(two);
  }

  @Test
  void store_defaults_embeddedInTheUsersDataFolder() {
    Settings settings = Settings.of(Map.of("XDG_DATA_HOME", "/data"), Map.of(), null);

    StoreConfig config = settings.store();

    assertThat(config.databaseUrl()).isEmpty();
    assertThat(config.connections()).isEqualTo(10);
    assertThat(config.markets()).isEmpty();
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    assertThat(config.dataDir())
        .isEqualTo(Path.of(isRoot ? "/var/lib/strikegrid" : "/data/strikegrid"));
  }

  @Test
  void store_dataDirBesideDatabase_refused() {
    Settings settings =
        Settings.of(
            Map.of(),
            Map.of("data_dir", List.of("x"), "db", List.of("postgresql://localhost/x")),
            null);
    settings.store();

    assertThatThrownBy(() -> settings.check(nowhere())).hasMessageContaining("choose one store");
  }

  @Test
  void store_dataDirOnTheCommandLine_beforeADatabaseOfTheEnvironment() {
    Settings settings =
        Settings.of(
            Map.of("STRIKEGRID_DB", "postgresql://localhost/x"),
            Map.of("data_dir", List.of("x")),
            null);

    assertThat(settings.store().databaseUrl()).isEmpty();
  }

  @Test
  void redis_urlAndStream_fromAnyPlace() throws IOException {
    Map<String, String> url = Map.of("STRIKEGRID_REDIS", "redis://u:p@h:1/2");
    Settings settings = Settings.of(url, Map.of(), file("redis_stream: mine\n"));

    assertThat(settings.redis().orElseThrow().stream()).isEqualTo("mine");
    assertThat(settings.redis().orElseThrow().address()).hasToString("redis://h:1/2");
    assertThat(none().redis()).isEmpty();
    Settings usual = Settings.of(url, Map.of(), null);
    assertThat(usual.redis().orElseThrow().stream()).isEqualTo("strikegrid:ticks");
  }

  @Test
  void redis_thatDoesNotFit_refusedWithoutItsPassword() {
    Settings settings =
        Settings.of(
            Map.of("STRIKEGRID_REDIS", "redis://u:secret@h:port"),
            Map.of("redis_stream", List.of("alone")),
            null);
    settings.redis();

    assertThatThrownBy(() -> settings.check(nowhere()))
        .hasMessageContaining("STRIKEGRID_REDIS must be redis://")
        .hasMessageNotContaining("secret");
  }

  @Test
  void redis_streamAlone_refused() {
    Settings settings = Settings.of(Map.of(), Map.of("redis_stream", List.of("alone")), null);
    settings.redis();

    assertThatThrownBy(() -> settings.check(nowhere()))
        .hasMessageContaining("--redis-stream goes with --redis; have alone alone");
  }

  @Test
  void commandLine_optionsOfEveryCommand_areThoseThatAreDeclared() {
    CommandLine line = Main.commandLine();
    for (Setting<?> setting : SettingList.all()) {
      assertThat(option(line, "serve", setting)).as(setting.key()).isNotNull();
    }
    for (Setting<?> setting : SettingList.ofTheStore()) {
      for (String command : List.of("import", "jobs", "audit")) {
        assertThat(option(line, command, setting)).as(setting.key()).isNotNull();
      }
    }
  }

  @Test
  void of_commandLine_takesWhatWasGiven() {
    CommandLine line = Main.commandLine();
    line.parseArgs(
        "serve",
        "--port",
        "0",
        "--insecure",
        "--markets",
        "a",
        "--markets",
        "b",
        "--engine",
        "plain");
    CommandLine serve = Objects.requireNonNull(line.getSubcommands().get("serve"));
    Settings settings = Settings.of(Map.of(), serve.getCommandSpec());

    assertThat(settings.get(SettingList.PORT)).isZero();
    assertThat(settings.get(SettingList.INSECURE)).isTrue();
    assertThat(settings.get(SettingList.DEMO)).isFalse();
    assertThat(settings.get(SettingList.MARKETS)).containsExactly(Path.of("a"), Path.of("b"));
    assertThat(settings.find(SettingList.ENGINE)).contains(Engine.PLAIN);
  }

  @Test
  void referencePage_ofSettings_isMadeOfTheList() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "reference", "settings.md")))
        .as("make it again: ./strikegrid settings > docs/reference/settings.md")
        .isEqualTo(SettingsPage.text());
  }

  private static CommandLine.Model.@Nullable OptionSpec option(
      CommandLine line, String command, Setting<?> setting) {
    return Objects.requireNonNull(line.getSubcommands().get(command))
        .getCommandSpec()
        .findOption(setting.option());
  }

  private static Settings none() {
    return Settings.of(Map.of(), Map.of(), null);
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(new StringWriter());
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("settings.yaml"), yaml);
  }
}
