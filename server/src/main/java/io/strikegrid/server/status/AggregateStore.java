package io.strikegrid.server.status;

import io.strikegrid.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The state of the roll-ups, as the database tells it. */
final class AggregateStore {

  private static final String SQL =
      "SELECT aggregate, row_count, rows_with_oi, newest_bucket, extract(epoch FROM lag) AS lag,"
          + " last_refresh, extract(epoch FROM refresh_duration) AS refresh_duration, failures,"
          + " failure, awaiting_refresh, last_audit, cells_checked, cells_differing, rows_repaired"
          + " FROM strikegrid.aggregate_status ORDER BY aggregate";

  private AggregateStore() {}

  /**
   * One roll-up.
   *
   * @param name of its table or view
   * @param rows in it
   * @param rowsWithOi those that know the open interest of a side
   * @param newest start of its newest bucket
   * @param lagSeconds how far it is behind the one-minute table; NaN where it is empty
   * @param lastRefresh when it was refreshed last, where it is refreshed at all
   * @param refreshSeconds how long that took; NaN where unknown
   * @param failures refreshes that failed
   * @param failure why the last refresh failed; empty where it succeeded
   * @param awaiting commits whose minutes it has yet to take over
   * @param lastAudit when its rows were compared last with the one-minute rows
   * @param cellsChecked cells that audits compared, ever
   * @param cellsDiffering those that were not what they must be
   * @param rowsRepaired rows that audits mended
   */
  record Row(
      String name,
      long rows,
      long rowsWithOi,
      Optional<Instant> newest,
      double lagSeconds,
      Optional<Instant> lastRefresh,
      double refreshSeconds,
      long failures,
      Optional<String> failure,
      long awaiting,
      Optional<Instant> lastAudit,
      long cellsChecked,
      long cellsDiffering,
      long rowsRepaired) {}

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
                        rows.getLong("row_count"),
                        rows.getLong("rows_with_oi"),
                        time(rows, "newest_bucket"),
                        number(rows, "lag"),
                        time(rows, "last_refresh"),
                        number(rows, "refresh_duration"),
                        rows.getLong("failures"),
                        Optional.ofNullable(rows.getString("failure")),
                        rows.getLong("awaiting_refresh"),
                        time(rows, "last_audit"),
                        rows.getLong("cells_checked"),
                        rows.getLong("cells_differing"),
                        rows.getLong("rows_repaired")))
                .list());
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
