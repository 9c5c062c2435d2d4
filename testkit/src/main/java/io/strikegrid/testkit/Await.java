package io.strikegrid.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other threads and processes bring about. */
public final class Await {

  /**
   * Long enough for a machine that is busy with much else; a test that waits so long has failed.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration PAUSE = Duration.ofMillis(5);

  private Await() {}

  /**
   * Waits until something is so.
   *
   * @param what is waited for, said where it never comes: {@code the minute is committed}
   * @throws AssertionError where it is not so for long
   */
  public static void until(String what, Callable<Boolean> isSo) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isTrue(isSo)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("after " + PATIENCE.toMinutes() + " min still not so: " + what);
      }
      pause();
    }
  }

  private static boolean isTrue(Callable<Boolean> isSo) {
    try {
      return isSo.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
