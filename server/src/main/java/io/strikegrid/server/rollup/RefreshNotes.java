package io.strikegrid.server.rollup;

import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.watch.LostConnection;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RefreshStore;
import io.strikegrid.server.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the store how refreshes go, for people: of many in a second only the first, but never
 * leaves a failure standing after a success. What was committed stays so, whatever happens to the
 * note. Safe for use by any number of threads.
 */
final class RefreshNotes {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshNotes.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Database database;
  private final AtomicLong noted = new AtomicLong(System.nanoTime() - EVERY.toNanos());
  private volatile boolean failed;

  RefreshNotes(Database database) {
    this.database = database;
  }

  /** Aggregates were brought up to date, each in so long; none where none was. */
  void refreshed(Map<Timeframe, Duration> took) {
    long now = System.nanoTime();
    long before = noted.get();
    boolean isDue = failed || now - before >= EVERY.toNanos();
    if (took.isEmpty() || !isDue || !noted.compareAndSet(before, now)) {
      return;
    }
    failed = false;
    note(() -> RefreshStore.noteRefreshed(database, took));
  }

  /** A refresh failed. */
  void failed(Timeframe timeframe, @Nullable String reason) {
    failed = true;
    note(() -> RefreshStore.noteFailed(database, timeframe, reason));
  }

  private static void note(Runnable writing) {
    try {
      writing.run();
    } catch (StoreException e) {
      if (LostConnection.isCauseOf(e)) {
        LOG.debug("how the refresh of an aggregate went could not be noted", e);
      } else {
        LOG.warn("how the refresh of an aggregate went could not be noted: {}", e.getMessage());
      }
    }
  }
}
