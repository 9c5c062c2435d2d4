package io.strikegrid.server.store;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.measure.ChainState;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The expiry metrics, in and out of their three tables. */
public final class MetricsStore {

  private static final List<String> COLUMNS =
      List.of(
          "bucket_time",
          "symbol",
          "expiry",
          "underlying",
          "underlying_source",
          "forward",
          "rate",
          "pcr",
          "pcr_volume",
          "max_pain",
          "call_oi",
          "put_oi",
          "call_volume_day",
          "put_volume_day",
          "contracts",
          "carried",
          "atm_iv",
          "straddle",
          "observed_at");
  private static final Map<Timeframe, BulkTable> TABLES = tables();

  private MetricsStore() {}

  private static Map<Timeframe, BulkTable> tables() {
    Map<Timeframe, BulkTable> tables = new EnumMap<>(Timeframe.class);
    for (Timeframe timeframe : Timeframe.values()) {
      tables.put(
          timeframe,
          BulkTable.replacing(
              table(timeframe), COLUMNS, List.of("symbol", "expiry", "bucket_time")));
    }
    return tables;
  }

  /** The table of a timeframe. */
  public static String table(Timeframe timeframe) {
    return timeframe == Timeframe.MIN1
        ? "fo_expiry_metrics"
        : "fo_expiry_metrics_" + timeframe.label();
  }

  /** By minute, the event time of the last observation that the store knows of. */
  public static TreeMap<Long, Long> observedAt(
      Connection connection, String symbol, LocalDate expiry, Session session) throws SQLException {
    TreeMap<Long, Long> observed = new TreeMap<>();
    String sql =
        "SELECT extract(epoch FROM bucket_time)::bigint, extract(epoch FROM observed_at)::bigint"
            + " FROM fo_expiry_metrics WHERE symbol = ? AND expiry = ?"
            + " AND bucket_time >= to_timestamp(?) AND bucket_time < to_timestamp(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, symbol);
      statement.setObject(2, expiry);
      statement.setLong(3, session.open());
      statement.setLong(4, session.close());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          observed.put(rows.getLong(1), rows.getLong(2));
        }
      }
    }
    return observed;
  }

  /** Adds rows, by expiry, or replaces those that differ. Returns how many did. */
  public static int write(
      Connection connection,
      Timeframe timeframe,
      String symbol,
      Map<LocalDate, List<MinuteMetrics>> rows)
      throws SQLException {
    BulkTable table = Objects.requireNonNull(TABLES.get(timeframe));
    return table.upsert(
        connection,
        copy -> {
          for (Map.Entry<LocalDate, List<MinuteMetrics>> ofExpiry : rows.entrySet()) {
            for (MinuteMetrics row : ofExpiry.getValue()) {
              long bucket = timeframe.floor(row.bucket());
              put(copy.row(COLUMNS.size()), bucket, symbol, ofExpiry.getKey(), row);
            }
          }
        });
  }

  private static void put(
      CopyRows copy, long bucket, String symbol, LocalDate expiry, MinuteMetrics row)
      throws SQLException {
    ChainState state = row.state();
    copy.time(bucket)
        .text(symbol)
        .date(expiry)
        .float8(row.underlying())
        .text(row.source().label())
        .float8(row.forward())
        .float8(row.rate())
        .float8(state.pcr())
        .float8(state.pcrVolume())
        .float8(state.maxPain())
        .float8(state.callOi())
        .float8(state.putOi())
        .float8(state.callVolumeDay())
        .float8(state.putVolumeDay())
        .int4(state.contracts())
        .int4(state.carried())
        .float8(state.atmIv())
        .float8(state.straddle())
        .time(row.observedAt());
  }

  /** One bucket's metrics. */
  @FunctionalInterface
  public interface Consumer {
    /** Takes the values, indexed by {@link BucketField} ordinal; NaN is unknown. */
    void accept(long bucket, double[] values) throws SQLException;
  }

  /** Hands the metrics of an expiry in a session to the consumer, in order of time. */
  public static void read(
      Connection connection,
      Timeframe timeframe,
      String symbol,
      LocalDate expiry,
      Session session,
      Consumer consumer)
      throws SQLException {
    String sql =
        "SELECT * FROM %s WHERE symbol = ? AND expiry = ? AND bucket_time >= to_timestamp(?) AND bucket_time < to_timestamp(?) ORDER BY bucket_time"
            .formatted(table(timeframe));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, symbol);
      statement.setObject(2, expiry);
      statement.setLong(3, session.open());
      statement.setLong(4, session.close());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          double[] values = new double[BucketField.values().length];
          for (BucketField field : BucketField.values()) {
            values[field.ordinal()] = value(rows, field);
          }
          consumer.accept(rows.getTimestamp("bucket_time").getTime() / 1000, values);
        }
      }
    }
  }

  private static double value(ResultSet rows, BucketField field) throws SQLException {
    return switch (field) {
      case OBSERVED_AT -> rows.getTimestamp(field.column()).getTime() / 1000.0;
      case UNDERLYING_SOURCE ->
          UnderlyingSource.valueOf(rows.getString(field.column()).toUpperCase(Locale.ROOT))
              .ordinal();
      default -> {
        double value = rows.getDouble(field.column());
        yield rows.wasNull() ? Double.NaN : value;
      }
    };
  }
}
