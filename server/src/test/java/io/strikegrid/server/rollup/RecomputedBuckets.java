package io.strikegrid.server.rollup;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.store.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The 5 and 15 minute rows worked out here from the one-minute rows, by column name and without
 * anything of the code that makes them.
 */
final class RecomputedBuckets {

  private static final int FETCH = 2_000;
  private static final String KEY = "symbol, expiry, strike, bucket_time";

  private final int minutes;
  private final List<String> columns = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private int buckets;

  private RecomputedBuckets(int minutes) {
    this.minutes = minutes;
  }

  /** What differs from the table, at most a few rows. */
  static List<String> differences(Database database, int minutes) {
    RecomputedBuckets recomputed = new RecomputedBuckets(minutes);
    return database.read(recomputed::compare);
  }

  private List<String> compare(Connection connection) throws SQLException {
    String table = "fo_option_strike_bars_" + minutes + "min";
    try (Statement one = connection.createStatement();
        Statement other = connection.createStatement()) {
      one.setFetchSize(FETCH);
      other.setFetchSize(FETCH);
      try (ResultSet minute =
              one.executeQuery("SELECT * FROM fo_option_strike_bars ORDER BY " + KEY);
          ResultSet stored = other.executeQuery("SELECT * FROM " + table + " ORDER BY " + KEY)) {
        for (int i = 1; i <= minute.getMetaData().getColumnCount(); i++) {
          columns.add(minute.getMetaData().getColumnName(i));
          positions.put(columns.getLast(), i - 1);
        }
        List<List<@Nullable Object>> bucket = new ArrayList<>();
        while (minute.next()) {
          List<@Nullable Object> row = row(minute);
          if (!bucket.isEmpty() && !key(row).equals(key(bucket.getFirst()))) {
            close(bucket, stored);
          }
          bucket.add(row);
        }
        if (!bucket.isEmpty()) {
          close(bucket, stored);
        }
        if (stored.next()) {
          differences.add("in the table alone: " + row(stored));
        }
      }
    }
    if (buckets == 0) {
      differences.add("there is no bucket");
    }
    return differences;
  }

  private List<@Nullable Object> row(ResultSet rows) throws SQLException {
    List<@Nullable Object> row = new ArrayList<>(columns.size());
    for (String column : columns) {
      row.add(rows.getObject(column));
    }
    return row;
  }

  private List<@Nullable Object> key(List<@Nullable Object> row) {
    long length = minutes * 60_000L;
    long time = ((Timestamp) Objects.requireNonNull(of(row, "bucket_time"))).getTime();
    List<@Nullable Object> key = new ArrayList<>();
    key.add(new Timestamp(time - time % length));
    for (String name : List.of("symbol", "expiry", "strike")) {
      key.add(of(row, name));
    }
    return key;
  }

  private @Nullable Object of(List<@Nullable Object> row, String column) {
    return row.get(Objects.requireNonNull(positions.get(column), column));
  }

  private void close(List<List<@Nullable Object>> bucket, ResultSet stored) throws SQLException {
    buckets++;
    List<@Nullable Object> key = key(bucket.getFirst());
    if (differences.size() < 5) {
      if (!stored.next()) {
        differences.add("not in the table: " + key);
      } else {
        List<@Nullable Object> row = row(stored);
        for (String column : columns) {
          Object expected = expected(column, bucket, key);
          if (!StoredRows.isEqual(expected, of(row, column))) {
            differences.add(
                key + " " + column + " must be " + expected + "; have " + of(row, column));
          }
        }
      }
    }
    bucket.clear();
  }

  private @Nullable Object expected(
      String column, List<List<@Nullable Object>> bucket, List<@Nullable Object> key) {
    List<Object> known = new ArrayList<>();
    for (List<@Nullable Object> row : bucket) {
      Object value = of(row, column);
      if (value != null) {
        known.add(value);
      }
    }
    return switch (column) {
      case "bucket_time" -> key.getFirst();
      case "symbol", "expiry", "strike" -> of(bucket.getFirst(), column);
      case "underlying_close" -> known.isEmpty() ? null : sum(known) / known.size();
      case "underlying_source", "provenance", "updated_at" -> largest(known);
      case "created_at" -> smallest(known);
      case "underlying_last", "moneyness" -> last(known);
      default -> ofSide(column, column.replaceFirst("^(call|put)_", ""), known, bucket);
    };
  }

  private @Nullable Object ofSide(
      String column, String name, List<Object> known, List<List<@Nullable Object>> bucket) {
    String side = column.substring(0, column.length() - name.length());
    return switch (name) {
      case "iv_avg" -> mean(column, side + "iv_count", bucket);
      case "delta_avg", "gamma_avg", "theta_avg", "vega_avg", "rho_avg" ->
          mean(column, side + "greeks_count", bucket);
      case "count", "iv_count", "greeks_count" -> (int) sum(known);
      case "volume" -> known.isEmpty() ? null : sum(known);
      case "oi_sum", "high", "iv_source", "greeks_source", "provenance" -> largest(known);
      case "low" -> smallest(known);
      case "open", "volume_since" -> known.isEmpty() ? null : known.getFirst();
      case "close", "oi_last", "volume_day", "bid", "ask", "quoted" -> last(known);
      default -> throw new IllegalStateException("no rule for " + column);
    };
  }

  private @Nullable Double mean(String column, String weight, List<List<@Nullable Object>> bucket) {
    double sum = 0;
    double weights = 0;
    for (List<@Nullable Object> row : bucket) {
      if (of(row, column) instanceof Double value && of(row, weight) instanceof Integer count) {
        sum += value * count;
        weights += count;
      }
    }
    return weights == 0 ? null : sum / weights;
  }

  private static double sum(List<Object> values) {
    return values.stream().mapToDouble(v -> ((Number) v).doubleValue()).sum();
  }

  private static @Nullable Object last(List<Object> values) {
    return values.isEmpty() ? null : values.getLast();
  }

  private static @Nullable Object largest(List<Object> values) {
    return values.stream().max(RecomputedBuckets::order).orElse(null);
  }

  private static @Nullable Object smallest(List<Object> values) {
    return values.stream().min(RecomputedBuckets::order).orElse(null);
  }

  private static int order(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (one instanceof Timestamp a && other instanceof Timestamp b) {
      return a.compareTo(b);
    }
    return one.toString().compareTo(other.toString());
  }
}
