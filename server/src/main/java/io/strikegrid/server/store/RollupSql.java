package io.strikegrid.server.store;

import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.time.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of the 5 and 15 minute strike bars, made from the rule of each column: the query that
 * fills and recomputes the tables, and the one that defines the continuous aggregates.
 *
 * <p>PostgreSQL has no aggregate for the first and last known value: they are taken from arrays
 * that are all in the order of time, so that the rows of a bucket are sorted once and not once for
 * each column. TimescaleDB has one, but only its own notion of a bucket is allowed there. Means add
 * up in the order of time: where values of both signs nearly cancel out, another order would give
 * another result.
 */
public final class RollupSql {

  /** The timeframes that are rolled up. */
  public static final List<Timeframe> TIMEFRAMES = List.of(Timeframe.MIN5, Timeframe.MIN15);

  private RollupSql() {}

  /** All columns of a strike table, in order. */
  public static List<String> columns() {
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
    return """
    SELECT date_bin('%d minutes', bucket_time, timestamptz '2000-01-01 00:00:00+00') AS bucket_time,
      symbol, expiry, strike,
      %s
    FROM %s
    WHERE %s
    GROUP BY symbol, expiry, strike, 1\
    """
        .formatted(timeframe.minutes(), values(Engine.PLAIN), BarStore.TABLE, where);
  }

  /** The query that a continuous aggregate is defined by. */
  static String continuous(Timeframe timeframe) {
    return """
    SELECT time_bucket('%d minutes', bucket_time) AS bucket_time, symbol, expiry, strike,
      %s
    FROM %s
    GROUP BY symbol, expiry, strike, 1\
    """
        .formatted(timeframe.minutes(), values(Engine.TIMESCALE), BarStore.TABLE);
  }

  private static String values(Engine engine) {
    return BarColumns.beside().stream()
        .map(c -> expression(engine, c) + " AS " + c.name())
        .collect(Collectors.joining(",\n  "));
  }

  /**
   * A statement that brings a timeframe's table up to date. Rows that stay the same are not
   * written.
   *
   * @param where which one-minute rows, as SQL; whole buckets
   */
  public static String upsert(Timeframe timeframe, String where) {
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

  private static String expression(Engine engine, BarColumn column) {
    String name = column.name();
    return switch (column.rule()) {
      case AVG -> "avg(%s ORDER BY bucket_time)".formatted(name);
      case SUM -> cast(column, "sum(%s)".formatted(name));
      case MIN -> "min(%s)".formatted(name);
      case MAX -> "max(%s)".formatted(name);
      case FIRST -> known(engine, "first", "1", name);
      case LAST -> known(engine, "last", "count(%s)".formatted(name), name);
      case MEAN_BY_COUNT ->
          "sum(%1$s * %2$s ORDER BY bucket_time) / nullif(sum(%2$s) FILTER (WHERE %1$s IS NOT NULL), 0)"
              .formatted(name, column.weight());
    };
  }

  private static String known(Engine engine, String function, String position, String name) {
    String of =
        switch (engine) {
          case PLAIN ->
              "(array_agg(%1$s ORDER BY bucket_time) FILTER (WHERE %1$s IS NOT NULL))[%3$s]";
          case TIMESCALE -> "%2$s(%1$s, bucket_time) FILTER (WHERE %1$s IS NOT NULL)";
        };
    return of.formatted(name, function, position);
  }

  private static String cast(BarColumn column, String sql) {
    return switch (column.type()) {
      case INTEGER -> sql + "::integer";
      default -> sql;
    };
  }
}
