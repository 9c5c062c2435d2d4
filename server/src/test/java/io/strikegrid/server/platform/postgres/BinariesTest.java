package io.strikegrid.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.testkit.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Unpacking PostgreSQL's programs. */
@Timeout(60)
class BinariesTest {

  private final TestFolder folder;

  BinariesTest() throws IOException {
    folder = TestFolder.create();
  }

  @AfterEach
  void delete() throws IOException, InterruptedException {
    folder.delete();
  }

  @Test
  void unpack_archive_holdsNamedVersionAndLinks() throws Exception {
    Binaries binaries = Binaries.unpack(folder.path());
    Command.Result result =
        Command.run(
            List.of(binaries.program("postgres").toString(), "--version"), Duration.ofSeconds(20));
    assertThat(result.output()).isEqualTo("postgres (PostgreSQL) 18.6");
    assertThat(Binaries.VERSION).isEqualTo("18.6.0").startsWith(Binaries.MAJOR + ".");
    assertThat(binaries.folder().resolve("lib/libpq.so")).isSymbolicLink().exists();
  }

  @Slow
  @Test
  void unpack_again_keepsFilesUnlessDamaged() throws Exception {
    Path program = Binaries.unpack(folder.path()).program("initdb");
    Object first = Files.readAttributes(program, "unix:ino").get("ino");
    assertThat(Binaries.unpack(folder.path()).program("initdb")).isEqualTo(program);
    assertThat(Files.readAttributes(program, "unix:ino").get("ino")).isEqualTo(first);

    Files.writeString(program, "");
    Binaries.unpack(folder.path());
    assertThat(program).isNotEmptyFile();
  }
}
