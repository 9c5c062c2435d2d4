package io.strikegrid.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other threads and processes bring about. */
public final class Await {

  /**
   * Long enough for a machine that is busy with much else; a test that waits so long has failed.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final long SHORTEST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  /** A look at what took long costs little beside it: one in twenty of the time so far. */
  private static final long PAUSE_PART = 20;

  private Await() {}

  /**
   * Waits until something is so.
   *
   * @param what is waited for, said where it never comes: {@code the minute is committed}
   * @throws AssertionError where it is not so for long
   */
  public static void until(String what, Callable<Boolean> isSo) {
    long started = System.nanoTime();
    while (!isTrue(isSo)) {
      Duration waited = Duration.ofNanos(System.nanoTime() - started);
      if (waited.compareTo(PATIENCE) > 0) {
        throw new AssertionError("after " + PATIENCE.toMinutes() + " min still not so: " + what);
      }
      pause(waited);
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

  private static void pause(Duration waited) {
    try {
      Thread.sleep(
          Math.clamp(waited.toMillis() / PAUSE_PART, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
