package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LauncherWatchTest {

  /** A process that nothing else ends. */
  static final class Lasting {
    public static void main(String[] arguments) throws InterruptedException {
      LauncherWatch.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("in order")));
      System.out.println("begun");
      Thread.sleep(600_000);
    }
  }

  @Test
  void start_launcherIsGone_endsTheProcessInOrder() throws Exception {
    Process process = start("-Dstrikegrid.launcher=stdin");
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("begun");
      process.getOutputStream().close();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(process.inputReader().lines()).contains("in order");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void start_withoutLauncher_readsNothing() throws Exception {
    Process process = start("-Dstrikegrid.other=stdin");
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("begun");
      process.getOutputStream().close();
      process.toHandle().destroy();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.inputReader().lines()).containsExactly("in order");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String property) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                property,
                "-cp",
                System.getProperty("java.class.path"),
                Lasting.class.getName()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
