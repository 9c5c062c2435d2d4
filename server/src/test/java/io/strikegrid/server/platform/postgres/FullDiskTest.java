package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that something fills to the last byte, on a real file system of its own. */
@Timeout(200)
class FullDiskTest {

  private static final int MEBIBYTES = 400;
  private static final int ROWS = 1_000;

  @Slow
  @Test
  void fullDisk_serverStopsForWantOfRoomForItsLog_isBackAloneOnceThereIsSome() throws Exception {
    assumeTrue(RunAs.isRoot(), "only root can mount a small file system");
    try (SmallDisk disk = SmallDisk.mount(MEBIBYTES)) {
      TestFolder folder = TestFolder.withPrograms(disk.path());
      try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
        assertThat(Sql.text(postgres, "SHOW max_wal_size")).isEqualTo("64MB");
        Sql.execute(
            postgres, "CREATE TABLE kept AS SELECT n FROM generate_series(1, " + ROWS + ") n");
        Path ballast = disk.fill();
        fillLog(postgres);
        Await.until("it was tried twice", () -> postgres.state().tries() >= 2);
        assertThat(postgres.state().reason()).contains("bytes are free on its disk");

        Files.delete(ballast);
        Await.until("it runs again", () -> postgres.state().isRunning());
        assertThat(Sql.text(postgres, "SELECT count(*) FROM kept")).isEqualTo("" + ROWS);
        Sql.execute(postgres, "INSERT INTO kept VALUES (0)");
      }
      folder.assertNoServer();
      folder.killPostmaster();
    }
  }

  /** Writes to the server's log alone, until it is gone. */
  private static void fillLog(EmbeddedPostgres postgres) throws Exception {
    String write = "SELECT pg_logical_emit_message(false, 'fill', repeat('x', 4000000))";
    Await.until(
        "its disk is full",
        () -> {
          try {
            Sql.text(postgres, write);
            return false;
          } catch (SQLException _) {
            return !postgres.state().isRunning();
          }
        });
  }
}
