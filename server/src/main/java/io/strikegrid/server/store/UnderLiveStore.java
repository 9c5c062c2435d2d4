package io.strikegrid.server.store;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.time.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;

/** Imported sides as they were before live ticks came over them. */
public final class UnderLiveStore {

  static final String TABLE = "strikegrid.under_live";

  private static final BulkTable BULK = BulkTable.replacing(TABLE, BarStore.COLUMNS, BarStore.KEY);

  private UnderLiveStore() {}

  /** Those of an expiry in a session, in order of strike and time. */
  public static BarTable read(
      Connection connection, String symbol, LocalDate expiry, Session session) throws SQLException {
    return BarStore.read(connection, TABLE, symbol, expiry, session);
  }

  /**
   * Replaces those of minutes.
   *
   * @param minutes start, epoch seconds UTC, and all sides of it
   */
  public static void write(
      Connection connection, String symbol, LocalDate expiry, Map<Long, BarTable> minutes)
      throws SQLException {
    if (minutes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM "
                + TABLE
                + " WHERE symbol = ? AND expiry = ? AND bucket_time = to_timestamp(?)")) {
      for (long minute : minutes.keySet()) {
        statement.setString(1, symbol);
        statement.setObject(2, expiry);
        statement.setLong(3, minute);
        statement.addBatch();
      }
      statement.executeBatch();
    }
    BULK.insert(
        connection,
        copy -> {
          for (BarTable bars : minutes.values()) {
            for (int row = 0; row < bars.rows(); row++) {
              BarStore.put(copy.row(BarStore.COLUMNS.size()), symbol, expiry, bars, row);
            }
          }
        });
  }
}
