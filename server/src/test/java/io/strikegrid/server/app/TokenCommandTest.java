package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.platform.http.Tokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class TokenCommandTest {

  @TempDir Path folder;

  @Test
  void token_file_isItsOwnersAloneAndHoldsEveryLine() throws IOException {
    Path file = folder.resolve("tokens");
    StringWriter said = new StringWriter();
    for (String role : new String[] {"read", "write"}) {
      CommandLine line = Main.commandLine();
      line.setErr(new PrintWriter(said)).setOut(new PrintWriter(said));
      assertThat(line.execute("token", role, "me", "--file", file.toString())).isZero();
    }

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(Tokens.read(file)).isNotNull();
    assertThat(said.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("token: "));
  }

  @Test
  void token_appendedByTheShell_isItsOwnersAlone() throws Exception {
    Path file = folder.resolve("tokens");
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "umask 022; exec \"$0\" -XX:TieredStopAtLevel=1 -cp \"$1\" \"$2\" token read me >>"
                    + " \"$3\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                Main.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
