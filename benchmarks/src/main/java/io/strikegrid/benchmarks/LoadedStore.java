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
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.DaySource;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.DatabaseUrl;
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
import java.util.TreeMap;

/**
 * An embedded store that holds the standard workload. It is filled once and kept in the folder that
 * {@code -Dstrikegrid.bench.data} names, else under {@code target}, for every fork to use.
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
  private final EmbeddedPostgres postgres;

  LoadedStore() throws IOException, InterruptedException {
    Path folder =
        Path.of(System.getProperty("strikegrid.bench.data", "target/bench-store")).toAbsolutePath();
    postgres = EmbeddedPostgres.open(folder);
    database =
        Database.open(new DatabaseUrl(postgres.jdbcUrl(), postgres.user(), postgres.password()), 8);
    System.out.println("seed " + SEED);
    fill();
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
    database
        .jdbi()
        .useHandle(h -> {
          h.execute("VACUUM ANALYZE fo_option_strike_bars");
          h.execute("VACUUM ANALYZE fo_option_strike_bars_5min");
          h.execute("VACUUM ANALYZE fo_option_strike_bars_15min");
          h.execute("VACUUM ANALYZE fo_latest_snapshot");
        });
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
    postgres.close();
  }
}
