package io.strikegrid.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.Engine;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.MetricsStore;
import io.strikegrid.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeepingJobsTest {

  private static final JobContext CONTEXT = new JobContext(() -> false);
  private static final String COMPRESSED =
      "SELECT count(*) FROM timescaledb_information.chunks WHERE hypertable_name ="
          + " 'fo_option_strike_bars' AND is_compressed";

  private static TestDatabase store(Engine engine) {
    return engine == Engine.PLAIN ? TestDatabase.create() : TestDatabase.timescale();
  }

  @Test
  void compression_oldDay_isCompressedOnceAndAgainAfterACorrection() throws Exception {
    SeededDay day = SeededDay.random();
    try (TestDatabase store = TestDatabase.timescale()) {
      Database database = store.database();
      DayCommit commit = SeededDay.commit(database);
      day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) != 7);
      KeepingConfig weekly = new KeepingConfig(7, 0);
      ManualClock early = ManualClock.at("2025-04-29T23:00:00Z");
      assertThat(new CompressionJob(database, weekly, early).run(CONTEXT))
          .startsWith("compressed 0");
      ManualClock late = ManualClock.at("2025-04-30T00:00:00Z");
      CompressionJob job = new CompressionJob(database, weekly, late);
      assertThat(job.run(CONTEXT)).startsWith("compressed 1 chunks");
      assertThat(job.run(CONTEXT)).startsWith("compressed 0");
      assertThat(StoredRows.number(database, COMPRESSED)).isEqualTo(1);
      assertThat(day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) == 7).written())
          .as("seed %d", day.seed())
          .isPositive();
      assertThat(job.run(CONTEXT)).startsWith("compressed 1 chunks");
    }
  }

  @Test
  void compression_plainTablesOrSwitchedOff_saysSo() throws Exception {
    try (TestDatabase store = TestDatabase.create()) {
      ManualClock clock = ManualClock.at("2025-04-30T00:00:00Z");
      assertThat(new CompressionJob(store.database(), KeepingConfig.USUAL, clock).run(CONTEXT))
          .isEqualTo("plain tables are not compressed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void retention_dayThatIsTooOld_isDroppedAndNobodyIsShownIt(Engine engine) throws Exception {
    SeededDay day = SeededDay.random();
    try (TestDatabase store = store(engine)) {
      Database database = store.database();
      day.write(SeededDay.commit(database));
      new AggregateRefresh(database, (row, first) -> {}).finish((aggregate, days) -> {});
      List<GenerationStore.Row> told = new ArrayList<>();
      KeepingConfig keeping = new KeepingConfig(0, 10);
      ManualClock early = ManualClock.at("2025-05-02T10:00:00Z");
      new RetentionJob(database, keeping, early, told::add).run(CONTEXT);
      assertThat(told).isEmpty();
      ManualClock late = ManualClock.at("2025-06-10T10:00:00Z");
      assertThat(new RetentionJob(database, keeping, late, told::add).run(CONTEXT))
          .isEqualTo("dropped 1 days before 2025-05-31");
      assertThat(told)
          .singleElement()
          .satisfies(row -> {
            assertThat(row.hasBars()).isFalse();
            assertThat(row.generation()).isEqualTo(2);
          });
      for (Timeframe timeframe : Timeframe.values()) {
        for (String table : List.of(BarStore.table(timeframe), MetricsStore.table(timeframe))) {
          assertThat(StoredRows.number(database, "SELECT count(*) FROM " + table))
              .as(table)
              .isZero();
        }
      }
      assertThat(StoredRows.number(database, "SELECT count(*) FROM fo_latest_snapshot")).isZero();
      assertThat(day.write(SeededDay.commit(database)).written()).as("again").isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void retention_dayAtTheEdge_canBeWrittenAgainAndIsDroppedTheDayAfter(Engine engine)
      throws Exception {
    SeededDay day = SeededDay.random();
    try (TestDatabase store = store(engine)) {
      Database database = store.database();
      DayCommit commit = SeededDay.commit(database);
      day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) != 7);
      KeepingConfig keeping = new KeepingConfig(0, 10);
      ManualClock edge = ManualClock.at("2025-05-03T10:00:00Z");
      assertThat(new RetentionJob(database, keeping, edge, row -> {}).run(CONTEXT))
          .isEqualTo("dropped 1 days before 2025-04-23");

      assertThat(day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) == 7).written())
          .as("late, seed %d", day.seed())
          .isPositive();
      assertThat(day.write(commit).written()).as("again, seed %d", day.seed()).isZero();

      ManualClock next = ManualClock.at("2025-05-04T10:00:00Z");
      assertThat(new RetentionJob(database, keeping, next, row -> {}).run(CONTEXT))
          .isEqualTo("dropped 1 days before 2025-04-24");
      assertThat(StoredRows.number(database, "SELECT count(*) FROM fo_option_strike_bars"))
          .isZero();
    }
  }

  @Test
  void retention_off_dropsNothing() throws Exception {
    try (TestDatabase store = TestDatabase.create()) {
      SeededDay.random().write(SeededDay.commit(store.database()));
      ManualClock clock = ManualClock.at("2035-01-01T00:00:00Z");
      assertThat(
              new RetentionJob(store.database(), KeepingConfig.USUAL, clock, row -> {})
                  .run(CONTEXT))
          .isEqualTo("retention is off");
      assertThat(StoredRows.number(store.database(), "SELECT count(*) FROM fo_option_strike_bars"))
          .isPositive();
    }
  }
}
