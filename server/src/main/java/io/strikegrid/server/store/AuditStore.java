package io.strikegrid.server.store;

import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;

/** Stored roll-ups beside what the one-minute rows make of them, and what audits found. */
public final class AuditStore {

  private static final int FETCH = 1_000;

  private AuditStore() {}

  /** Prepares a transaction for looking: it sorts whole days. */
  public static void prepare(Connection connection) throws SQLException {
    Database.execute(connection, "SET LOCAL work_mem = '128MB'");
    Database.execute(connection, "SET LOCAL jit = off");
  }

  /** Whether the store has one-minute rows that a part can be recomputed from. */
  public static boolean hasMinutes(Connection connection, AuditPart part) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(new AuditSql(part).hasMinutes())) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /** The number of stored rows that {@link #differences} compares; missing ones are not in it. */
  public static long stored(Connection connection, AuditPart part) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(new AuditSql(part).stored())) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Tells of everything in a part that is not what it must be, in no order. Buckets that await a
   * refresh are left out. In one snapshot with {@link #stored}.
   */
  public static void differences(
      Connection connection, AuditPart part, Consumer<RollupDifference> found) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery(new AuditSql(part).differences())) {
        while (rows.next()) {
          found.accept(
              new RollupDifference(
                  part.timeframe(),
                  part.symbol(),
                  rows.getObject(2, LocalDate.class),
                  rows.getDouble(3),
                  rows.getLong(1),
                  RollupDifference.Kind.valueOf(rows.getString(4).toUpperCase(Locale.ROOT)),
                  rows.getString(5),
                  rows.getString(6),
                  rows.getString(7)));
        }
      }
    }
  }

  /**
   * Makes buckets of a part anew in their table. Only for whoever holds the symbol's lock, on a
   * store whose writer keeps the tables.
   *
   * @param buckets starts, epoch seconds UTC
   * @return rows that were written or deleted
   */
  public static int mend(Connection connection, AuditPart part, Collection<Long> buckets)
      throws SQLException {
    AuditSql sql = new AuditSql(part);
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql.upsert(buckets))
          + statement.executeUpdate(sql.deleteSurplus(buckets));
    }
  }

  /** Notes that cells of an aggregate were audited. Nothing waits for it to reach the disk. */
  public static void note(
      Database database, Timeframe timeframe, long checked, long differing, long repaired) {
    database.write(connection -> {
      Database.execute(connection, "SET LOCAL synchronous_commit = off");
      try (PreparedStatement statement =
          connection.prepareStatement(
              "UPDATE strikegrid.aggregate_refresh SET last_audit = clock_timestamp(),"
                  + " cells_checked = cells_checked + ?, cells_differing = cells_differing + ?,"
                  + " rows_repaired = rows_repaired + ? WHERE aggregate = ?")) {
        statement.setLong(1, checked);
        statement.setLong(2, differing);
        statement.setLong(3, repaired);
        statement.setString(4, BarStore.table(timeframe));
        return statement.executeUpdate();
      }
    });
  }
}
