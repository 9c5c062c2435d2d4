package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.testkit.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is found after processes were killed without warning. */
@Timeout(90)
class CrashTest {

  private static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(10);
  private static final int ENDLESS = Integer.MAX_VALUE;

  private final TestFolder folder;

  CrashTest() throws IOException {
    folder = TestFolder.withPrograms();
  }

  @AfterEach
  void delete() throws IOException, InterruptedException {
    folder.delete();
  }

  @Slow
  @Test
  void open_userWasKilled_adoptsServerWithEveryAcknowledgedRow() throws Exception {
    int acknowledged = crash();
    List<Long> before = folder.postmasters();
    try (EmbeddedPostgres postgres = reopen()) {
      assertThat(postgres.tookOver()).isTrue();
      assertRows(postgres, acknowledged);
      assertThat(folder.postmasters()).hasSize(1).isEqualTo(before);
    }
    folder.assertNoServer();
  }

  @Test
  void open_userAndServerWereKilled_recoversEveryAcknowledgedRow() throws Exception {
    int acknowledged = crash();
    folder.killPostmaster();
    try (EmbeddedPostgres postgres = reopen()) {
      assertThat(postgres.tookOver()).isFalse();
      assertRows(postgres, acknowledged);
      assertThat(folder.postmasters()).hasSize(1);
    }
    folder.assertNoServer();
  }

  @Slow
  @Test
  void open_deadServersNumberIsAnotherProcess_starts() throws Exception {
    int acknowledged = crash();
    folder.killPostmaster();
    Path file = folder.data().cluster().resolve("postmaster.pid");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(file, lines);
    try (EmbeddedPostgres postgres = reopen()) {
      assertRows(postgres, acknowledged);
    }
  }

  @Slow
  @Test
  void open_processFileIsEmpty_starts() throws Exception {
    int acknowledged = crash();
    folder.killPostmaster();
    Files.writeString(folder.data().cluster().resolve("postmaster.pid"), "");
    folder.awaitNobody(); // without that file nothing tells of the dead server's other processes
    try (EmbeddedPostgres postgres = reopen()) {
      assertRows(postgres, acknowledged);
    }
  }

  @Slow
  @Test
  void open_serverOfLiveUserWasKilled_startsItOnTheSamePort() throws Exception {
    try (EmbeddedPostgres mine = EmbeddedPostgres.open(folder.path());
        ChildProcess child = ChildProcess.start(folder, 1)) {
      child.await("done");
      folder.killPostmaster();
      try (EmbeddedPostgres again = reopen()) {
        assertThat(again.port()).isEqualTo(mine.port());
        assertRows(again, 1);
      }
      assertThat(folder.postmasters()).hasSize(1);
      child.leave();
    }
    folder.assertNoServer();
  }

  private int crash() throws IOException, InterruptedException {
    try (ChildProcess child = ChildProcess.start(folder, ENDLESS)) {
      child.await("row 50");
      child.kill();
      return child.lastAcknowledged();
    }
  }

  private EmbeddedPostgres reopen() throws IOException, InterruptedException {
    long start = System.nanoTime();
    EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path());
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertThat(taken).isLessThan(TAKE_OVER_LIMIT);
    return postgres;
  }

  private static void assertRows(EmbeddedPostgres postgres, int acknowledged) throws Exception {
    String missing =
        "SELECT count(*) FROM generate_series(1, "
            + acknowledged
            + ") AS n WHERE n NOT IN (SELECT n FROM acknowledged)";
    assertThat(acknowledged).isPositive();
    assertThat(Sql.text(postgres, missing)).isEqualTo("0");
  }
}
