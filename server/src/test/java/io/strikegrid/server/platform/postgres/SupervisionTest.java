package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server that ends without being told to, while it is used. {@code -Dstrikegrid.kills=50} kills
 * it that many times.
 */
@Timeout(500)
class SupervisionTest {

  private static final int KILLS = Integer.getInteger("strikegrid.kills", 3);
  private static final int WRITERS = 3;

  private final TestFolder folder;

  SupervisionTest() throws IOException {
    folder = TestFolder.withPrograms();
  }

  @AfterEach
  void delete() throws IOException, InterruptedException {
    folder.delete();
  }

  @Test
  void kill_againAndAgainUnderLoad_isBackOnItsPortWithEveryAcknowledgedRow() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
      Duration longest = Duration.ZERO;
      try (ServerLoad load = ServerLoad.start(postgres, WRITERS)) {
        for (int i = 1; i <= KILLS; i++) {
          load.awaitMore();
          long killed = System.nanoTime();
          folder.killPostmaster();
          awaitAnswer(postgres, "SELECT 1");
          Duration took = Duration.ofNanos(System.nanoTime() - killed);
          System.out.println("kill " + i + ": back after " + took.toMillis() + " ms");
          longest = took.compareTo(longest) > 0 ? took : longest;
        }
        load.awaitMore();
      }
      System.out.println(KILLS + " kills, longest outage " + longest.toMillis() + " ms");
      assertThat(ServerLoad.missing(postgres)).isZero();
      Await.until("it runs again", () -> postgres.state().isRunning());
      assertThat(postgres.state().restarts()).isBetween(1, KILLS);
      assertThat(folder.postmasters()).hasSize(1);
    }
    folder.assertNoServer();
  }

  @Slow
  @Test
  void kill_serverOfTwoProcesses_isStartedOnceAndEndsWithTheLast() throws Exception {
    try (EmbeddedPostgres mine = EmbeddedPostgres.open(folder.path());
        ChildProcess child = ChildProcess.start(folder, 1)) {
      child.await("done");
      folder.killPostmaster();
      awaitAnswer(mine, "SELECT count(*) FROM acknowledged");
      Await.until(
          "it was started again", () -> mine.state().isRunning() && mine.state().restarts() == 1);
      assertThat(folder.postmasters()).hasSize(1);
      child.leave();
      assertThat(Sql.text(mine, "SELECT 1")).isEqualTo("1");
    }
    folder.assertNoServer();
  }

  @Slow
  @Test
  void close_rightAfterItsServerWasKilled_leavesNoServer() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path());
    folder.killPostmaster();
    postgres.close();
    assertThat(folder.postmasters()).isEmpty();
  }

  @Test
  void state_serverThatCannotStart_tellsSinceWhenAndWhyUntilItRuns() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
      assertThat(postgres.state()).hasToString("running");
      Path settings = folder.data().cluster().resolve("postgresql.conf");
      Path aside = settings.resolveSibling("postgresql.conf.aside");
      Files.move(settings, aside);
      folder.killPostmaster();
      Await.until("it was tried twice", () -> postgres.state().tries() >= 2);

      assertThat(postgres.state().isRunning()).isFalse();
      assertThat(postgres.state().toString())
          .startsWith("restarting since 20")
          .contains("did not start on port " + postgres.port());

      Files.move(aside, settings);
      Await.until("it runs again", () -> postgres.state().isRunning());
      assertThat(Sql.text(postgres, "SELECT 1")).isEqualTo("1");
    }
  }

  @Slow
  @Test
  void kill_serverInTheMiddleOfALongStatement_doesNotWaitForItsEnd() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path())) {
      Thread busy =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  Sql.text(postgres, "SELECT sum(n) FROM generate_series(1, 100000000000) n");
                } catch (SQLException _) {
                  // it is to be cut off
                }
              });
      String running =
          "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT"
              + " sum%'";
      awaitAnswer(postgres, running);
      folder.killPostmaster();
      awaitAnswer(postgres, "SELECT 1");
      busy.join();
      assertThat(List.of(Sql.text(postgres, running))).containsExactly("0");
    }
  }

  @Slow
  @Test
  void freeze_serverUnderLoad_isEndedAndBackWithEveryAcknowledgedRow() throws Exception {
    LifeProbe.Patience little =
        new LifeProbe.Patience(Duration.ofMillis(200), Duration.ofSeconds(2), 3);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.open(folder.path(), little)) {
      try (ServerLoad load = ServerLoad.start(postgres, WRITERS)) {
        load.awaitMore();
        long frozen = folder.postmasters().getFirst();
        folder.freeze();
        Await.until("it is started again", () -> postgres.state().restarts() == 1);
        load.awaitMore();
        assertThat(folder.postmasters()).hasSize(1).doesNotContain(frozen);
      }
      assertThat(ServerLoad.missing(postgres)).isZero();
      assertThat(postgres.state().restarts()).isEqualTo(1);
    }
    folder.assertNoServer();
  }

  /** Waits until the server says 1; also while it cannot be reached. */
  private static void awaitAnswer(EmbeddedPostgres postgres, String query) {
    Await.until(
        query + " is 1",
        () -> {
          try {
            return Sql.text(postgres, query).equals("1");
          } catch (SQLException _) {
            return false;
          }
        });
  }
}
