package io.strikegrid.server.platform.http;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests that were refused, and tells the log once a minute how many there were, by code
 * and route, where there were any. A thread runs only while something waits to be told. Safe for
 * use by any number of threads.
 */
final class RefusalSummary implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalSummary.class);

  private final Duration every;
  private Map<String, Long> counts = new TreeMap<>();
  private boolean isClosed;

  /** One that tells so long after the first of them. */
  RefusalSummary(Duration every) {
    this.every = every;
  }

  /**
   * One more.
   *
   * @param route as it is declared, of which there are few
   */
  synchronized void count(ProblemCode code, String route) {
    if (counts.isEmpty() && !isClosed) {
      Thread.ofVirtual().name("refusals").start(this::tellLater);
    }
    counts.merge(code.text() + " " + route, 1L, Long::sum);
  }

  private void tellLater() {
    try {
      Thread.sleep(every);
      tell();
    } catch (InterruptedException e) {
      tell();
    }
  }

  private void tell() {
    Map<String, Long> told;
    synchronized (this) {
      told = counts;
      counts = new TreeMap<>();
    }
    if (!told.isEmpty() && LOG.isInfoEnabled()) {
      LOG.info(
          "refused {} requests within {} s: {}",
          told.values().stream().mapToLong(Long::longValue).sum(),
          every.toSeconds(),
          told.entrySet().stream()
              .map(one -> one.getKey() + " " + one.getValue())
              .collect(Collectors.joining(", ")));
    }
  }

  /** Tells what was not told yet. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
    }
    tell();
  }
}
