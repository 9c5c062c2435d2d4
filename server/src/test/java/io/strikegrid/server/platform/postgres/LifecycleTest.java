package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strikegrid.testkit.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starting, stopping, and what stands in the way of it. */
@Timeout(60)
class LifecycleTest {

  private final TestFolder folder;

  LifecycleTest() throws IOException {
    folder = TestFolder.withPrograms();
  }

  @AfterEach
  void delete() throws IOException, InterruptedException {
    folder.delete();
  }

  @Test
  void close_onlyUser_leavesNoProcessAndKeepsData() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
      Sql.execute(postgres, "CREATE TABLE kept AS SELECT 7 AS n");
      assertThat(folder.postmasters()).hasSize(1);
    }
    folder.assertNoServer();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
      assertThat(Sql.text(postgres, "SELECT n FROM kept")).isEqualTo("7");
      assertThat(postgres.tookOver()).isFalse();
    }
    folder.assertNoServer();
  }

  @Slow
  @Test
  void close_interruptedThread_stopsServerAndKeepsInterrupt() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path());
    Thread.currentThread().interrupt();
    postgres.close();
    assertThat(Thread.interrupted()).isTrue();
    folder.assertNoServer();
  }

  @Slow
  @Test
  void open_creationWasInterrupted_startsAfresh() throws Exception {
    Files.createDirectories(folder.data().unfinishedCluster().resolve("base"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
      assertThat(Sql.text(postgres, "SELECT 1")).isEqualTo("1");
    }
    assertThat(folder.data().unfinishedCluster()).doesNotExist();
  }

  @Test
  void open_otherMajor_namesBoth() throws IOException {
    Files.createDirectories(folder.data().cluster());
    Files.writeString(folder.data().cluster().resolve("PG_VERSION"), "15\n");
    assertFails("is of PostgreSQL 15, this release runs 18");
  }

  @Test
  void open_passwordGone_namesFile() throws IOException {
    Files.createDirectories(folder.data().cluster());
    Files.writeString(folder.data().cluster().resolve("PG_VERSION"), "18\n");
    assertFails("restore " + folder.data().passwordFile());
  }

  @Slow
  @Test
  void open_otherPassword_isRefusedAndLeavesNoProcess() throws Exception {
    EmbeddedPostgres.open(folder.path()).close();
    Files.writeString(folder.data().passwordFile(), "other");
    assertFails("refuses the login with the password in " + folder.data().passwordFile());
    folder.assertNoServer();
  }

  @Test
  void open_fileInTheWay_namesFolder() throws IOException {
    Path file = Files.writeString(folder.root().resolve("file"), "in the way");
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> EmbeddedPostgres.open(file).close())
        .withMessageContaining("cannot write to the data folder " + file);
  }

  @Test
  void open_asRootBelowClosedFolder_namesClosedFolder() throws IOException {
    assumeTrue(RunAs.isRoot());
    Path root = folder.root();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    assertFails("cannot enter " + root + ";");
  }

  private void assertFails(String reason) {
    assertThatExceptionOfType(EmbeddedPostgresException.class)
        .isThrownBy(() -> EmbeddedPostgres.open(folder.path()).close())
        .withMessageContaining(reason);
  }
}
