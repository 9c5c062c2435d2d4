package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strikegrid.testkit.Slow;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes on one folder: the first starts the server, the last stops it. */
@Timeout(90)
class SharedFolderTest {

  private final TestFolder folder;

  SharedFolderTest() throws IOException {
    folder = TestFolder.withPrograms();
  }

  @AfterEach
  void delete() throws IOException, InterruptedException {
    folder.delete();
  }

  @Slow
  @Test
  void close_joinerFirst_starterStopsServer() throws Exception {
    try (EmbeddedPostgres starter = EmbeddedPostgres.open(folder.path());
        ChildProcess joiner = ChildProcess.start(folder, 3)) {
      assertThat(joiner.await("joined")).isEqualTo("joined true tookOver false");
      joiner.await("done");
      joiner.leave();
      assertThat(Sql.text(starter, "SELECT count(*) FROM acknowledged")).isEqualTo("3");
      assertThat(folder.postmasters()).hasSize(1);
    }
    folder.assertNoServer();
  }

  @Test
  void close_starterFirst_joinerStopsServer() throws Exception {
    try (ChildProcess starter = ChildProcess.start(folder, 3)) {
      assertThat(starter.await("joined")).isEqualTo("joined false tookOver false");
      starter.await("done");
      try (EmbeddedPostgres joiner = EmbeddedPostgres.open(folder.path())) {
        assertThat(joiner.joined()).isTrue();
        starter.leave();
        assertThat(Sql.text(joiner, "SELECT count(*) FROM acknowledged")).isEqualTo("3");
        assertThat(folder.postmasters()).hasSize(1);
      }
    }
    folder.assertNoServer();
  }

  @Slow
  @Test
  void open_bothAtOnce_runOneServer() throws Exception {
    try (ChildProcess one = ChildProcess.start(folder, 0);
        ChildProcess other = ChildProcess.start(folder, 0)) {
      one.await("done");
      other.await("done");
      assertThat(folder.postmasters()).hasSize(1);
      one.leave();
      other.leave();
    }
    folder.assertNoServer();
  }

  @Test
  void open_inUseFromAnotherContainer_isRefused() throws Exception {
    try (ChildProcess child = ChildProcess.start(folder, 0)) {
      child.await("done");
      Files.writeString(folder.data().hostFile(), "another boot pid:[1]\n");
      assertThatExceptionOfType(EmbeddedPostgresException.class)
          .isThrownBy(() -> EmbeddedPostgres.open(folder.path()).close())
          .withMessageContaining("in use from another container or machine");
      child.leave();
    }
  }
}
