package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.store.BarStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of the 5 and 15 minute strike tables, made from the rule of each column. The same text
 * fills the tables and recomputes them for comparison.
 *
 * <p>First and last known values are taken from arrays that are all in the order of time, so that
 * the rows of a bucket are sorted once and not once for each column.
 */
public final class RollupSql {

  /** The timeframes that are rolled up. */
  public static final List<Timeframe> TIMEFRAMES = List.of(Timeframe.MIN5, Timeframe.MIN15);

  private RollupSql() {}

  /** All columns of a strike table, in order. */
  static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("bucket_time", "symbol", "expiry", "strike"));
    BarColumns.beside().forEach(c -> columns.add(c.name()));
    return columns;
  }

  /**
   * A query for the rows of a timeframe out of the one-minute rows.
   *
   * @param where which one-minute rows, as SQL; whole buckets, or their values come out partial
   */
  public static String select(Timeframe timeframe, String where) {
    String bucket =
        "date_bin('%d minutes', bucket_time, timestamptz '2000-01-01 00:00:00+00')"
            .formatted(timeframe.minutes());
    String values =
        BarColumns.beside().stream()
            .map(c -> expression(c) + " AS " + c.name())
            .collect(Collectors.joining(",\n  "));
    return """
    SELECT %s AS bucket_time, symbol, expiry, strike,
      %s
    FROM %s
    WHERE %s
    GROUP BY symbol, expiry, strike, 1\
    """
        .formatted(bucket, values, BarStore.TABLE, where);
  }

  /**
   * A statement that brings a timeframe's table up to date. Rows that stay the same are not
   * written.
   *
   * @param where which one-minute rows, as SQL; whole buckets
   */
  static String upsert(Timeframe timeframe, String where) {
    String columns = String.join(", ", columns());
    List<String> values = BarColumns.beside().stream().map(BarColumn::name).toList();
    String sets =
        values.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", "));
    return """
    INSERT INTO %s AS t (%s)
    %s
    ON CONFLICT (symbol, expiry, strike, bucket_time) DO UPDATE SET %s
    WHERE (%s) IS DISTINCT FROM (%s)\
    """
        .formatted(
            BarStore.table(timeframe),
            columns,
            select(timeframe, where),
            sets,
            values.stream().map(c -> "t." + c).collect(Collectors.joining(", ")),
            values.stream().map(c -> "excluded." + c).collect(Collectors.joining(", ")));
  }

  private static String expression(BarColumn column) {
    String name = column.name();
    return switch (column.rule()) {
      case AVG -> "avg(%s)".formatted(name);
      case SUM -> cast(column, "sum(%s)".formatted(name));
      case MIN -> "min(%s)".formatted(name);
      case MAX -> "max(%s)".formatted(name);
      case FIRST ->
          "(array_agg(%1$s ORDER BY bucket_time) FILTER (WHERE %1$s IS NOT NULL))[1]"
              .formatted(name);
      case LAST ->
          "(array_agg(%1$s ORDER BY bucket_time) FILTER (WHERE %1$s IS NOT NULL))[count(%1$s)]"
              .formatted(name);
      case MEAN_BY_COUNT ->
          "sum(%1$s * %2$s) / nullif(sum(%2$s) FILTER (WHERE %1$s IS NOT NULL), 0)"
              .formatted(name, column.weight());
    };
  }

  private static String cast(BarColumn column, String sql) {
    return switch (column.type()) {
      case INTEGER -> sql + "::integer";
      default -> sql;
    };
  }
}
