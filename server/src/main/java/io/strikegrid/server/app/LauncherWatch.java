package io.strikegrid.server.app;

import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process at once when the launcher that started it was killed, so that another can be
 * started in its place without waiting; nothing that was acknowledged depends on an end in order.
 * The launcher holds the other end of a pipe and never writes to it; the system closes it with the
 * launcher, which works alike on all that there is a pipe on.
 */
final class LauncherWatch {

  /** The property that says that standard input is such a pipe. */
  private static final String PROPERTY = "strikegrid.launcher";

  private static final Logger LOG = LoggerFactory.getLogger(LauncherWatch.class);
  private static final int KILLED = 137;

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
    LOG.warn("the launcher that started this process was killed; it ends as if it were too");
    Runtime.getRuntime().halt(KILLED);
  }
}
