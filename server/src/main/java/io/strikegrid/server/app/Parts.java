package io.strikegrid.server.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened, to be closed in reverse order. One that fails to close keeps none of the others
 * open, and hides nothing that failed before it. Closing again does nothing.
 */
final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<Part> opened = new ArrayDeque<>();

  private record Part(String name, AutoCloseable closing) {}

  /** Adds one that is open. */
  synchronized <T extends AutoCloseable> T add(String name, T part) {
    opened.push(new Part(name, part));
    return part;
  }

  /** Adds one that is to stay open until the newest one is closed. */
  synchronized <T extends AutoCloseable> T addBelow(String name, T part) {
    Part newest = opened.pop();
    opened.push(new Part(name, part));
    opened.push(newest);
    return part;
  }

  /** Closes all, because of a failure that is thrown on; what fails meanwhile is added to it. */
  void closeAfter(Throwable failure) {
    Throwable first = closeAll();
    if (first != null && !first.equals(failure)) {
      failure.addSuppressed(first);
    }
  }

  /**
   * Closes all.
   *
   * @throws IllegalStateException of the first that failed, with the others, once all were closed
   */
  @Override
  public void close() {
    Throwable first = closeAll();
    if (first != null) {
      throw new IllegalStateException("the server did not stop in order: " + first, first);
    }
  }

  private synchronized @Nullable Throwable closeAll() {
    Throwable first = null;
    while (!opened.isEmpty()) {
      Part part = opened.pop();
      try {
        part.closing().close();
      } catch (Exception | Error e) {
        LOG.error("{} was not closed in order", part.name(), e);
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    return first;
  }
}
