package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {

  @TempDir Path folder;

  @Test
  void text_commandLineBeforeVariableBeforeFile() throws IOException {
    StoreOptions options = options("port: 1\nhost: from-file\ntokens: from-file\n");
    Map<String, String> environment =
        Map.of("STRIKEGRID_PORT", "2", "STRIKEGRID_HOST", "from-variable");

    Settings settings = Settings.of(environment, options);

    assertThat(settings.text("port", "3")).contains("3");
    assertThat(settings.text("host", null)).contains("from-variable");
    assertThat(settings.text("tokens", null)).contains("from-file");
    assertThat(settings.text("db", null)).isEmpty();
  }

  @Test
  void check_allFaults_reportedTogether() throws IOException {
    StoreOptions options = options("prot: 1\nport: many\ninsecure: perhaps\n");
    Settings settings = Settings.of(Map.of(), options);
    settings.number("port", null, 8080, 0, 65_535);
    settings.flag("insecure", false);

    assertThatThrownBy(settings::check)
        .hasMessageContaining("prot: unknown key")
        .hasMessageContaining("port: must be a whole number from 0 to 65535; have many")
        .hasMessageContaining("insecure: must be true or false; have perhaps");
  }

  @Test
  void store_defaults_embeddedInTheUsersDataFolder() {
    Settings settings = Settings.of(Map.of("XDG_DATA_HOME", "/data"), new StoreOptions());

    StoreConfig config = settings.store(new StoreOptions());

    assertThat(config.databaseUrl()).isEmpty();
    assertThat(config.connections()).isEqualTo(10);
    assertThat(config.markets()).isEmpty();
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    assertThat(config.dataDir())
        .isEqualTo(Path.of(isRoot ? "/var/lib/strikegrid" : "/data/strikegrid"));
  }

  @Test
  void store_dataDirBesideDatabase_refused() {
    StoreOptions options = new StoreOptions();
    options.dataDir = folder;
    options.databaseUrl = "postgresql://localhost/x";
    Settings settings = Settings.of(Map.of(), options);
    settings.store(options);

    assertThatThrownBy(settings::check).hasMessageContaining("choose one store");
  }

  @Test
  void redis_urlAndStream_fromAnyPlace() throws IOException {
    Settings settings =
        Settings.of(
            Map.of("STRIKEGRID_REDIS", "redis://u:p@h:1/2"), options("redis_stream: mine\n"));

    assertThat(settings.redis(null, null).orElseThrow().stream()).isEqualTo("mine");
    assertThat(settings.redis(null, null).orElseThrow().address()).hasToString("redis://h:1/2");
    assertThat(settings.redis("redis://h", "other").orElseThrow().stream()).isEqualTo("other");
    Settings defaults = Settings.of(Map.of(), new StoreOptions());
    assertThat(defaults.redis(null, null)).isEmpty();
    assertThat(defaults.redis("redis://h", null).orElseThrow().stream())
        .isEqualTo("strikegrid:ticks");
  }

  @Test
  void redis_thatDoesNotFit_refusedWithoutItsPassword() {
    Settings settings = Settings.of(Map.of(), new StoreOptions());
    settings.redis("redis://u:secret@h:port", null);
    settings.redis(null, "alone");

    assertThatThrownBy(settings::check)
        .hasMessageContaining("redis: a Redis server is named as redis://")
        .hasMessageContaining("redis_stream: goes with redis; have alone")
        .hasMessageNotContaining("secret");
  }

  private StoreOptions options(String yaml) throws IOException {
    StoreOptions options = new StoreOptions();
    options.config = Files.writeString(folder.resolve("settings.yaml"), yaml);
    return options;
  }
}
