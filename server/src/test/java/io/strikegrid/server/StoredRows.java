package io.strikegrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.server.store.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of queries, and whether two queries give equal ones: floats within 1e-12 relative. */
public final class StoredRows {

  /** How far two floats may be apart, relative to the larger. */
  public static final double TOLERANCE = 1e-12;

  private static final int FETCH = 5_000;
  private static final int SHOWN = 5;
  private static final List<String> BAR_TABLES =
      List.of(
          "fo_option_strike_bars",
          "fo_option_strike_bars_5min",
          "fo_option_strike_bars_15min",
          "fo_latest_snapshot");
  private static final List<String> METRIC_TABLES =
      List.of("fo_expiry_metrics", "fo_expiry_metrics_5min", "fo_expiry_metrics_15min");

  private StoredRows() {}

  /** All rows, each as its values. */
  public static List<List<@Nullable Object>> all(Database database, String sql) {
    return database.read(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        while (rows.next()) {
          all.add(row(rows));
        }
        return all;
      }
    });
  }

  /** The one number that a query gives. */
  public static double number(Database database, String sql) {
    List<List<@Nullable Object>> rows = all(database, sql);
    assertThat(rows).as(sql).hasSize(1);
    Number value = (Number) rows.getFirst().getFirst();
    return value == null ? Double.NaN : value.doubleValue();
  }

  /** Rows of a table and their versions: the same as long as nothing has been written. */
  public static List<List<@Nullable Object>> versions(Database database) {
    List<List<@Nullable Object>> versions = new ArrayList<>();
    List<String> tables = new ArrayList<>(BAR_TABLES);
    tables.addAll(METRIC_TABLES);
    tables.addAll(
        List.of(
            "fo_contract_day", "instruments", "strikegrid.generation", "strikegrid.day_expiry"));
    for (String table : tables) {
      versions.addAll(
          all(
              database,
              "SELECT '%1$s', count(*), md5(string_agg(v, ',' ORDER BY v)) FROM (SELECT xmin || ' ' || ctid || ' ' || t::text AS v FROM %1$s t) s"
                  .formatted(table)));
    }
    return versions;
  }

  /** Asserts that two databases have equal bars, metrics, newest rows, figures and contracts. */
  public static void assertEqual(Database one, Database other) {
    assertEqualBars(one, other);
    for (String table : List.of("fo_contract_day", "instruments", "strikegrid.day_expiry")) {
      String sql = "SELECT * FROM " + table + " t ORDER BY t";
      assertEqual(one, sql, other, sql, table);
    }
  }

  /** Asserts that two databases have equal bars, roll-ups, metrics and newest rows. */
  public static void assertEqualBars(Database one, Database other) {
    for (String table : BAR_TABLES) {
      assertEqual(one, bars(table), other, bars(table), table);
    }
    for (String table : METRIC_TABLES) {
      String sql = "SELECT * FROM " + table + " ORDER BY symbol, expiry, bucket_time";
      assertEqual(one, sql, other, sql, table);
    }
  }

  private static String bars(String table) {
    String values =
        BarColumns.inMemory().stream()
            .map(BarColumn::name)
            .filter(name -> !name.endsWith("provenance"))
            .collect(Collectors.joining(", "));
    return "SELECT symbol, expiry, strike, bucket_time, %s FROM %s ORDER BY symbol, expiry, strike, bucket_time"
        .formatted(values, table);
  }

  /** Asserts that two queries give equal rows in the same order. */
  public static void assertEqual(
      Database one, String sql, Database other, String otherSql, String what) {
    List<String> differences = one.read(c -> other.read(d -> differences(c, sql, d, otherSql)));
    assertThat(differences).as(what).isEmpty();
  }

  private static List<String> differences(
      Connection one, String sql, Connection other, String otherSql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement s = one.createStatement();
        Statement t = other.createStatement()) {
      s.setFetchSize(FETCH);
      t.setFetchSize(FETCH);
      try (ResultSet a = s.executeQuery(sql);
          ResultSet b = t.executeQuery(otherSql)) {
        while (found.size() < SHOWN) {
          boolean more = a.next();
          if (more != b.next()) {
            found.add(more ? "only in the first: " + row(a) : "only in the second: " + row(b));
            break;
          }
          if (!more) {
            break;
          }
          if (!isEqual(row(a), row(b))) {
            found.add(row(a) + "\n <> " + row(b));
          }
        }
      }
    }
    return found;
  }

  private static boolean isEqual(List<@Nullable Object> one, List<@Nullable Object> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!isEqual(one.get(i), other.get(i))) {
        return false;
      }
    }
    return one.size() == other.size();
  }

  /** Whether two values are equal; unknown is equal to unknown alone. */
  public static boolean isEqual(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Double a && other instanceof Double b) {
      return isClose(a, b);
    }
    return Objects.equals(one, other);
  }

  private static boolean isClose(double one, double other) {
    return Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
  }

  private static List<@Nullable Object> row(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<@Nullable Object> row = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      row.add(rows.getObject(i));
    }
    return row;
  }
}
