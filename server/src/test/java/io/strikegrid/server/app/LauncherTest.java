package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./strikegrid serve} does with a server that ends, on a stand-in for Java. */
final class LauncherTest {

  /** What every Unix has. */
  private static final String TOOLS =
      "bash basename cat cksum cp cut date dirname env find grep head id ls mkdir mkfifo mktemp mv"
          + " readlink rm sed sh sleep sort tail touch tr";

  @TempDir Path folder;

  private StandInLauncher launcher;

  @BeforeEach
  void install() throws IOException {
    launcher = StandInLauncher.in(folder);
  }

  @Test
  void serve_outOfMemory_isStartedAgainAndTold() throws Exception {
    String said = run("5", "3", "134", "0");

    assertThat(launcher.started()).hasSize(3);
    assertThat(launcher.started().getFirst())
        .contains("-XX:+ExitOnOutOfMemoryError")
        .contains("-Dstrikegrid.launcher=stdin")
        .endsWith(" serve");
    assertThat(said)
        .contains("it ran out of memory")
        .contains("it is started again in 1 s (1 of 5 times)")
        .contains("Java crashed with signal 6")
        .contains("it is started again in 2 s (2 of 5 times)")
        .endsWith("exit code 0");
  }

  @Test
  void serve_serverIsKilled_isStartedAgainAndTold() throws Exception {
    String said = run("5", "kill", "0");

    assertThat(launcher.started()).hasSize(2);
    assertThat(said)
        .contains(
            "it was killed (signal 9), perhaps by the kernel for want of memory; it is started")
        .doesNotContain("line ")
        .endsWith("exit code 0");
  }

  @Test
  void serve_withPosixToolsAlone_isStartedAgain() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("few"));
    Files.createSymbolicLink(tools.resolve("mvn"), folder.resolve("tools/mvn"));
    for (String tool : TOOLS.split(" ", -1)) {
      Files.createSymbolicLink(tools.resolve(tool), tool(tool));
    }
    String said = launcher.run(Map.of("PATH", tools.toString()), List.of("serve"), "3", "0");

    assertThat(said).contains("it is started again in 1 s").endsWith("exit code 0");
    assertThat(launcher.started()).hasSize(2);
  }

  private static Path tool(String name) {
    Path inBin = Path.of("/bin", name);
    return Files.exists(inBin) ? inBin : Path.of("/usr/bin", name);
  }

  @Test
  void serve_outOfMemoryOverAndOver_isGivenUp() throws Exception {
    String said = run("1", "3", "3", "3");

    assertThat(launcher.started()).hasSize(2);
    assertThat(said)
        .contains("it was started again 1 times and is not any more")
        .endsWith("exit code 3");
  }

  @Test
  void serve_settingThatDoesNotFit_isNotStartedAgain() throws Exception {
    String said = run("5", "1", "0");

    assertThat(said).endsWith("exit code 1");
    assertThat(launcher.started()).hasSize(1);
  }

  @Test
  void serve_restartThatIsNoNumber_isRefused() throws Exception {
    assertThat(run("often"))
        .contains("STRIKEGRID_RESTART must be a whole number from 0 to 99; have often")
        .endsWith("exit code 1");
  }

  @Test
  void serve_terminated_tellsTheServerAndWaitsForIt() throws Exception {
    Process process = start("5", "wait", "0");
    launcher.awaitStarted(1);
    process.destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(launcher.note("told")).exists();
    assertThat(launcher.started()).hasSize(1);
  }

  @Test
  void serve_killed_tellsTheServerByTheEndOfItsInput() throws Exception {
    Process process = start("5", "wait");
    launcher.awaitStarted(1);
    ProcessHandle server = launcher.server();
    process.destroyForcibly().waitFor();

    server.onExit().get(60, TimeUnit.SECONDS);
    assertThat(launcher.note("alone")).exists();
    assertThat(launcher.note("told")).doesNotExist();
  }

  @Test
  void serve_toldNotToStartAgain_isTheServerItself() throws Exception {
    Process process = start("0", "3", "0");

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(launcher.started()).hasSize(1);
    assertThat(launcher.started().getFirst())
        .startsWith(process.pid() + " ")
        .doesNotContain("strikegrid.launcher");
  }

  private Process start(String restarts, String... codes) throws IOException {
    return launcher.start(Map.of("STRIKEGRID_RESTART", restarts), List.of("serve"), codes);
  }

  private String run(String restarts, String... codes) throws Exception {
    return launcher.run(Map.of("STRIKEGRID_RESTART", restarts), List.of("serve"), codes);
  }
}
