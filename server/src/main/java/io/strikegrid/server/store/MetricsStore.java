package io.strikegrid.server.store;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.measure.ChainState;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.pricing.Forward;
import io.strikegrid.engine.pricing.ForwardSource;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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
          "observed_at",
          "forward_source",
          "strike_gap");
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

  /** The metrics of an expiry's minutes, in order of time; the strike at the money is not kept. */
  public static List<MinuteMetrics> minutes(
      Connection connection, String symbol, LocalDate expiry, Session session) throws SQLException {
    List<MinuteMetrics> minutes = new ArrayList<>();
    try (PreparedStatement statement =
        select(connection, Timeframe.MIN1, symbol, expiry, session)) {
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          minutes.add(minute(rows));
        }
      }
    }
    return minutes;
  }

  private static MinuteMetrics minute(ResultSet rows) throws SQLException {
    ChainState state =
        new ChainState(
            value(rows, BucketField.CALL_OI),
            value(rows, BucketField.PUT_OI),
            value(rows, BucketField.CALL_VOLUME_DAY),
            value(rows, BucketField.PUT_VOLUME_DAY),
            value(rows, BucketField.PCR),
            value(rows, BucketField.PCR_VOLUME),
            value(rows, BucketField.MAX_PAIN),
            Double.NaN,
            value(rows, BucketField.STRADDLE),
            value(rows, BucketField.ATM_IV),
            rows.getInt("contracts"),
            rows.getInt("carried"));
    String source = rows.getString("forward_source");
    return new MinuteMetrics(
        rows.getTimestamp("bucket_time").getTime() / 1000,
        rows.getTimestamp("observed_at").getTime() / 1000,
        value(rows, BucketField.UNDERLYING),
        UnderlyingSource.values()[(int) value(rows, BucketField.UNDERLYING_SOURCE)],
        new Forward(
            value(rows, BucketField.FORWARD),
            source == null ? ForwardSource.NONE : ForwardSource.ofLabel(source)),
        value(rows, BucketField.RATE),
        value(rows, BucketField.STRIKE_GAP),
        state);
  }

  /** Deletes rows of an expiry. */
  public static void remove(
      Connection connection,
      Timeframe timeframe,
      String symbol,
      LocalDate expiry,
      List<Long> buckets)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM "
                + table(timeframe)
                + " WHERE symbol = ? AND expiry = ? AND bucket_time = to_timestamp(?)")) {
      for (long bucket : buckets) {
        statement.setString(1, symbol);
        statement.setObject(2, expiry);
        statement.setLong(3, bucket);
        statement.addBatch();
      }
      statement.executeBatch();
    }
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
        .float8(row.forward().price())
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
    ForwardSource source = row.forward().source();
    boolean isTold = source != ForwardSource.NONE || Double.isNaN(row.forward().price());
    (isTold ? copy.text(source.label()) : copy.nothing()).float8(row.gap());
  }

  /**
   * From when to when an expiry has minutes in a session.
   *
   * @param first start of its first minute, epoch seconds UTC
   * @param last of its newest one
   */
  public record Stretch(LocalDate expiry, long first, long last) {}

  /** From when to when each of some expiries has minutes in a session. */
  public static List<Stretch> stretches(
      Connection connection, String symbol, List<LocalDate> expiries, Session session)
      throws SQLException {
    String end =
        "LATERAL (SELECT bucket_time FROM fo_expiry_metrics m WHERE m.symbol = ? AND m.expiry ="
            + " e.expiry AND bucket_time >= to_timestamp(?) AND bucket_time < to_timestamp(?) ORDER"
            + " BY bucket_time %s LIMIT 1) %s";
    String sql =
        "SELECT e.expiry, first.bucket_time, last.bucket_time FROM unnest(?) AS e(expiry), "
            + end.formatted("", "first")
            + ", "
            + end.formatted("DESC", "last");
    List<Stretch> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("date", expiries.toArray()));
      for (int at : new int[] {2, 5}) {
        statement.setString(at, symbol);
        statement.setLong(at + 1, session.open());
        statement.setLong(at + 2, session.close());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Stretch(
                  rows.getObject(1, LocalDate.class),
                  rows.getTimestamp(2).getTime() / 1000,
                  rows.getTimestamp(3).getTime() / 1000));
        }
      }
    }
    return found;
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
    try (PreparedStatement statement = select(connection, timeframe, symbol, expiry, session)) {
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

  private static PreparedStatement select(
      Connection connection, Timeframe timeframe, String symbol, LocalDate expiry, Session session)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            "SELECT * FROM %s WHERE symbol = ? AND expiry = ? AND bucket_time >= to_timestamp(?) AND bucket_time < to_timestamp(?) ORDER BY bucket_time"
                .formatted(table(timeframe)));
    statement.setString(1, symbol);
    statement.setObject(2, expiry);
    statement.setLong(3, session.open());
    statement.setLong(4, session.close());
    return statement;
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
