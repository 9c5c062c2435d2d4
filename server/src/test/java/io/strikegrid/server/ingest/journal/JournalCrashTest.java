package io.strikegrid.server.ingest.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose process is killed while it writes. */
final class JournalCrashTest {

  private static final long SEED = 20_250_422;
  private static final int KILLS = 5;

  @TempDir Path temporary;

  @Test
  void kill_atRandomMoments_losesNoBatchThatWasAnswered() throws Exception {
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      Path folder = temporary.resolve("journal" + kill);
      int answered = runAndKill(folder, 1 + random.nextInt(400));
      try (Journal journal = Journal.open(JournalConfig.in(folder))) {
        List<String> batches = takeAll(journal);
        String where = "seed " + SEED + ", kill " + kill;
        assertThat(batches.size()).as(where).isGreaterThan(answered);
        for (int i = 0; i < batches.size(); i++) {
          assertThat(batches.get(i)).as(where).isEqualTo("batch " + i + " " + "x".repeat(i % 300));
        }
        assertThat(journal.damages()).as(where).isEmpty();
      }
    }
  }

  /** The last number that was printed. */
  private int runAndKill(Path folder, int lines) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int last = -1;
    try (BufferedReader output = process.inputReader()) {
      while (last < lines) {
        last = Integer.parseInt(output.readLine());
      }
      assertThatThrownBy(() -> Journal.open(JournalConfig.in(folder)))
          .isInstanceOf(JournalInUseException.class)
          .hasMessageContaining("process " + process.pid() + " takes the ticks");
      process.toHandle().destroyForcibly();
      process.onExit().join();
      String line = output.readLine();
      while (line != null) {
        last = Integer.parseInt(line);
        line = output.readLine();
      }
      return last;
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> takeAll(Journal journal) throws InterruptedException {
    List<String> batches = new ArrayList<>();
    Optional<Entry> entry = journal.take(Duration.ofMillis(1));
    while (entry.isPresent()) {
      batches.add(new String(journal.read(entry.get()), StandardCharsets.UTF_8));
      entry = journal.take(Duration.ofMillis(1));
    }
    return batches;
  }
}
