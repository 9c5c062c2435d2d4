package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.store.SessionLock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class JobsCommandTest {

  private final TestDatabase store = TestDatabase.create();
  private final StringWriter said = new StringWriter();

  @AfterEach
  void close() {
    store.close();
  }

  private int run(String... words) {
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(said)).setOut(new PrintWriter(said));
    List<String> arguments = new ArrayList<>(List.of("jobs"));
    arguments.addAll(List.of(words));
    String place = store.url().jdbcUrl().replaceFirst("^jdbc:", "");
    String login = store.url().user() + ":" + store.url().password() + "@";
    arguments.addAll(List.of("--db", place.replaceFirst("//", "//" + login)));
    return line.execute(arguments.toArray(new String[0]));
  }

  @Test
  void jobs_alone_showsEachOfThem() {
    assertThat(run()).isZero();

    assertThat(said.toString())
        .startsWith("JOB ")
        .containsPattern("partitions +never +- +- +- +0 +0 +has not run yet")
        .containsPattern("observations +never")
        .containsPattern("refresh +never")
        .containsPattern("compression +never")
        .containsPattern("retention +never");
  }

  @Test
  void jobs_run_saysWhatItDidAndIsShown() {
    assertThat(run("run", "partitions")).isZero();
    assertThat(run("run", "observations")).isZero();
    assertThat(run()).isZero();

    assertThat(said.toString())
        .containsPattern("partitions: no symbol has bars yet \\(\\d+\\.\\d s\\)")
        .containsPattern("observations: forgot 0 rows of observations older than 48 h")
        .containsPattern("partitions +ok .* 1 +0 +no symbol has bars yet");
  }

  @Test
  void jobs_runThatFails_saysWhyAndExitsWithOne() {
    store
        .database()
        .jdbi()
        .useHandle(h -> h.execute("ALTER TABLE strikegrid.observation RENAME TO elsewhere"));

    assertThat(run("run", "observations")).isEqualTo(1);

    assertThat(said.toString())
        .contains("strikegrid: job observations failed after ")
        .contains(
            ": the database refused: ERROR: relation \"strikegrid.observation\" does not exist\n")
        .doesNotContain("DELETE")
        .doesNotContain("\tat");
  }

  @Test
  void jobs_runOfOneThatRuns_isRefused() {
    try (SessionLock lock = new SessionLock(store.database(), "job partitions")) {
      lock.take();

      assertThat(run("run", "partitions")).isEqualTo(1);
    }
    assertThat(said.toString()).contains("job partitions was not run: it runs in another process");
  }

  @Test
  void jobs_otherWords_areRefused() {
    assertThat(run("stop")).isEqualTo(1);
    assertThat(run("run", "all")).isEqualTo(1);

    assertThat(said.toString())
        .contains("jobs takes nothing more, or run NAME; have stop")
        .containsPattern("job must be one of partitions, observations, refresh, .*; have all");
  }
}
