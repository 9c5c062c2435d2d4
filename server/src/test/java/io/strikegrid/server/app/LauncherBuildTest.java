package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code ./strikegrid} builds, on a stand-in for Maven. */
final class LauncherBuildTest {

  private static final String SOURCE = "server/src/main/A.java";
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @TempDir Path folder;

  private StandInLauncher launcher;

  @BeforeEach
  void build() throws Exception {
    launcher = StandInLauncher.in(folder);
    run();
    assertThat(launcher.lines("built")).hasSize(1);
  }

  @Test
  void run_sameSourcesWithOtherTimes_isNotBuiltAgain() throws Exception {
    Files.setLastModifiedTime(
        launcher.source(SOURCE), FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
    run();

    assertThat(launcher.lines("built")).hasSize(1);
  }

  @Test
  void run_otherContentFromLongAgo_isBuiltAgain() throws Exception {
    Files.writeString(launcher.source(SOURCE), "fo " + SOURCE);
    Files.setLastModifiedTime(launcher.source(SOURCE), LONG_AGO);
    run();
    run();

    assertThat(launcher.lines("built")).hasSize(2);
  }

  @Test
  void run_renamedFile_isBuiltAgain() throws Exception {
    Files.move(launcher.source(SOURCE), launcher.source("server/src/main/B.java"));
    run();

    assertThat(launcher.lines("built")).hasSize(2);
  }

  @Test
  void run_copiedFolderWithOlderSources_isBuiltAgain() throws Exception {
    Path old = launcher.source("server/src/main/Old.java");
    Files.writeString(old, "old");
    run();
    Files.delete(old);
    run();

    assertThat(launcher.lines("built")).hasSize(3);
  }

  @Test
  void run_buildFails_isToldAndTriedAgain() throws Exception {
    Files.writeString(launcher.source(SOURCE), "new");
    Path maven = folder.resolve("tools/mvn");
    String works = Files.readString(maven);
    Files.writeString(maven, "#!/bin/sh\necho no such class\nexit 1\n");
    assertThat(said()).contains("no such class").contains("the build failed");
    Files.writeString(maven, works);
    run();

    assertThat(launcher.lines("built")).hasSize(2);
  }

  private void run() throws Exception {
    assertThat(said()).endsWith("exit code 0");
  }

  private String said() throws Exception {
    return launcher.run(Map.of(), List.of("version"), "0");
  }
}
