package io.strikegrid.server.store;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.day.ExpiryPlan;
import io.strikegrid.engine.market.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * What was reported of sides' day-cumulative volume, where their bars show the higher figure of an
 * earlier one.
 */
public final class ReportedVolumeStore {

  private static final String KEY = "symbol, trading_day, expiry, strike, side, minute";

  private ReportedVolumeStore() {}

  /** Sets those of an expiry in its bars of a day. */
  public static void read(
      Connection connection, String symbol, LocalDate day, LocalDate expiry, BarTable bars)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT strike, side, extract(epoch FROM minute)::bigint, volume_day"
                + " FROM strikegrid.reported_volume"
                + " WHERE symbol = ? AND trading_day = ? AND expiry = ?")) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      statement.setObject(3, expiry);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int row = bars.indexOf(rows.getDouble(1), rows.getLong(3));
          if (row >= 0) {
            boolean isCall = rows.getString(2).equals(Side.CALL.label());
            bars.setReported(row, isCall ? Side.CALL : Side.PUT, rows.getDouble(4));
          }
        }
      }
    }
  }

  /** Takes what changed of an expiry on a day. */
  public static void write(
      Connection connection,
      String symbol,
      LocalDate day,
      LocalDate expiry,
      List<ExpiryPlan.Reported> changed)
      throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    String put =
        "INSERT INTO strikegrid.reported_volume ("
            + KEY
            + ", volume_day) VALUES (?, ?, ?, ?, ?, to_timestamp(?), ?) ON CONFLICT ("
            + KEY
            + ") DO UPDATE SET volume_day = excluded.volume_day";
    String delete =
        "DELETE FROM strikegrid.reported_volume WHERE ("
            + KEY
            + ") = (?, ?, ?, ?, ?, to_timestamp(?))";
    try (PreparedStatement puts = connection.prepareStatement(put);
        PreparedStatement deletes = connection.prepareStatement(delete)) {
      for (ExpiryPlan.Reported one : changed) {
        boolean isKept = !Double.isNaN(one.volumeDay());
        PreparedStatement statement = isKept ? puts : deletes;
        statement.setString(1, symbol);
        statement.setObject(2, day);
        statement.setObject(3, expiry);
        statement.setDouble(4, one.contract().strike());
        statement.setString(5, one.contract().side().label());
        statement.setLong(6, one.minute());
        if (isKept) {
          statement.setDouble(7, one.volumeDay());
        }
        statement.addBatch();
      }
      deletes.executeBatch();
      puts.executeBatch();
    }
  }
}
