package io.strikegrid.benchmarks;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.platform.postgres.EmbeddedPostgres;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.DaySource;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.DatabaseUrl;
import io.strikegrid.server.store.Engine;
import io.strikegrid.server.store.RefreshStore;
import io.strikegrid.testkit.StandardWorkload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store that holds the standard workload: an embedded one, filled once and kept in the folder
 * that {@code -Dstrikegrid.bench.data} names, else under {@code target}, for every fork to use; or
 * the database that {@code -Dstrikegrid.bench.db} names, which is to be used for nothing else, with
 * the engine {@code -Dstrikegrid.bench.engine} where it is new.
 */
final class LoadedStore implements AutoCloseable {

  /** Printed with every run. */
  static final long SEED = 20_260_105L;

  /** Tables with a row for each bucket. */
  static final List<String> BUCKET_TABLES =
      List.of(
          "fo_option_strike_bars",
          "fo_option_strike_bars_5min",
          "fo_option_strike_bars_15min",
          "fo_expiry_metrics",
          "fo_expiry_metrics_5min",
          "fo_expiry_metrics_15min");

  private static final Map<ObservationField, SideColumn> FIELDS = fields();

  final StandardWorkload workload = new StandardWorkload(SEED);
  final Database database;
  private final Optional<EmbeddedPostgres> postgres;

  LoadedStore() throws IOException, InterruptedException {
    String url = System.getProperty("strikegrid.bench.db", "");
    postgres = url.isEmpty() ? Optional.of(embedded()) : Optional.empty();
    database =
        Database.open(
            postgres
                .map(p -> new DatabaseUrl(p.jdbcUrl(), p.user(), p.password()))
                .orElseGet(() -> DatabaseUrl.parse(url)),
            8,
            Engine.named(System.getProperty("strikegrid.bench.engine", "")));
    System.out.println("seed " + SEED + ", engine " + database.engine().label());
    fill();
  }

  private static EmbeddedPostgres embedded() throws IOException, InterruptedException {
    return EmbeddedPostgres.open(
        Path.of(System.getProperty("strikegrid.bench.data", "target/bench-store"))
            .toAbsolutePath());
  }

  private static Map<ObservationField, SideColumn> fields() {
    Map<ObservationField, SideColumn> fields = new EnumMap<>(ObservationField.class);
    fields.put(ObservationField.PRICE, SideColumn.CLOSE);
    fields.put(ObservationField.OPEN, SideColumn.OPEN);
    fields.put(ObservationField.HIGH, SideColumn.HIGH);
    fields.put(ObservationField.LOW, SideColumn.LOW);
    fields.put(ObservationField.BID, SideColumn.BID);
    fields.put(ObservationField.ASK, SideColumn.ASK);
    fields.put(ObservationField.VOLUME_DAY, SideColumn.VOLUME_DAY);
    fields.put(ObservationField.OI, SideColumn.OI_LAST);
    fields.put(ObservationField.IV, SideColumn.IV_AVG);
    fields.put(ObservationField.DELTA, SideColumn.DELTA_AVG);
    fields.put(ObservationField.GAMMA, SideColumn.GAMMA_AVG);
    fields.put(ObservationField.THETA, SideColumn.THETA_AVG);
    fields.put(ObservationField.VEGA, SideColumn.VEGA_AVG);
    fields.put(ObservationField.RHO, SideColumn.RHO_AVG);
    return fields;
  }

  private void fill() {
    DayCommit commit = commit();
    for (Session session : workload.sessions()) {
      if (!isThere(session)) {
        commit.commit(
            workload.underlying(), session, Provenance.IMPORTED, source(session, Long.MAX_VALUE));
      }
    }
    refresh();
    database
        .jdbi()
        .useHandle(h -> {
          h.execute("SET statement_timeout = 0");
          h.execute("VACUUM ANALYZE");
          h.execute("RESET statement_timeout");
        });
  }

  /** Lets the aggregates take over what they await. */
  void refresh() {
    new AggregateRefresh(database, (row, first) -> {}).finish((aggregate, days) -> {});
  }

  /** Takes out every row from the opening of a session on. */
  void clearFrom(Session session) {
    database
        .jdbi()
        .useHandle(h -> {
          for (String table : BUCKET_TABLES) {
            boolean isAggregate =
                database.engine() == Engine.TIMESCALE && table.matches("fo_option_.*min");
            if (!isAggregate) {
              h.execute(
                  "DELETE FROM " + table + " WHERE bucket_time >= to_timestamp(?)", session.open());
            }
          }
          h.execute("DELETE FROM strikegrid.generation WHERE trading_day >= ?", session.day());
          h.execute("DELETE FROM strikegrid.day_expiry WHERE trading_day >= ?", session.day());
        });
    if (database.engine() == Engine.TIMESCALE) {
      database.write(c -> {
        RefreshStore.add(
            c, workload.underlying().symbol(), session.day(), session.open(), session.close() - 1);
        return true;
      });
      refresh();
    }
  }

  private boolean isThere(Session session) {
    return database
        .jdbi()
        .withHandle(h ->
            h.select(
                        "SELECT count(*) FROM strikegrid.generation WHERE symbol = ?"
                            + " AND trading_day = ?",
                        workload.underlying().symbol(),
                        session.day())
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  /** A writer that tells nobody. */
  DayCommit commit() {
    return new DayCommit(database, InstantSource.system(), row -> {});
  }

  /** A session's bars before a time, as they would come in. */
  DaySource source(Session session, long before) {
    TreeMap<LocalDate, List<Observation>> seen = new TreeMap<>();
    for (LocalDate expiry : workload.expiries()) {
      seen.put(expiry, observations(workload.bars(expiry, session), 0, before));
    }
    return new ObservedDay(seen, true, session.close());
  }

  /** Bars with a start in {@code [from, before)}, as ready-made observations. */
  static List<Observation> observations(BarTable bars, long from, long before) {
    List<Observation> observations = new ArrayList<>();
    for (int row = 0; row < bars.rows(); row++) {
      if (bars.bucket(row) >= from && bars.bucket(row) < before) {
        for (Side side : Side.values()) {
          observations.add(observation(bars, row, side));
        }
      }
    }
    return observations;
  }

  private static Observation observation(BarTable bars, int row, Side side) {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    FIELDS.forEach((field, column) -> values[field.ordinal()] = bars.get(row, side, column));
    values[ObservationField.UNDERLYING.ordinal()] = bars.get(row, BarColumns.UNDERLYING_CLOSE);
    return new Observation(
        bars.strike(row), side, bars.bucket(row) * 1000, bars.bucket(row), row, values);
  }

  @Override
  public void close() {
    database.close();
    postgres.ifPresent(EmbeddedPostgres::close);
  }
}
