package io.strikegrid.server.audit;

import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.AuditPart;
import io.strikegrid.server.store.AuditStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.Engine;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.RefreshStore;
import io.strikegrid.server.store.StoreException;
import io.strikegrid.server.store.Undo;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Makes buckets anew from the one-minute rows, and bumps the generation of what is made of them, so
 * that no page keeps what was there before. Tables are mended in one transaction with that, under
 * the lock of the symbol's writers; an aggregate under the lock of those who refresh it, and the
 * generation is bumped after.
 *
 * <p>Buckets whose one-minute rows have gone since are left alone, or what is still known of them
 * would be lost.
 */
final class RollupRepair {

  private static final Duration BUSY_PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Database database;

  RollupRepair(Database database) {
    this.database = database;
  }

  /** Mends what a look has found; the new generation, where there is one. */
  Optional<GenerationStore.Row> mend(AuditDay day, AggregateAudit found) {
    return database.engine() == Engine.TIMESCALE
        ? refresh(day, found)
        : database.write(day.symbol(), connection -> rewrite(connection, day, found));
  }

  private static Optional<GenerationStore.Row> rewrite(
      Connection connection, AuditDay day, AggregateAudit found) throws SQLException {
    AuditStore.prepare(connection);
    int rows = 0;
    for (AuditPart part : found.parts()) {
      SortedSet<Long> buckets = found.buckets().subSet(part.from(), part.to());
      if (!buckets.isEmpty() && AuditStore.hasMinutes(connection, part)) {
        rows += AuditStore.mend(connection, part, buckets);
      }
    }
    return rows == 0
        ? Optional.empty()
        : GenerationStore.bumpRolled(connection, day.symbol(), day.day());
  }

  private Optional<GenerationStore.Row> refresh(AuditDay day, AggregateAudit found) {
    try (Connection connection = database.connection()) {
      lock(connection, found.timeframe());
      try (Undo _ = () -> RefreshStore.unlock(connection, found.timeframe())) {
        for (AuditPart part : found.parts()) {
          SortedSet<Long> buckets = found.buckets().subSet(part.from(), part.to());
          if (!buckets.isEmpty() && AuditStore.hasMinutes(connection, part)) {
            refresh(connection, found.timeframe(), buckets);
          }
        }
      }
    } catch (SQLException e) {
      throw new StoreException(day + " could not be repaired: " + e.getMessage(), e);
    }
    return database.write(c -> GenerationStore.bumpRolled(c, day.symbol(), day.day()));
  }

  private static void lock(Connection connection, Timeframe timeframe) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!RefreshStore.tryLock(connection, timeframe)) {
      if (System.nanoTime() > end) {
        throw new StoreException(
            "%s is being refreshed for longer than %d s; try again"
                .formatted(timeframe.label(), PATIENCE.toSeconds()),
            null);
      }
      try {
        Thread.sleep(BUSY_PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException("interrupted while another process refreshed", e);
      }
    }
  }

  /** As few refreshes as cover the buckets, and nothing between them. */
  private static void refresh(Connection connection, Timeframe timeframe, SortedSet<Long> buckets)
      throws SQLException {
    List<Long> sorted = new ArrayList<>(buckets);
    long from = sorted.getFirst();
    for (int i = 0; i < sorted.size(); i++) {
      long end = sorted.get(i) + timeframe.seconds();
      if (i == sorted.size() - 1 || sorted.get(i + 1) != end) {
        RefreshStore.refresh(connection, timeframe, from, end, true);
        from = i == sorted.size() - 1 ? end : sorted.get(i + 1);
      }
    }
  }
}
