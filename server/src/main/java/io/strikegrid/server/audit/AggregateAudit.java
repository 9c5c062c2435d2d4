package io.strikegrid.server.audit;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.AuditPart;
import io.strikegrid.server.store.AuditStore;
import io.strikegrid.server.store.RollupDifference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one look at a day's rows of a timeframe has found. A row that is missing, or must not be
 * there, counts with all its cells. Filled by one thread, and not changed after that.
 */
final class AggregateAudit {

  /** Most differences of a look that are named; the others are counted. */
  static final int MOST_NAMED = 100;

  private final Timeframe timeframe;
  private final List<AuditPart> parts = new ArrayList<>();
  private final List<RollupDifference> named = new ArrayList<>();
  private final TreeSet<Long> buckets = new TreeSet<>();
  private final Set<Row> differingRows = new HashSet<>();
  private long rows;
  private long differing;

  private record Row(RollupDifference.Kind kind, LocalDate expiry, double strike, long bucket) {}

  private AggregateAudit(Timeframe timeframe) {
    this.timeframe = timeframe;
  }

  /** Looks, in the snapshot of a transaction. */
  static AggregateAudit look(Connection connection, Timeframe timeframe, List<AuditPart> parts)
      throws SQLException {
    AggregateAudit audit = new AggregateAudit(timeframe);
    audit.parts.addAll(parts);
    for (AuditPart part : parts) {
      audit.rows += AuditStore.stored(connection, part);
      AuditStore.differences(connection, part, audit::add);
    }
    return audit;
  }

  private void add(RollupDifference difference) {
    boolean isRow = difference.kind() != RollupDifference.Kind.VALUE;
    if (difference.kind() == RollupDifference.Kind.MISSING) {
      rows++;
    }
    differing += isRow ? BarColumns.COUNT : 1;
    buckets.add(difference.bucket());
    differingRows.add(
        new Row(difference.kind(), difference.expiry(), difference.strike(), difference.bucket()));
    if (named.size() < MOST_NAMED) {
      named.add(difference);
    }
  }

  Timeframe timeframe() {
    return timeframe;
  }

  /** Where it looked. */
  List<AuditPart> parts() {
    return parts;
  }

  /** Cells that were compared. */
  long cells() {
    return rows * BarColumns.COUNT;
  }

  /** Those that are not what they must be. */
  long differing() {
    return differing;
  }

  /** Rows that hold them. */
  long differingRows() {
    return differingRows.size();
  }

  /** Starts of the buckets that hold them, epoch seconds UTC. */
  TreeSet<Long> buckets() {
    return buckets;
  }

  /** The first of what differs, at most {@link #MOST_NAMED}. */
  List<RollupDifference> named() {
    return named;
  }
}
