package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strikegrid.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./strikegrid serve} does with a server that ends, with a stand-in for Java that notes
 * how it was started and ends as the test says.
 */
final class LauncherTest {

  @TempDir Path folder;

  @BeforeEach
  void install() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv of util-linux");
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.copy(Path.of("..", "strikegrid"), root.resolve("strikegrid"));
    Files.createDirectories(root.resolve("target/app/server-1/lib"));
    Files.writeString(root.resolve("target/app/server.current"), "server-1\n");
    Files.writeString(root.resolve("target/app/server-1/in-use"), "");
    Files.writeString(root.resolve("target/app/server.stamp"), "");
    Path home = folder.resolve("jdk");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");
    executable(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        trap 'echo told >>"%1$s/told"; exit 143' TERM
        echo "$$ $*" >>"%1$s/started"
        code=$(head -n 1 "%1$s/codes")
        sed -i 1d "%1$s/codes"
        if [ "$code" = wait ]; then
          while :; do sleep 0.05; done
        fi
        exit "$code"
        """
            .formatted(folder));
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void serve_outOfMemory_isStartedAgainAndTold() throws Exception {
    Process launcher = start("5", "3", "134", "0");

    assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isZero();
    assertThat(started()).hasSize(3);
    assertThat(started().getFirst()).contains("-XX:+ExitOnOutOfMemoryError").endsWith(" serve");
    assertThat(said(launcher))
        .contains("it ran out of memory")
        .contains("it is started again in 1 s (1 of 5 times)")
        .contains("Java crashed with signal 6")
        .contains("it is started again in 2 s (2 of 5 times)");
  }

  @Test
  void serve_outOfMemoryOverAndOver_isGivenUp() throws Exception {
    Process launcher = start("1", "3", "3", "3");

    assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(3);
    assertThat(started()).hasSize(2);
    assertThat(said(launcher)).contains("it was started again 1 times and is not any more");
  }

  @Test
  void serve_settingThatDoesNotFit_isNotStartedAgain() throws Exception {
    Process launcher = start("5", "1", "0");

    assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(1);
    assertThat(started()).hasSize(1);
  }

  @Test
  void serve_terminated_tellsTheServerAndWaitsForIt() throws Exception {
    Process launcher = start("5", "wait", "0");
    awaitStarted();
    launcher.destroy();

    assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(143);
    assertThat(folder.resolve("told")).exists();
    assertThat(started()).hasSize(1);
  }

  @Test
  void serve_killed_leavesNoServerBehind() throws Exception {
    Process launcher = start("5", "wait");
    awaitStarted();
    ProcessHandle server = server();
    launcher.destroyForcibly().waitFor();

    server.onExit().get(60, TimeUnit.SECONDS);
    assertThat(folder.resolve("told")).doesNotExist();
  }

  @Test
  void serve_toldNotToStartAgain_isTheServerItself() throws Exception {
    Process launcher = start("0", "3", "0");

    assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(3);
    assertThat(started()).hasSize(1);
    assertThat(started().getFirst()).startsWith(launcher.pid() + " ");
  }

  private Process start(String restarts, String... codes) throws IOException {
    Files.writeString(folder.resolve("codes"), String.join("\n", codes) + "\n");
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("root/strikegrid").toString(), "serve")
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("STRIKEGRID_RESTART", restarts);
    return builder.start();
  }

  private void awaitStarted() throws Exception {
    Await.until("a server", () -> Files.exists(folder.resolve("started")));
  }

  private ProcessHandle server() throws IOException {
    long pid = Long.parseLong(started().getFirst().replaceFirst(" .*", ""));
    return ProcessHandle.of(pid).orElseThrow();
  }

  private List<String> started() throws IOException {
    return Files.readAllLines(folder.resolve("started"));
  }

  private static String said(Process launcher) throws IOException {
    return new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
