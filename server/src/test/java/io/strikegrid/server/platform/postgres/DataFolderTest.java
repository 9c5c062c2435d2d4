package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where data goes. */
class DataFolderTest {

  @ParameterizedTest
  @CsvSource({
    "root, /data,    /var/lib/strikegrid",
    "ann,  /data,    /data/strikegrid",
    "ann,  relative, /home/ann/.local/share/strikegrid",
    "ann,  '',       /home/ann/.local/share/strikegrid",
  })
  void defaultDataDir_userAndEnvironment_choosesFolder(String user, String xdg, Path folder) {
    Map<String, String> env = Map.of("XDG_DATA_HOME", xdg);
    assertThat(DataFolder.defaultDataDir(env, user, "/home/ann")).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwx----w-", "rwxrwxrwx"})
  void create_folderThatOthersMayWriteTo_isRefusedByName(String mode, @TempDir Path folder)
      throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> DataFolder.create(folder))
        .withMessageContaining("data folder " + folder)
        .withMessageContaining("have " + mode);
  }

  @Test
  void create_pathThatAShellWouldChange_isRefused() {
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> DataFolder.create(Path.of("/tmp/$HOME")))
        .withMessageContaining("must not contain");
  }
}
