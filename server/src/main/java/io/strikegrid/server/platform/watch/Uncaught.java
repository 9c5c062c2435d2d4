package io.strikegrid.server.platform.watch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what threads end with and nobody caught, such as those of a library whose connection breaks
 * in the middle: it goes to the log, where it is bounded, and a store that does not answer is told
 * by {@link Patrol} alone.
 */
public final class Uncaught implements Thread.UncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Uncaught.class);

  /** Takes it for all threads of the process that have no handler of their own. */
  public static void install() {
    Thread.setDefaultUncaughtExceptionHandler(new Uncaught());
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    if (LostConnection.isCauseOf(thrown)) {
      LOG.debug("thread {} lost its connection to the store", thread.getName(), thrown);
    } else {
      LOG.error("thread {} ended with what nobody caught", thread.getName(), thrown);
    }
  }
}
