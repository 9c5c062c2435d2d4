package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster with settings that an earlier version wrote. */
final class OldSettingsTest {

  private final TestFolder folder = TestFolder.withPrograms();
  private final Path file = folder.data().cluster().resolve("postgresql.conf");

  OldSettingsTest() throws IOException {}

  @AfterEach
  void delete() throws IOException, InterruptedException {
    folder.delete();
  }

  /** As initdb of an earlier version wrote it. */
  private void makeOld() throws IOException {
    String now = Files.readString(file);
    assertThat(now).contains("max_connections = 100", "max_wal_size = 512MB");
    String old =
        now.replace("max_connections = 100", "max_connections = 60")
            .replace("max_wal_size = 512MB", "max_wal_size = 2GB")
            .replaceAll("# written by strikegrid.*\n", "");
    Files.writeString(file, old);
  }

  @Test
  void open_clusterOfAnEarlierVersion_raisesWhatThatWrote() throws Exception {
    EmbeddedPostgres.open(folder.path()).close();
    makeOld();

    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
      assertThat(Sql.text(postgres, "SHOW max_connections")).isEqualTo("100");
      assertThat(Sql.text(postgres, "SHOW max_wal_size")).isEqualTo("512MB");
      assertThat(Sql.text(postgres, "SHOW shared_buffers")).isEqualTo("256MB");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void open_settingsOfAnOperator_areLeftAlone() throws Exception {
    EmbeddedPostgres.open(folder.path()).close();
    makeOld();
    Files.writeString(
        file,
        Files.readString(file).replace("max_connections = 60", "max_connections = 70")
            + "#max_connections = 60\n");
    EmbeddedPostgres.open(folder.path()).close();
    assertThat(Files.readString(file)).contains("max_connections = 70", "#max_connections = 60");

    Files.writeString(
        file, Files.readString(file).replace("max_connections = 70", "max_connections = 60"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
      assertThat(Sql.text(postgres, "SHOW max_connections")).isEqualTo("60");
    }
  }
}
