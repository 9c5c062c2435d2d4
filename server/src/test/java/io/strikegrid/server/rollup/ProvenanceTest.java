package io.strikegrid.server.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.store.ContractDayStore;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvenanceTest {

  private final TestDatabase store = TestDatabase.create();
  private final SeededDay day = SeededDay.random();
  private final SeededDay other = new SeededDay(day.seed() + 1);
  private DayCommit commit = SeededDay.commit(store.database());

  /** Who has written a store knows what is in it. */
  @AfterEach
  void clear() {
    store.clear();
    commit = SeededDay.commit(store.database());
  }

  @AfterAll
  void close() {
    store.close();
  }

  private static boolean anything(Observation o) {
    return true;
  }

  private static boolean isCall(Observation o) {
    return o.side() == Side.CALL;
  }

  private double count(String where) {
    return StoredRows.number(
        store.database(), "SELECT count(*) FROM fo_option_strike_bars WHERE " + where);
  }

  private List<String> side(String side, String where) {
    return StoredRows.all(
            store.database(),
            "SELECT expiry, strike, bucket_time, %1$s_close, %1$s_oi_last, CASE WHEN %1$s_iv_source = 'feed' THEN %1$s_iv_avg END, %1$s_bid, %1$s_count FROM fo_option_strike_bars WHERE %1$s_count > 0 AND %2$s ORDER BY 1, 2, 3"
                .formatted(side, where))
        .stream()
        .map(List::toString)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Provenance.class,
      names = {"LIVE", "IMPORTED", "BACKFILLED"})
  void commit_simulatedOnARealDay_isRefusedWhole(Provenance real) {
    day.write(commit, real, o -> SeededDay.minute(o) < 20);
    var before = StoredRows.versions(store.database());
    DayCommit.Outcome outcome = day.write(commit, Provenance.SIMULATED, ProvenanceTest::anything);
    assertThat(outcome.mixed()).isTrue();
    assertThat(StoredRows.versions(store.database())).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(
      value = Provenance.class,
      names = {"LIVE", "IMPORTED", "BACKFILLED"})
  void commit_realOnASimulatedDay_isRefusedWhole(Provenance real) {
    day.write(commit, Provenance.SIMULATED, o -> SeededDay.minute(o) < 20);
    var before = StoredRows.versions(store.database());
    assertThat(day.write(commit, real, ProvenanceTest::anything).mixed()).isTrue();
    assertThat(StoredRows.versions(store.database())).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"IMPORTED,SIMULATED", "SIMULATED,IMPORTED"})
  void commit_barsOnADayWithFiguresOfTheOtherKind_areRefused(Provenance first, Provenance then) {
    ContractDayStore.Row figure =
        new ContractDayStore.Row(
            SeededDay.EXPIRIES.getFirst(),
            24_500,
            Side.CALL,
            75,
            750,
            1500,
            100,
            Double.NaN,
            75,
            true,
            SeededDay.SESSION.close());
    commit.commit(SeededDay.NIFTY, SeededDay.SESSION, first, DaySource.ofFigures(List.of(figure)));
    assertThat(day.write(commit, then, ProvenanceTest::anything).mixed()).isTrue();
    assertThat(count("true")).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Provenance.class,
      names = {"IMPORTED", "BACKFILLED"})
  void commit_importOntoLiveRows_keepsTheirSides(Provenance later) {
    day.write(commit, Provenance.LIVE, ProvenanceTest::anything);
    double sides = count("call_provenance = 1") + count("put_provenance = 1");
    List<String> calls = side("call", "call_provenance = 1");
    List<String> puts = side("put", "put_provenance = 1");
    other.write(commit, later, ProvenanceTest::anything);
    assertThat(count("call_provenance = 1") + count("put_provenance = 1"))
        .as("seed %d", day.seed())
        .isEqualTo(sides);
    assertThat(side("call", "true")).as("seed %d", day.seed()).containsAll(calls);
    assertThat(side("put", "true")).as("seed %d", day.seed()).containsAll(puts);
  }

  @Test
  void commit_importOntoLiveRows_fillsTheSidesThatAreAbsent() {
    Predicate<Observation> price = o -> o.get(ObservationField.PRICE) > 0;
    day.write(commit, Provenance.LIVE, o -> isCall(o) && price.test(o));
    List<String> calls = side("call", "true");
    day.write(commit, Provenance.IMPORTED, ProvenanceTest::anything);
    assertThat(side("call", "call_provenance = 1")).as("seed %d", day.seed()).isEqualTo(calls);
    assertThat(count("call_provenance = 1 AND put_provenance = 2 AND provenance = 2"))
        .as("seed %d", day.seed())
        .isPositive();
  }

  @Test
  void commit_liveOntoImportedRows_replacesThem() {
    day.write(commit, Provenance.IMPORTED, ProvenanceTest::anything);
    other.write(commit, Provenance.LIVE, ProvenanceTest::anything);
    String both =
        "SELECT count(*) FROM fo_option_strike_bars WHERE provenance = 1 AND underlying_close IS"
            + " NULL";
    assertThat(StoredRows.number(store.database(), both)).isZero();
    assertThat(count("provenance = 1")).isGreaterThan(count("provenance = 2"));
  }

  @Test
  void commit_unknownOntoKnown_keepsTheKnown() {
    day.write(commit, Provenance.IMPORTED, ProvenanceTest::anything);
    String known = "call_oi_last IS NOT NULL AND call_close IS NOT NULL AND put_iv_source = 'feed'";
    double before = count(known);
    Predicate<Observation> nothingMuch =
        o -> Double.isNaN(o.get(ObservationField.OI)) || Double.isNaN(o.get(ObservationField.IV));
    day.write(commit, Provenance.IMPORTED, nothingMuch);
    assertThat(count(known)).as("seed %d", day.seed()).isEqualTo(before);
  }

  @Test
  void rollups_mixedProvenance_keepTheLargest() {
    day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) % 2 == 0);
    day.write(commit, Provenance.BACKFILLED, o -> SeededDay.minute(o) % 2 == 1);
    assertThat(
            StoredRows.number(
                store.database(),
                "SELECT count(*) FROM fo_option_strike_bars_15min WHERE provenance <> 3"))
        .as("seed %d", day.seed())
        .isZero();
  }
}
