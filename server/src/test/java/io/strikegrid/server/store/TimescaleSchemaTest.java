package io.strikegrid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.SeededDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimescaleSchemaTest {

  private static final LocalDate DAY = LocalDate.of(2025, 4, 23);

  private TestDatabase store;
  private Database database;

  @BeforeAll
  void open() {
    store = TestDatabase.timescale();
    database = store.database();
    SeededDay.random().write(SeededDay.commit(database));
    Session session = SeededDay.NIFTY.calendar().session(DAY).orElseThrow();
    database
        .jdbi()
        .useHandle(h -> {
          h.execute(
              "INSERT INTO fo_option_strike_bars (bucket_time, symbol, expiry, strike,"
                  + " underlying_source, moneyness, provenance, call_oi_last, call_oi_sum) SELECT"
                  + " to_timestamp(?) + m * interval '1 minute', 'NIFTY50', date '2025-04-24' + 7 *"
                  + " e, 23000 + 50 * k, 'quoted', k - 31, 2, 75, 75 FROM generate_series(0, 374)"
                  + " m, generate_series(0, 3) e, generate_series(0, 62) k",
              session.open());
          h.execute("ANALYZE fo_option_strike_bars");
        });
    database.write(c -> {
      RefreshStore.add(c, "NIFTY50", DAY, session.open(), session.close() - 60);
      return true;
    });
    new AggregateRefresh(database, (row, first) -> {}).finish((aggregate, days) -> {});
  }

  @AfterAll
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void table_ofStrikes_hasTheColumnsThatAreReadAndNoOthers(Timeframe timeframe) {
    List<String> expected = new ArrayList<>(List.of("bucket_time", "symbol", "expiry", "strike"));
    BarColumns.beside().stream().map(BarColumn::name).forEach(expected::add);
    assertThat(
            StoredRows.all(
                database,
                "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '%s'"
                    .formatted(BarStore.table(timeframe))))
        .extracting(List::getFirst)
        .map(String::valueOf)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** An aggregate of an older version lacks columns; it cannot be altered. */
  @Test
  void open_aggregatesWithoutSomeColumn_definesThemAgainAndHasThemRefreshed() {
    try (TestDatabase old = TestDatabase.timescale()) {
      SeededDay.random().write(SeededDay.commit(old.database()));
      new AggregateRefresh(old.database(), (row, first) -> {}).finish((aggregate, days) -> {});
      String rows = "SELECT count(*) FROM fo_option_strike_bars_5min";
      double before = StoredRows.number(old.database(), rows);
      old.database()
          .jdbi()
          .useHandle(h -> {
            String status =
                h.createQuery("SELECT pg_get_viewdef('strikegrid.aggregate_status'::regclass)")
                    .mapTo(String.class)
                    .one();
            h.execute("DROP VIEW strikegrid.aggregate_status");
            h.execute("DROP MATERIALIZED VIEW fo_option_strike_bars_5min");
            h.execute(
                "CREATE MATERIALIZED VIEW fo_option_strike_bars_5min WITH (timescaledb.continuous)"
                    + " AS SELECT time_bucket('5 minutes', bucket_time) AS bucket_time, symbol,"
                    + " expiry, strike, max(call_oi_last) AS call_oi_last,"
                    + " max(put_oi_last) AS put_oi_last FROM fo_option_strike_bars"
                    + " GROUP BY 1, 2, 3, 4 WITH NO DATA");
            h.execute("CREATE VIEW strikegrid.aggregate_status AS " + status);
          });
      Database again = old.another();
      new AggregateRefresh(again, (row, first) -> {}).finish((aggregate, days) -> {});
      assertThat(StoredRows.number(again, rows)).isEqualTo(before);
      assertThat(
              StoredRows.number(
                  again,
                  "SELECT count(*) FROM fo_option_strike_bars_5min WHERE call_provenance = 2"))
          .isPositive();
    }
  }

  @Test
  void chunks_ofBars_areUtcDays() {
    assertThat(
            StoredRows.all(
                database,
                "SELECT (range_start AT TIME ZONE 'UTC')::text, (range_end - range_start)::text"
                    + " FROM timescaledb_information.chunks WHERE hypertable_name ="
                    + " 'fo_option_strike_bars' ORDER BY 1"))
        .containsExactly(
            List.of("2025-04-22 00:00:00", "1 day"), List.of("2025-04-23 00:00:00", "1 day"));
  }

  @Test
  void runBook_queries_workAsTheyStand() {
    assertThat(
            StoredRows.all(
                database,
                "SELECT view_name::text, materialized_only FROM"
                    + " timescaledb_information.continuous_aggregates WHERE view_name LIKE"
                    + " 'fo_option%' ORDER BY 1"))
        .containsExactly(
            List.of("fo_option_strike_bars_15min", true),
            List.of("fo_option_strike_bars_5min", true));
    assertThat(
            StoredRows.all(
                database,
                "SELECT count(*) > 0, count(call_oi_sum) > 0, count(put_oi_sum) > 0 FROM"
                    + " fo_option_strike_bars_5min"))
        .containsExactly(List.of(true, true, true));
    assertThat(
            StoredRows.all(
                database,
                "SELECT strike FROM fo_option_strike_bars_5min WHERE symbol = 'NIFTY50' AND"
                    + " bucket_time = (SELECT max(bucket_time) FROM fo_option_strike_bars_5min"
                    + " WHERE symbol = 'NIFTY50') AND expiry >= date '2025-04-23' ORDER BY expiry,"
                    + " strike LIMIT 63"))
        .hasSize(63);
    assertThat(
            StoredRows.all(
                database,
                "SELECT j.hypertable_name::text FROM timescaledb_information.job_stats s JOIN"
                    + " timescaledb_information.jobs j USING (job_id) WHERE j.proc_name ="
                    + " 'policy_refresh_continuous_aggregate'"))
        .hasSize(2);
    assertThat(
            StoredRows.all(
                database,
                "SELECT relname::text FROM pg_stat_user_tables WHERE relname LIKE"
                    + " 'fo_option_strike_bars%'"))
        .isNotEmpty();
  }

  @Test
  void aggregateStatus_afterARefresh_tellsOfBothAggregates() {
    assertThat(
            StoredRows.all(
                database,
                "SELECT aggregate, row_count > 0, rows_with_oi > 0, last_refresh IS NOT NULL,"
                    + " refresh_duration > interval '0', failures, failure, awaiting_refresh FROM"
                    + " strikegrid.aggregate_status ORDER BY 1"))
        .extracting(Object::toString)
        .containsExactly(
            "[fo_option_strike_bars_15min, true, true, true, true, 0, null, 0]",
            "[fo_option_strike_bars_5min, true, true, true, true, 0, null, 0]");
  }

  @ParameterizedTest
  @EnumSource
  void explain_oneStrikeThroughTime_usesTheStrikeIndex(Timeframe timeframe) {
    assertThat(
            plan(
                "SELECT * FROM %s WHERE symbol = 'NIFTY50' AND expiry = '2025-05-01' AND strike = 24500 AND bucket_time >= '2025-04-23 00:00Z' AND bucket_time < '2025-04-24 00:00Z' ORDER BY bucket_time"
                    .formatted(BarStore.table(timeframe))))
        .containsPattern("Index Scan.* using \\S*_strike\\b")
        .doesNotContain("Seq Scan");
  }

  @ParameterizedTest
  @EnumSource
  void explain_oneLevelThroughTime_usesTheMoneynessIndex(Timeframe timeframe) {
    assertThat(
            plan(
                "SELECT * FROM %s WHERE symbol = 'NIFTY50' AND expiry = '2025-05-01' AND moneyness = 3 AND bucket_time >= '2025-04-23 00:00Z' AND bucket_time < '2025-04-24 00:00Z' ORDER BY bucket_time"
                    .formatted(BarStore.table(timeframe))))
        .containsPattern("(Index Scan.* using|Bitmap Index Scan on) \\S*_moneyness\\b")
        .doesNotContain("Seq Scan");
  }

  private String plan(String sql) {
    return StoredRows.all(database, "EXPLAIN " + sql).toString();
  }

  @ParameterizedTest
  @CsvSource({"PLAIN", "TIMESCALE"})
  void open_again_keepsTheEngineAndRefusesTheOther(Engine asked) {
    if (asked == Engine.TIMESCALE) {
      try (Database again = Database.open(store.url(), 2, Optional.of(asked))) {
        assertThat(again.engine()).isEqualTo(Engine.TIMESCALE);
      }
    } else {
      assertThatThrownBy(() -> Database.open(store.url(), 2, Optional.of(asked)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("engine must be timescale")
          .hasMessageContaining("have plain");
    }
  }

  @Test
  void open_plainAskedForANewStore_makesTablesForGood() {
    try (TestDatabase fresh = TestDatabase.timescale(Optional.of(Engine.PLAIN))) {
      assertThat(fresh.database().engine()).isEqualTo(Engine.PLAIN);
      assertThat(fresh.another().engine()).isEqualTo(Engine.PLAIN);
      SeededDay.random().write(SeededDay.commit(fresh.database()));
      assertThat(
              StoredRows.number(
                  fresh.database(), "SELECT count(*) FROM fo_option_strike_bars_5min"))
          .isPositive();
      assertThatThrownBy(() -> Database.open(fresh.url(), 2, Optional.of(Engine.TIMESCALE)))
          .hasMessageContaining("engine must be plain");
    }
  }

  @Test
  void open_timescaleAskedWhereThereIsNone_isRefusedWithTheReason() {
    try (TestDatabase embedded = TestDatabase.create()) {
      embedded
          .database()
          .jdbi()
          .useHandle(h -> h.execute("UPDATE strikegrid.store SET engine = NULL"));
      assertThatThrownBy(() -> Database.open(embedded.url(), 2, Optional.of(Engine.TIMESCALE)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("engine must be plain on this server; have timescale")
          .hasMessageContaining("TimescaleDB is not installed");
    }
  }

  @Test
  void open_engineThatNoLongerFits_isRefused() {
    try (TestDatabase embedded = TestDatabase.create()) {
      embedded
          .database()
          .jdbi()
          .useHandle(h -> h.execute("UPDATE strikegrid.store SET engine = 'timescale'"));
      assertThatThrownBy(() -> Database.open(embedded.url(), 2))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("made with the engine timescale")
          .hasMessageContaining("TimescaleDB is not installed");
    }
  }
}
