package io.strikegrid.server.store;

import io.strikegrid.engine.time.Session;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many bars there are of an expiry on a trading day, from the metrics of its minutes. */
public final class BarCounts {

  private BarCounts() {}

  /** Of what bars are counted. */
  public record Key(LocalDate expiry, LocalDate day) {}

  /**
   * Bars of an expiry on a day.
   *
   * @param filled sides of strikes that were observed, over all minutes
   * @param contracts most that were known at the end of a minute
   */
  public record Count(long filled, int contracts) {

    /** No bars. */
    public static final Count NOTHING = new Count(0, 0);
  }

  /**
   * Counts the bars of some expiries on some days; those without any are left out.
   *
   * @param sessions ascending, at least one
   */
  public static Map<Key, Count> of(
      Connection connection, String symbol, List<LocalDate> expiries, List<Session> sessions)
      throws SQLException {
    String sql =
        "SELECT expiry, width_bucket(extract(epoch FROM bucket_time)::float8, ?::float8[]),"
            + " sum(contracts - carried), max(contracts) FROM fo_expiry_metrics"
            + " WHERE symbol = ? AND expiry = ANY (?::date[])"
            + " AND bucket_time >= to_timestamp(?) AND bucket_time < to_timestamp(?)"
            + " GROUP BY 1, 2";
    Map<Key, Count> counts = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, opens(connection, sessions));
      statement.setString(2, symbol);
      statement.setArray(
          3,
          connection.createArrayOf(
              "text", expiries.stream().map(LocalDate::toString).toArray(String[]::new)));
      statement.setLong(4, sessions.getFirst().open());
      statement.setLong(5, sessions.getLast().close());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Session session = sessions.get(rows.getInt(2) - 1);
          counts.put(
              new Key(rows.getObject(1, LocalDate.class), session.day()),
              new Count(rows.getLong(3), rows.getInt(4)));
        }
      }
    }
    return counts;
  }

  private static Array opens(Connection connection, List<Session> sessions) throws SQLException {
    return connection.createArrayOf(
        "float8", sessions.stream().map(session -> (double) session.open()).toArray(Double[]::new));
  }
}
