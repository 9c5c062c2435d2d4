package io.strikegrid.server.audit;

import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.AuditPart;
import io.strikegrid.server.store.AuditStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.RollupSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares the stored 5 and 15 minute rows of a symbol and trading day with their recomputation
 * from the one-minute rows, both timeframes in one snapshot, and mends them. Every figure goes to
 * the store too.
 *
 * <p>Only what can be recomputed is compared: of a UTC day whose one-minute rows are gone the
 * stored rows stand as they are. Buckets that an aggregate has yet to take over are behind, and not
 * wrong. Rows outside the session are not looked at. Safe for use by any number of threads.
 */
public final class RollupAudit {

  private static final long DAY_SECONDS = 86_400;

  private final Database database;
  private final RollupRepair repair;
  private final Consumer<GenerationStore.Row> repaired;
  private final boolean isThorough;

  private RollupAudit(
      Database database, Consumer<GenerationStore.Row> repaired, boolean isThorough) {
    this.database = database;
    this.repair = new RollupRepair(database);
    this.repaired = repaired;
    this.isThorough = isThorough;
  }

  /**
   * An audit of everything; also stored rows of expiries that a day has no bars of.
   *
   * @param repaired told of every day that a repair changed, after its commit
   */
  public static RollupAudit thorough(Database database, Consumer<GenerationStore.Row> repaired) {
    return new RollupAudit(database, repaired, true);
  }

  /**
   * An audit of the rows that answers can show: those of the day's expiries.
   *
   * @param repaired told of every day that a repair changed, after its commit
   */
  public static RollupAudit quick(Database database, Consumer<GenerationStore.Row> repaired) {
    return new RollupAudit(database, repaired, false);
  }

  /** Compares a day. */
  public AuditResult look(AuditDay day) {
    return run(day, false);
  }

  /** Compares a day, mends what differs, and compares once more what did. */
  public AuditResult repair(AuditDay day) {
    return run(day, true);
  }

  private AuditResult run(AuditDay day, boolean mend) {
    AuditResult sum = AuditResult.NONE;
    for (AggregateAudit found : find(day)) {
      long rows = mend && found.differing() > 0 ? mend(day, found) : 0;
      AuditStore.note(database, found.timeframe(), found.cells(), found.differing(), rows);
      sum =
          sum.plus(
              new AuditResult(
                  found.cells(), found.differing(), found.differingRows(), rows, found.named()));
    }
    return sum;
  }

  /** Rows that were wrong and are not any more. */
  private long mend(AuditDay day, AggregateAudit found) {
    repair.mend(day, found).ifPresent(repaired);
    AggregateAudit after =
        database.read(connection -> {
          AuditStore.prepare(connection);
          return AggregateAudit.look(connection, found.timeframe(), found.parts());
        });
    return Math.max(0, found.differingRows() - after.differingRows());
  }

  private List<AggregateAudit> find(AuditDay day) {
    return database.read(connection -> {
      AuditStore.prepare(connection);
      List<AggregateAudit> found = new ArrayList<>();
      for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
        found.add(AggregateAudit.look(connection, timeframe, parts(connection, timeframe, day)));
      }
      return found;
    });
  }

  /** The session cut at midnight UTC, where retention cuts too; only parts that have minutes. */
  private List<AuditPart> parts(Connection connection, Timeframe timeframe, AuditDay day)
      throws SQLException {
    Session session = day.session();
    List<AuditPart> parts = new ArrayList<>();
    long from = session.open();
    long close = timeframe.floor(session.close() - 1) + timeframe.seconds();
    while (from < close) {
      long midnight = from - Math.floorMod(from, DAY_SECONDS) + DAY_SECONDS;
      long to = Math.min(close, midnight);
      AuditPart part = new AuditPart(timeframe, day.symbol(), day.day(), from, to, isThorough);
      if (AuditStore.hasMinutes(connection, part)) {
        parts.add(part);
      }
      from = to;
    }
    return parts;
  }
}
