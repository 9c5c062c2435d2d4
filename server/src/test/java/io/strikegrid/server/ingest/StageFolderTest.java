package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StageFolderTest {

  @Test
  void open_besideWhatAKilledImportLeft_removesThatAndNothingInUse() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    Path made = Files.createTempDirectory(parent, "left");
    Files.createFile(made.resolve("lock"));
    Files.createDirectories(made.resolve("e0").resolve("d0"));
    Files.writeString(made.resolve("e0").resolve("d0").resolve("2025-05-29"), "rows");
    Path left = parent.resolve("strikegrid-stage-" + made.getFileName());
    Files.move(made, left); // whole before another process may clean it up
    Path beginning = Files.createTempDirectory(parent, "strikegrid-stage-");

    try (StageFolder first = StageFolder.open();
        StageFolder second = StageFolder.open()) {
      assertThat(left).doesNotExist();
      assertThat(beginning).exists();
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
    } finally {
      Files.delete(beginning);
    }
  }

  @Test
  void close_withFilesInIt_leavesNothing() throws IOException {
    StageFolder folder = StageFolder.open();
    Path path = folder.path();
    Files.createDirectories(path.resolve("e0").resolve("d0"));
    Files.writeString(path.resolve("e0").resolve("d0").resolve("x"), "rows");

    folder.close();

    assertThat(path).doesNotExist();
  }

  @Test
  void process_toldToEnd_removesItsFolder(@TempDir Path temporary) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                StageFolderTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("ready");
      assertThat(temporary).isNotEmptyDirectory();
      process.destroy();
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }

    assertThat(temporary).isEmptyDirectory();
  }

  /** Stages something and waits until it is told to end. */
  public static void main(String[] arguments) throws IOException {
    StageFolder folder = StageFolder.open();
    Files.createDirectories(folder.path().resolve("e0"));
    Files.writeString(folder.path().resolve("e0").resolve("x"), "rows");
    System.out.println("ready");
    System.in.read();
    folder.close();
  }
}
