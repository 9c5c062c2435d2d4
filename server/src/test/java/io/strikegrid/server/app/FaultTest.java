package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day comes in whole and once, whatever befalls: {@code -Dstrikegrid.faults=1000} runs, less
 * those that are recorded for the same code; {@code -Dstrikegrid.faults.seed} repeats one.
 */
class FaultTest {

  private static final int RUNS = Integer.getInteger("strikegrid.faults", 3);

  @TempDir private Path folder;

  @Test
  void day_whateverBefalls_comesInWholeAndOnce() throws Exception {
    FaultRecord kept = FaultRecord.named();
    Long asked = Long.getLong("strikegrid.faults.seed");
    int failed = 0;
    for (long run = kept.passed(); run < (asked == null ? RUNS : kept.passed() + 1); run++) {
      long seed = asked == null ? RandomGenerator.getDefault().nextLong() : asked;
      failed += passes(seed, kept) ? 0 : 1;
    }
    assertThat(failed).as("fault runs that failed; their seeds are above").isZero();
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
