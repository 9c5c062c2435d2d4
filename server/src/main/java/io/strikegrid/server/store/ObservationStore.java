package io.strikegrid.server.store;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The observations behind live bars. A minute's may be in several rows, each of one commit; none is
 * ever changed.
 */
public final class ObservationStore {

  private ObservationStore() {}

  /** What is kept of some minutes of a day. */
  public static Map<MinuteKey, List<Observation>> find(
      Connection connection, String symbol, LocalDate day, Collection<Long> minutes)
      throws SQLException {
    Map<MinuteKey, List<Observation>> found = new HashMap<>();
    String sql =
        "SELECT extract(epoch FROM minute)::bigint, expiry, observations"
            + " FROM strikegrid.observation WHERE symbol = ? AND trading_day = ?"
            + " AND minute IN (SELECT to_timestamp(m) FROM unnest(?) AS m)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      statement.setArray(3, connection.createArrayOf("bigint", minutes.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          MinuteKey key =
              new MinuteKey(
                  rows.getLong(1), Optional.ofNullable(rows.getObject(2, LocalDate.class)));
          found
              .computeIfAbsent(key, k -> new ArrayList<>())
              .addAll(ObservationLog.read(rows.getBytes(3)));
        }
      }
    }
    return found;
  }

  /** By minute, bytes that are kept of some minutes of a day; their content is not read. */
  public static Map<Long, Long> bytes(
      Connection connection, String symbol, LocalDate day, Collection<Long> minutes)
      throws SQLException {
    Map<Long, Long> found = new HashMap<>();
    String sql =
        "SELECT extract(epoch FROM minute)::bigint, sum(octet_length(observations))::bigint"
            + " FROM strikegrid.observation WHERE symbol = ? AND trading_day = ?"
            + " AND minute IN (SELECT to_timestamp(m) FROM unnest(?) AS m) GROUP BY minute";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, symbol);
      statement.setObject(2, day);
      statement.setArray(3, connection.createArrayOf("bigint", minutes.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getLong(1), rows.getLong(2));
        }
      }
    }
    return found;
  }

  /** Keeps more of some minutes of a day. */
  public static void add(
      Connection connection, String symbol, LocalDate day, Map<MinuteKey, ObservationLog> logs)
      throws SQLException {
    String sql =
        "INSERT INTO strikegrid.observation (symbol, trading_day, minute, expiry, observations)"
            + " VALUES (?, ?, to_timestamp(?), ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<MinuteKey, ObservationLog> log : logs.entrySet()) {
        statement.setString(1, symbol);
        statement.setObject(2, day);
        statement.setLong(3, log.getKey().minute());
        statement.setObject(4, log.getKey().expiry().orElse(null));
        statement.setBytes(5, log.getValue().toBytes());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Of some minutes, those that have live or simulated bars. */
  public static Set<MinuteKey> withLiveBars(
      Connection connection, String symbol, Collection<MinuteKey> keys) throws SQLException {
    Set<MinuteKey> found = new HashSet<>();
    String sql =
        "SELECT k.minute, k.expiry FROM unnest(?, ?) AS k (minute, expiry)"
            + " WHERE EXISTS (SELECT FROM fo_expiry_metrics m WHERE m.symbol = ?"
            + " AND m.expiry = k.expiry AND m.bucket_time = to_timestamp(k.minute))"
            + " AND EXISTS (SELECT FROM fo_option_strike_bars b WHERE b.symbol = ?"
            + " AND b.expiry = k.expiry AND b.bucket_time = to_timestamp(k.minute)"
            + " AND (b.provenance IN (1, 4) OR b.call_provenance = 1 OR b.put_provenance = 1))";
    List<MinuteKey> asked = List.copyOf(keys);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1, connection.createArrayOf("bigint", asked.stream().map(MinuteKey::minute).toArray()));
      statement.setArray(
          2,
          connection.createArrayOf(
              "date", asked.stream().map(k -> k.expiry().orElseThrow()).toArray()));
      statement.setString(3, symbol);
      statement.setString(4, symbol);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new MinuteKey(rows.getLong(1), Optional.of(rows.getObject(2, LocalDate.class))));
        }
      }
    }
    return found;
  }

  /**
   * A contract that traded.
   *
   * @param key minute in which it did, and its expiry
   */
  public record Traded(MinuteKey key, double strike, Side side) {}

  /**
   * Minutes of a day after a trade in which the contract was observed, as long as no bar but that
   * of the trade had told of another one before: what they tell of no volume may be a dropout now.
   */
  public static Set<MinuteKey> untradedAfter(
      Connection connection, String symbol, Collection<Traded> trades, Session session)
      throws SQLException {
    Set<MinuteKey> found = new HashSet<>();
    String sql =
        """
        SELECT DISTINCT extract(epoch FROM b.bucket_time)::bigint, b.expiry
        FROM unnest(?, ?, ?, ?) AS t (expiry, strike, side, minute)
          JOIN fo_option_strike_bars b ON b.symbol = ? AND b.expiry = t.expiry
            AND b.strike = t.strike AND b.bucket_time > to_timestamp(t.minute)
            AND b.bucket_time >= to_timestamp(?) AND b.bucket_time < to_timestamp(?)
        WHERE CASE t.side WHEN 'call' THEN b.call_count ELSE b.put_count END > 0
          AND NOT EXISTS (
            SELECT FROM fo_option_strike_bars r WHERE r.symbol = b.symbol AND r.expiry = b.expiry
              AND r.strike = b.strike AND r.bucket_time >= to_timestamp(?)
              AND r.bucket_time < b.bucket_time AND r.bucket_time <> to_timestamp(t.minute)
              AND CASE t.side WHEN 'call' THEN r.call_volume_day ELSE r.put_volume_day END > 0
              AND NOT EXISTS (
                SELECT FROM strikegrid.reported_volume v WHERE v.symbol = r.symbol
                  AND v.trading_day = ? AND v.expiry = r.expiry AND v.strike = r.strike
                  AND v.side = t.side AND v.minute = r.bucket_time AND v.volume_day = 0))
        """;
    List<Traded> asked = List.copyOf(trades);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "date", asked.stream().map(t -> t.key().expiry().orElseThrow()).toArray()));
      statement.setArray(
          2, connection.createArrayOf("float8", asked.stream().map(Traded::strike).toArray()));
      statement.setArray(
          3, connection.createArrayOf("text", asked.stream().map(t -> t.side().label()).toArray()));
      statement.setArray(
          4,
          connection.createArrayOf("bigint", asked.stream().map(t -> t.key().minute()).toArray()));
      statement.setString(5, symbol);
      statement.setLong(6, session.open());
      statement.setLong(7, session.close());
      statement.setLong(8, session.open());
      statement.setObject(9, session.day());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new MinuteKey(rows.getLong(1), Optional.of(rows.getObject(2, LocalDate.class))));
        }
      }
    }
    return found;
  }

  /**
   * Forgets minutes of which nothing was written since; returns how many rows that were. A minute
   * goes as a whole: a part of it must never look like all of it.
   */
  public static int forget(Database database, Duration olderThan) {
    return database
        .jdbi()
        .withHandle(h ->
            h.execute(
                "DELETE FROM strikegrid.observation o"
                    + " WHERE written_at < now() - ? * interval '1 s' AND NOT EXISTS ("
                    + "SELECT FROM strikegrid.observation n WHERE n.symbol = o.symbol"
                    + " AND n.trading_day = o.trading_day AND n.minute = o.minute"
                    + " AND n.written_at >= now() - ? * interval '1 s')",
                olderThan.toSeconds(),
                olderThan.toSeconds()));
  }
}
