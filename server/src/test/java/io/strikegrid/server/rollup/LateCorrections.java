package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.Database;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bars of random contracts and minutes with other figures, in batches of a few of one day. */
final class LateCorrections {

  private static final int PER_COMMIT = 50;

  private record Batch(
      Underlying underlying, Session session, Map<LocalDate, List<Observation>> observations) {}

  private final List<Batch> batches = new ArrayList<>();

  private LateCorrections() {}

  /** Corrections of what a database has; it is left as it is. */
  static LateCorrections random(Database database, int count, long seed) {
    List<List<@Nullable Object>> rows =
        StoredRows.all(
            database,
            "SELECT symbol, expiry, strike, bucket_time FROM fo_option_strike_bars ORDER BY md5(bucket_time::text || strike || expiry || '"
                + seed
                + "') LIMIT "
                + count);
    Map<LocalDate, List<List<@Nullable Object>>> days = new TreeMap<>();
    for (List<@Nullable Object> row : rows) {
      LocalDate day = time(row).toInstant().atZone(java.time.ZoneOffset.UTC).toLocalDate();
      days.computeIfAbsent(day, d -> new ArrayList<>()).add(row);
    }
    LateCorrections corrections = new LateCorrections();
    Random random = new Random(seed);
    days.forEach((day, ofDay) -> corrections.add(day, ofDay, random));
    return corrections;
  }

  private void add(LocalDate day, List<List<@Nullable Object>> rows, Random random) {
    MarketCatalog markets = MarketCatalog.load(List.of());
    for (int from = 0; from < rows.size(); from += PER_COMMIT) {
      Map<LocalDate, List<Observation>> observations = new TreeMap<>();
      List<List<@Nullable Object>> some =
          rows.subList(from, Math.min(rows.size(), from + PER_COMMIT));
      for (List<@Nullable Object> row : some) {
        LocalDate expiry = ((Date) Objects.requireNonNull(row.get(1))).toLocalDate();
        observations.computeIfAbsent(expiry, e -> new ArrayList<>()).add(corrected(row, random));
      }
      String symbol = String.valueOf(some.getFirst().getFirst());
      Underlying underlying = markets.find(symbol).orElseThrow();
      batches.add(
          new Batch(underlying, underlying.calendar().session(day).orElseThrow(), observations));
    }
  }

  private static Timestamp time(List<@Nullable Object> row) {
    return (Timestamp) Objects.requireNonNull(row.get(3));
  }

  private static Observation corrected(List<@Nullable Object> row, Random random) {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    double price = 1 + random.nextInt(20_000) / 20.0;
    values[ObservationField.PRICE.ordinal()] = price;
    values[ObservationField.OPEN.ordinal()] = price;
    values[ObservationField.HIGH.ordinal()] = price + 1;
    values[ObservationField.LOW.ordinal()] = price - 0.5;
    values[ObservationField.OI.ordinal()] = 75.0 * random.nextInt(100_000);
    if (random.nextBoolean()) {
      values[ObservationField.IV.ordinal()] = 0.05 + random.nextDouble();
    }
    long at = time(row).getTime();
    return new Observation(
        (Double) Objects.requireNonNull(row.get(2)),
        random.nextBoolean() ? Side.CALL : Side.PUT,
        at,
        at / 1000,
        0,
        values);
  }

  /** Commits them; returns how many one-minute rows changed. */
  long commit(Database database) {
    DayCommit commit = new DayCommit(database, InstantSource.system(), row -> {});
    long written = 0;
    for (Batch batch : batches) {
      DaySource source = new ObservedDay(batch.observations(), true, batch.session().close());
      written +=
          commit.commit(batch.underlying(), batch.session(), Provenance.IMPORTED, source).written();
    }
    return written;
  }
}
