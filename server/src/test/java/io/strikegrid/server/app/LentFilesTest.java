package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("sets a property of the process")
final class LentFilesTest {

  private static final String FOLDER = "strikegrid.files";

  @TempDir Path folder;

  @BeforeEach
  void lend() throws IOException {
    Files.createDirectories(folder.resolve("etc/grid"));
    Files.writeString(folder.resolve("etc/grid/tokens"), "");
    Files.writeString(folder.resolve("etc/grid/c.yaml"), "port: 17\n");
    System.setProperty(FOLDER, folder.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(FOLDER);
  }

  @Test
  void of_lentFile_isTheCopy() {
    assertThat(LentFiles.of("/etc/grid/tokens")).isEqualTo(folder.resolve("etc/grid/tokens"));
  }

  @Test
  void of_otherFileOrFolder_isItself() {
    assertThat(LentFiles.of("/etc/grid")).isEqualTo(Path.of("/etc/grid"));
    assertThat(LentFiles.of("tokens")).isEqualTo(Path.of("tokens"));
  }

  @Test
  void settings_readTheCopyOfTheirFileAndNameThatOfOthers() {
    Settings settings =
        Settings.of(
            Map.of(
                "STRIKEGRID_TOKENS", "/etc/grid/tokens", "STRIKEGRID_CONFIG", "/etc/grid/c.yaml"),
            Map.of(),
            null);

    assertThat(settings.get(SettingList.PORT)).isEqualTo(17);
    assertThat(settings.find(SettingList.TOKENS)).contains(folder.resolve("etc/grid/tokens"));
  }

  @Test
  void dataFolder_startedByRoot_isRoots() {
    System.setProperty("strikegrid.starter", "root");
    try {
      Settings settings = Settings.of(Map.of("XDG_DATA_HOME", "/data"), Map.of(), null);

      assertThat(settings.store().dataDir()).isEqualTo(Path.of("/var/lib/strikegrid"));
    } finally {
      System.clearProperty("strikegrid.starter");
    }
  }
}
