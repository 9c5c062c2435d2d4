package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageFolderTest {

  @TempDir private Path parent;

  @Test
  void create_leftByAProcessThatIsGone_isRemoved() throws Exception {
    Path left = Files.createDirectories(parent.resolve("strikegrid-import-gone/d0"));
    Files.writeString(left.resolve("file"), "rows");
    Files.createFile(parent.resolve("strikegrid-import-gone.lock"));
    try (StageFolder mine = StageFolder.create(parent)) {
      assertThat(left.getParent()).doesNotExist();
      assertThat(mine.path()).isEmptyDirectory();
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void create_anotherOfThisProcess_staysLocked() throws Exception {
    try (StageFolder first = StageFolder.create(parent)) {
      Files.writeString(first.path().resolve("file"), "rows");
      StageFolder.create(parent).close();
      assertThat(first.path().resolve("file")).exists();
      assertThat(first.lock().isOpen()).isTrue();
    }
  }

  @Test
  void create_lockIsHeldByAnotherProcess_leavesItAlone() throws Exception {
    Path folder = Files.createDirectory(parent.resolve("strikegrid-import-alive"));
    Path lock = Files.createFile(parent.resolve("strikegrid-import-alive.lock"));
    Process owner = Holder.start(lock);
    try {
      assertThat(owner.inputReader().readLine()).isEqualTo("held");
      StageFolder.create(parent).close();
      assertThat(folder).exists();
    } finally {
      owner.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
    StageFolder.create(parent).close();
    assertThat(folder).doesNotExist();
  }

  /** Holds the lock of a file until it is killed. */
  static final class Holder {

    private Holder() {}

    static Process start(Path lock) throws Exception {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              Holder.class.getName(),
              lock.toString())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    }

    public static void main(String[] args) throws Exception {
      try (var channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        System.out.println(lock.isValid() ? "held" : "not held");
        Thread.sleep(60_000);
      }
    }
  }
}
