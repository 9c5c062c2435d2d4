package io.strikegrid.server.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.RecordedStore;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.ingest.ImportException;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RollupSql;
import io.strikegrid.testkit.Slow;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollupTest {

  private static final String KEY = " ORDER BY symbol, expiry, strike, bucket_time";

  private final TestDatabase store = TestDatabase.create();

  @AfterEach
  void clear() {
    store.clear();
  }

  @AfterAll
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nse-chain-1min-202608/NIFTY_20260819.csv.gz",
        "nse-chain-1min-202608/NIFTY_20260820.csv.gz",
        "nse-chain-1min-202608/NIFTY_20260821.csv.gz"
      })
  void tables_recordedDay_equalTheirRecomputation(String file) throws ImportException {
    assertRecomputed(RecordedStore.of(file).database(), file);
  }

  @Slow
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nse-chain-1min-20250829/NIFTY_20250829.csv.gz",
        "nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz"
      })
  void tables_longRecording_equalTheirRecomputation(String file) throws ImportException {
    assertRecomputed(RecordedStore.of(file).database(), file);
  }

  @Test
  void tables_randomDay_equalTheirRecomputation() {
    SeededDay day = SeededDay.random();
    day.write(SeededDay.commit(store.database()));
    assertRecomputed(store.database(), "seed " + day.seed());
  }

  static Stream<Arguments> laterParts() {
    Predicate<Observation> oneMinute = o -> SeededDay.minute(o) == 20;
    Predicate<Observation> morning = o -> SeededDay.minute(o) < 30;
    Predicate<Observation> puts = o -> o.side() == Side.PUT && SeededDay.minute(o) >= 10;
    Predicate<Observation> newest = o -> SeededDay.minute(o) >= 52;
    Predicate<Observation> strike = o -> o.strike() == 24_500;
    return Stream.of(
        Arguments.of("an earlier minute", oneMinute),
        Arguments.of("the earlier part of the day", morning),
        Arguments.of("one side", puts),
        Arguments.of("the newest minute", newest),
        Arguments.of("one strike", strike));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("laterParts")
  void commit_partThatComesLate_endsAsIfItHadComeInTime(String what, Predicate<Observation> late) {
    SeededDay day = SeededDay.random();
    String seed = what + ", seed " + day.seed();
    DayCommit commit = SeededDay.commit(store.database());
    try (TestDatabase whole = TestDatabase.create()) {
      day.write(SeededDay.commit(whole.database()));
      day.write(commit, Provenance.IMPORTED, late.negate());
      double before = generation();
      DayCommit.Outcome outcome = day.write(commit, Provenance.BACKFILLED, late);
      assertThat(outcome.written()).as(seed).isPositive();
      assertThat(generation()).as(seed).isEqualTo(before + 1);
      StoredRows.assertEqual(store.database(), whole.database());
      assertRecomputed(store.database(), seed);
    }
  }

  @Test
  void commit_nothingNew_writesNothing() {
    SeededDay day = SeededDay.random();
    DayCommit commit = SeededDay.commit(store.database());
    day.write(commit);
    var before = StoredRows.versions(store.database());
    DayCommit.Outcome outcome = day.write(commit);
    assertThat(outcome.written()).as("seed %d", day.seed()).isZero();
    assertThat(outcome.unchanged()).as("seed %d", day.seed()).isPositive();
    assertThat(StoredRows.versions(store.database())).as("seed %d", day.seed()).isEqualTo(before);
  }

  @Test
  void commit_oneMinuteMore_leavesTheOtherBucketsAlone() {
    SeededDay day = SeededDay.random();
    DayCommit commit = SeededDay.commit(store.database());
    day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) < 52);
    String others =
        "SELECT xmin::text, ctid::text FROM fo_option_strike_bars_15min WHERE bucket_time < to_timestamp(%d) ORDER BY 2"
            .formatted(SeededDay.SESSION.open() + 45 * 60);
    var before = StoredRows.all(store.database(), others);
    day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) == 52);
    assertThat(before).isNotEmpty();
    assertThat(StoredRows.all(store.database(), others))
        .as("seed %d", day.seed())
        .isEqualTo(before);
  }

  @Test
  void commit_latest_isTheNewestMinuteOfEachStrike() {
    SeededDay day = SeededDay.random();
    day.write(SeededDay.commit(store.database()));
    String newest =
        "SELECT DISTINCT ON (symbol, expiry, strike) symbol, expiry, strike, bucket_time,"
            + " call_oi_last, put_close, moneyness FROM fo_option_strike_bars ORDER BY symbol,"
            + " expiry, strike, bucket_time DESC";
    String latest =
        "SELECT symbol, expiry, strike, bucket_time, call_oi_last, put_close, moneyness FROM"
            + " fo_latest_snapshot ORDER BY symbol, expiry, strike";
    StoredRows.assertEqual(
        store.database(), newest, store.database(), latest, "seed " + day.seed());
  }

  private double generation() {
    return StoredRows.number(
        store.database(), "SELECT coalesce(max(generation), 0) FROM strikegrid.generation");
  }

  private static void assertRecomputed(Database database, String what) {
    for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
      String columns = String.join(", ", RollupSql.columns());
      StoredRows.assertEqual(
          database,
          "SELECT " + columns + " FROM (" + RollupSql.select(timeframe, "true") + ") r" + KEY,
          database,
          "SELECT " + columns + " FROM " + BarStore.table(timeframe) + KEY,
          what + " " + timeframe.label());
      assertThat(RecomputedBuckets.differences(database, timeframe.minutes()))
          .as("%s %s", what, timeframe.label())
          .isEmpty();
    }
  }
}
