package io.strikegrid.server.app;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process in order when the launcher that started it is gone, whatever that was ended by.
 * The launcher holds the other end of a pipe and never writes to it; the system closes it with the
 * launcher, which works alike on all that there is a pipe on.
 */
final class LauncherWatch {

  /** The property that says that standard input is such a pipe. */
  private static final String PROPERTY = "strikegrid.launcher";

  private static final Logger LOG = LoggerFactory.getLogger(LauncherWatch.class);
  private static final int TERMINATED = 143;

  /** How long an orderly end may take; then it is one without order. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private LauncherWatch() {}

  /** Watches from now on, where a launcher asked for it. */
  static void start() {
    if ("stdin".equals(System.getProperty(PROPERTY))) {
      Thread.ofPlatform()
          .daemon()
          .name("launcher")
          .start(() -> await(System.in, LauncherWatch::end));
    }
  }

  /** Waits for the end of a stream, and then does something. */
  static void await(InputStream leash, Runnable atEnd) {
    try {
      while (leash.read() >= 0) {
        LOG.debug("the launcher is there");
      }
    } catch (IOException e) {
      LOG.debug("the launcher cannot be heard", e);
    }
    atEnd.run();
  }

  private static void end() {
    LOG.warn("the launcher that started this process is gone; it ends");
    Thread.ofPlatform().daemon().name("launcher-patience").start(LauncherWatch::halt);
    System.exit(TERMINATED);
  }

  private static void halt() {
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(TERMINATED);
  }
}
