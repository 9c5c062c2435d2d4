package io.strikegrid.server.store;

import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.ColumnType;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL that compares stored roll-up rows with the recomputation of {@link RollupSql}, and that
 * mends them. NULLs are equal to NULLs alone, floats within {@value #TOLERANCE} of the smaller one,
 * everything else exactly; the two time stamps of a row are not compared.
 *
 * <p>Values that are not the same are brought to numeric before their distance is taken: floats
 * would overflow or underflow in the middle of it, and NaN and infinity would be near to anything.
 */
final class AuditSql {

  private static final String TOLERANCE = "1e-12";
  private static final List<BarColumn> COLUMNS = BarColumns.inMemory();

  private final AuditPart part;
  private final String table;
  private final String symbol;
  private final String range;

  AuditSql(AuditPart part) {
    this.part = part;
    this.table = BarStore.table(part.timeframe());
    this.symbol = Database.literal(part.symbol());
    this.range =
        "symbol = %s AND bucket_time >= to_timestamp(%d) AND bucket_time < to_timestamp(%d)"
            .formatted(symbol, part.from(), part.to());
  }

  /** The number of stored rows that are compared. */
  String stored() {
    return "SELECT count(*) FROM %s r WHERE %s AND %s".formatted(table, kept(), settled("r"));
  }

  /**
   * What differs, a cell or a whole row each: bucket, expiry, strike, kind, column, stored value
   * and what it must be.
   */
  String differences() {
    return """
    SELECT extract(epoch FROM bucket_time)::bigint, expiry, strike, kind, name, stored, must_be
    FROM (SELECT s.*, row_number() OVER (PARTITION BY expiry, strike, bucket_time) AS copy
          FROM %1$s s WHERE %2$s) s
      FULL JOIN (%3$s) m USING (symbol, expiry, strike, bucket_time)
      CROSS JOIN LATERAL (VALUES
        %4$s) AS cell (kind, name, stored, must_be, differs)
    WHERE (s.provenance IS NULL OR m.provenance IS NULL OR s.copy > 1
        OR (%5$s) IS DISTINCT FROM (%6$s))
      AND differs AND %7$s\
    """
        .formatted(
            table,
            kept(),
            RollupSql.select(part.timeframe(), range),
            cells(),
            columns("s"),
            columns("m"),
            settled(""));
  }

  /** Of the stored rows those that are compared. */
  private String kept() {
    return part.isThorough()
        ? range
        : "%s AND expiry = ANY (ARRAY(SELECT expiry FROM strikegrid.day_expiry d WHERE d.symbol = %s AND trading_day = '%s'))"
            .formatted(range, symbol, part.day());
  }

  /** No bucket that an aggregate has yet to take over. */
  private String settled(String alias) {
    return "NOT EXISTS (SELECT FROM strikegrid.awaiting_refresh a WHERE a.aggregate = '%s' AND a.symbol = %s AND a.trading_day = '%s' AND %s >= %s AND %s <= a.last_minute)"
        .formatted(
            table, symbol, part.day(), bucketOf(alias), bucket("a.first_minute"), bucketOf(alias));
  }

  private static String bucketOf(String alias) {
    return alias.isEmpty() ? "bucket_time" : alias + ".bucket_time";
  }

  private String bucket(String time) {
    return "date_bin('%d minutes', %s, timestamptz '2000-01-01 00:00:00+00')"
        .formatted(part.timeframe().minutes(), time);
  }

  private static String columns(String alias) {
    return COLUMNS.stream().map(c -> alias + "." + c.name()).collect(Collectors.joining(", "));
  }

  /** A row's provenance is never NULL: where it is, there is no row. */
  private static String cells() {
    return COLUMNS.stream()
        .map(AuditSql::cell)
        .collect(
            Collectors.joining(
                ",\n    ",
                """
                ('missing', '', NULL, NULL, s.provenance IS NULL),
                    ('surplus', '', NULL, NULL, m.provenance IS NULL OR s.copy > 1),
                    \
                """,
                ""));
  }

  private static String cell(BarColumn column) {
    return "('value', '%1$s', s.%1$s::text, m.%1$s::text, s.provenance IS NOT NULL AND m.provenance IS NOT NULL AND s.copy = 1 AND %2$s)"
        .formatted(column.name(), differs(column));
  }

  private static String differs(BarColumn column) {
    if (column.type() != ColumnType.FLOAT8) {
      return "s.%1$s IS DISTINCT FROM m.%1$s".formatted(column.name());
    }
    return """
    CASE WHEN s.%1$s IS NOT DISTINCT FROM m.%1$s THEN false
          WHEN s.%1$s IS NULL OR m.%1$s IS NULL THEN true
          ELSE NOT abs(s.%1$s::numeric - m.%1$s::numeric)
            <= %2$s * least(abs(s.%1$s::numeric), abs(m.%1$s::numeric)) END\
    """
        .formatted(column.name(), TOLERANCE);
  }

  /** Makes the rows of buckets anew. */
  String upsert(Collection<Long> buckets) {
    return RollupSql.upsert(
        part.timeframe(),
        range + " AND " + bucket("bucket_time") + " = ANY (" + times(buckets) + ")");
  }

  /** Deletes stored rows of buckets that no one-minute row is behind. */
  String deleteSurplus(Collection<Long> buckets) {
    return """
    DELETE FROM %1$s r WHERE %2$s AND bucket_time = ANY (%3$s) AND NOT EXISTS (
      SELECT FROM %4$s m WHERE m.symbol = r.symbol AND m.expiry = r.expiry AND m.strike = r.strike
        AND m.bucket_time >= r.bucket_time
        AND m.bucket_time < r.bucket_time + interval '%5$d minutes')\
    """
        .formatted(table, range, times(buckets), BarStore.TABLE, part.timeframe().minutes());
  }

  /** Whether there are one-minute rows at all. */
  String hasMinutes() {
    return "SELECT EXISTS (SELECT FROM %s WHERE %s)".formatted(BarStore.TABLE, range);
  }

  private static String times(Collection<Long> buckets) {
    return buckets.stream()
        .map(b -> "to_timestamp(" + b + ")")
        .collect(Collectors.joining(", ", "ARRAY[", "]::timestamptz[]"));
  }
}
