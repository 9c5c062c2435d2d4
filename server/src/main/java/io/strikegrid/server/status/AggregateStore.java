package io.strikegrid.server.status;

import io.strikegrid.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The state of the roll-ups, as the database tells it. */
final class AggregateStore {

  private static final String SQL =
      """
      SELECT aggregate, last_refresh, extract(epoch FROM refresh_duration) AS refresh_duration,
        failures, failure, last_audit, cells_checked, cells_differing, rows_repaired,
        (SELECT count(*) FROM strikegrid.awaiting_refresh a WHERE a.aggregate = r.aggregate)
          AS awaiting_refresh,
        extract(epoch FROM clock_timestamp() - last_audit) AS audit_age
      FROM strikegrid.aggregate_refresh r ORDER BY aggregate
      """;

  private static final String COUNT =
      "SELECT aggregate, row_count, rows_with_oi, newest_bucket, extract(epoch FROM lag) AS lag"
          + " FROM strikegrid.aggregate_status";

  private AggregateStore() {}

  /**
   * One roll-up; to be had at once.
   *
   * @param name of its table or view
   * @param lastRefresh when it was refreshed last, where it is refreshed at all
   * @param refreshSeconds how long that took; NaN where unknown
   * @param failures refreshes that failed
   * @param failure why the last refresh failed; empty where it succeeded
   * @param awaiting commits whose minutes it has yet to take over
   * @param lastAudit when its rows were compared last with the one-minute rows
   * @param auditAgeSeconds since then; NaN where they never were
   * @param cellsChecked cells that audits compared, ever
   * @param cellsDiffering those that were not what they must be
   * @param rowsRepaired rows that audits mended
   */
  record Row(
      String name,
      Optional<Instant> lastRefresh,
      double refreshSeconds,
      long failures,
      Optional<String> failure,
      long awaiting,
      Optional<Instant> lastAudit,
      double auditAgeSeconds,
      long cellsChecked,
      long cellsDiffering,
      long rowsRepaired) {}

  /**
   * The rows of one; all of them are read for it.
   *
   * @param name of its table or view
   * @param rows in it
   * @param rowsWithOi those that know the open interest of a side
   * @param newest start of its newest bucket
   * @param lagSeconds how far it is behind the one-minute table; NaN where it is empty
   */
  record Count(
      String name, long rows, long rowsWithOi, Optional<Instant> newest, double lagSeconds) {}

  /** Every roll-up, by name. */
  static List<Row> read(Database database) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(SQL)
                .map((rows, context) ->
                    new Row(
                        rows.getString("aggregate"),
                        time(rows, "last_refresh"),
                        number(rows, "refresh_duration"),
                        rows.getLong("failures"),
                        Optional.ofNullable(rows.getString("failure")),
                        rows.getLong("awaiting_refresh"),
                        time(rows, "last_audit"),
                        number(rows, "audit_age"),
                        rows.getLong("cells_checked"),
                        rows.getLong("cells_differing"),
                        rows.getLong("rows_repaired")))
                .list());
  }

  /** Counts the rows of every roll-up. */
  static Map<String, Count> count(Database database) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(COUNT)
                .map((rows, context) ->
                    new Count(
                        rows.getString("aggregate"),
                        rows.getLong("row_count"),
                        rows.getLong("rows_with_oi"),
                        time(rows, "newest_bucket"),
                        number(rows, "lag")))
                .collect(Collectors.toUnmodifiableMap(Count::name, Function.identity())));
  }

  private static Optional<Instant> time(ResultSet rows, String column) throws SQLException {
    return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static double number(ResultSet rows, String column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? Double.NaN : value;
  }
}
