package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day comes in whole and once, whatever befalls: {@code -Dstrikegrid.faults=1000} runs, less
 * those that are recorded for the same code; {@code -Dstrikegrid.faults.seed} repeats one, {@code
 * -Dstrikegrid.faults.beside} has several at once, which mostly wait, and {@code
 * -Dstrikegrid.faults.ready} bounds the seconds until a server is ready again.
 */
class FaultTest {

  private static final int RUNS = Integer.getInteger("strikegrid.faults", 3);
  private static final int BESIDE =
      Integer.getInteger("strikegrid.faults.beside", RUNS < 4 ? 3 : 1);

  @TempDir private Path folder;

  @Test
  void day_whateverBefalls_comesInWholeAndOnce() throws Exception {
    FaultRecord kept = FaultRecord.named();
    List<Future<Boolean>> runs = new ArrayList<>();
    try (ExecutorService beside = Executors.newFixedThreadPool(BESIDE)) {
      for (long seed : seeds(kept)) {
        runs.add(beside.submit(() -> passes(seed, kept)));
      }
    }
    int failed = 0;
    for (Future<Boolean> run : runs) {
      failed += run.get() ? 0 : 1;
    }
    assertThat(failed).as("fault runs that failed; their seeds are above").isZero();
  }

  private static long[] seeds(FaultRecord kept) throws IOException {
    Long asked = Long.getLong("strikegrid.faults.seed");
    return asked == null
        ? RandomGenerator.getDefault().longs(Math.max(0, RUNS - kept.passed())).toArray()
        : new long[] {asked};
  }

  private boolean passes(long seed, FaultRecord kept) throws Exception {
    long started = System.nanoTime();
    Path own = Files.createDirectory(folder.resolve("run" + seed));
    FaultRun run = new FaultRun(seed, own);
    boolean passed = false;
    try (run) {
      run.run();
      passed = true;
    } catch (Exception | AssertionError e) {
      System.out.println("seed " + seed + " failed: " + e);
      e.printStackTrace(System.out);
    }
    kept.add(seed, (System.nanoTime() - started) / 1e9, passed, run.faults().toString());
    return passed;
  }
}
