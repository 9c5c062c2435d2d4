package io.strikegrid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strikegrid.engine.bar.BarColumn;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  private static final String OTHER_SERVER = "STRIKEGRID_TEST_DB_URL";
  private static final LocalDate DAY = LocalDate.of(2025, 4, 23);

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Schema {

    private final TestDatabase store;
    private final Database database;

    Schema(TestDatabase store) {
      this.store = store;
      this.database = store.database();
      SeededDay.random().write(SeededDay.commit(database));
      MarketCatalog markets = MarketCatalog.load(List.of());
      MarketStore.publish(database, markets.all(), markets.aliases(), markets.calendars());
      fill();
    }

    @AfterAll
    void close() {
      store.close();
    }

    private void fill() {
      Session session = SeededDay.NIFTY.calendar().session(DAY).orElseThrow();
      BarStore.ensurePartition(database, session);
      for (Timeframe timeframe : Timeframe.values()) {
        database
            .jdbi()
            .useHandle(h -> {
              h.execute(
                  "INSERT INTO "
                      + BarStore.table(timeframe)
                      + " (bucket_time, symbol, expiry, strike, underlying_source, moneyness,"
                      + " provenance, call_count, put_count, call_iv_count, put_iv_count,"
                      + " call_greeks_count, put_greeks_count, created_at, updated_at) SELECT"
                      + " to_timestamp(?) + m * interval '1 minute', 'NIFTY50', date '2025-04-24' +"
                      + " 7 * e, 23000 + 50 * k, 'quoted', k - 31, 2, 1, 1, 1, 1, 1, 1, now(),"
                      + " now() FROM generate_series(0, 374, ?) m, generate_series(0, 3) e,"
                      + " generate_series(0, 62) k",
                  session.open(),
                  timeframe.minutes());
              h.execute("ANALYZE " + BarStore.table(timeframe));
            });
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "fo_option_strike_bars",
          "fo_option_strike_bars_5min",
          "fo_option_strike_bars_15min",
          "fo_latest_snapshot"
        })
    void table_ofStrikes_hasTheColumnsThatAreReadAndNoOthers(String table) {
      List<List<Object>> expected = new ArrayList<>();
      expected.add(List.of("bucket_time", "timestamp with time zone", "NO"));
      expected.add(List.of("symbol", "text", "NO"));
      expected.add(List.of("expiry", "date", "NO"));
      expected.add(List.of("strike", "double precision", "NO"));
      for (BarColumn column : BarColumns.beside()) {
        expected.add(List.of(column.name(), type(column), nullable(column)));
      }
      assertThat(
              StoredRows.all(
                  database,
                  "SELECT column_name::text, data_type::text, is_nullable::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '%s'"
                      .formatted(table)))
          .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "fo_option_strike_bars",
          "fo_option_strike_bars_5min",
          "fo_option_strike_bars_15min"
        })
    void table_ofStrikes_hasBothIndexes(String table) {
      assertThat(
              StoredRows.all(
                  database,
                  "SELECT regexp_replace(indexdef, '^CREATE( UNIQUE)? INDEX .*USING btree ', '\\1') FROM pg_indexes WHERE tablename = '%s' ORDER BY 1"
                      .formatted(table)))
          .containsExactlyInAnyOrder(
              List.of(" UNIQUE(symbol, expiry, strike, bucket_time DESC)"),
              List.of("(symbol, expiry, moneyness, bucket_time DESC)"));
    }

    @Test
    void metrics_ofTimeframes_haveTheSameColumns() {
      String columns =
          "SELECT string_agg(column_name || ' ' || data_type, ',' ORDER BY ordinal_position) FROM"
              + " information_schema.columns WHERE table_name LIKE 'fo_expiry_metrics%' GROUP BY"
              + " table_name";
      assertThat(StoredRows.all(database, columns))
          .hasSize(3)
          .containsOnly(StoredRows.all(database, columns).getFirst());
    }

    @Test
    void partitions_ofBars_areUtcDays() {
      assertThat(
              StoredRows.all(
                  database,
                  "SELECT c.relname::text, replace(pg_get_expr(c.relpartbound, c.oid),"
                      + " current_setting('TimeZone'), '') FROM pg_inherits i JOIN pg_class c ON"
                      + " c.oid = i.inhrelid WHERE i.inhparent = 'fo_option_strike_bars'::regclass"
                      + " ORDER BY 1"))
          .hasSize(2)
          .allSatisfy(
              row -> assertThat(row.get(0).toString()).matches("fo_option_strike_bars_p\\d{8}"));
      assertThat(
              StoredRows.all(
                  database,
                  "SELECT DISTINCT tableoid::regclass::text, (bucket_time AT TIME ZONE"
                      + " 'UTC')::date::text FROM fo_option_strike_bars ORDER BY 1"))
          .containsExactly(
              List.of("fo_option_strike_bars_p20250422", "2025-04-22"),
              List.of("fo_option_strike_bars_p20250423", "2025-04-23"));
    }

    @ParameterizedTest
    @CsvSource({
      "SELECT count(*) FROM instrument_aliases WHERE alias = 'NIFTY' AND symbol = 'NIFTY50',1",
      "SELECT count(*) FROM trading_calendars WHERE calendar = 'NSE' AND length = interval '375"
          + " minutes' AND zone = 'Asia/Kolkata' AND opening = '09:15' AND expiry_time = '15:30',1",
      "SELECT count(*) FROM trading_holidays WHERE calendar = 'NSE' AND day = '2025-08-27' AND"
          + " reason = 'Ganesh Chaturthi',1",
      "SELECT count(*) FROM underlyings WHERE symbol = 'NIFTY50' AND strike_gap = 50 AND"
          + " whole_units,1",
      "SELECT count(*) FROM underlyings WHERE symbol = 'BTC' AND calendar = 'CRYPTO' AND NOT"
          + " whole_units,1",
      "SELECT count(DISTINCT lot_size) FROM instrument_lots WHERE symbol = 'NIFTY50' AND lot_size"
          + " IN (65; 75),2"
    })
    void publish_shippedMarkets_fillsTheTables(String sql, double rows) {
      assertThat(StoredRows.number(database, sql.replace("65; 75", "65, 75"))).isEqualTo(rows);
    }

    @Test
    void publish_again_takesOutWhatIsNoLongerThere() {
      MarketCatalog markets = MarketCatalog.load(List.of());
      MarketStore.publish(
          database, markets.all(), Map.of("OLD NIFTY", "NIFTY50"), markets.calendars());
      MarketStore.publish(database, markets.all(), markets.aliases(), markets.calendars());
      assertThat(
              StoredRows.number(
                  database, "SELECT count(*) FROM instrument_aliases WHERE alias = 'OLD NIFTY'"))
          .isZero();
      assertThat(StoredRows.number(database, "SELECT count(*) FROM instrument_aliases"))
          .isEqualTo(markets.aliases().size());
    }

    @Test
    void open_again_changesNothing() {
      String history = "SELECT count(*) FROM strikegrid_schema_history WHERE success";
      double before = StoredRows.number(database, history);
      Database again = store.another();
      assertThat(StoredRows.number(again, history)).isEqualTo(before);
      assertThat(
              StoredRows.number(
                  again,
                  "SELECT count(*) FROM fo_option_strike_bars WHERE bucket_time < '2025-04-23'"))
          .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"MIN5", "MIN15"})
    void rollups_seededDay_equalTheirRecomputation(Timeframe timeframe) {
      String where = "bucket_time < '2025-04-23'";
      String order = " ORDER BY symbol, expiry, strike, bucket_time";
      StoredRows.assertEqual(
          database,
          RollupSql.select(timeframe, where) + order,
          database,
          "SELECT "
              + String.join(", ", RollupSql.columns())
              + " FROM "
              + BarStore.table(timeframe)
              + " WHERE "
              + where
              + order,
          timeframe.label());
    }

    @ParameterizedTest
    @CsvSource({"MIN1", "MIN5", "MIN15"})
    void explain_oneStrikeThroughTime_usesTheStrikeIndex(Timeframe timeframe) {
      assertThat(
              indexes(
                  "SELECT * FROM %s WHERE symbol = 'NIFTY50' AND expiry = '2025-05-01' AND strike = 24500 AND bucket_time >= '2025-04-23 00:00Z' AND bucket_time < '2025-04-24 00:00Z' ORDER BY bucket_time"
                      .formatted(BarStore.table(timeframe))))
          .hasSize(1)
          .allMatch(
              definition -> definition.contains("(symbol, expiry, strike, bucket_time DESC)"));
    }

    @ParameterizedTest
    @CsvSource({"MIN1", "MIN5", "MIN15"})
    void explain_oneLevelThroughTime_usesTheMoneynessIndex(Timeframe timeframe) {
      assertThat(
              indexes(
                  "SELECT * FROM %s WHERE symbol = 'NIFTY50' AND expiry = '2025-05-01' AND moneyness = 3 AND bucket_time >= '2025-04-23 00:00Z' AND bucket_time < '2025-04-24 00:00Z' ORDER BY bucket_time"
                      .formatted(BarStore.table(timeframe))))
          .hasSize(1)
          .allMatch(
              definition -> definition.contains("(symbol, expiry, moneyness, bucket_time DESC)"));
    }

    /** Definitions of the indexes that the plan of a query names. */
    private List<String> indexes(String sql) {
      String plan = StoredRows.all(database, "EXPLAIN " + sql).toString();
      return StoredRows.all(database, "SELECT indexname, indexdef FROM pg_indexes").stream()
          .filter(index ->
              plan.contains(" using " + index.getFirst() + " ")
                  || plan.contains(" Index Scan on " + index.getFirst() + " "))
          .map(index -> String.valueOf(index.getLast()))
          .toList();
    }

    @Test
    void aggregateStatus_afterACommit_countsRowsOfBothAggregates() {
      assertThat(
              StoredRows.all(
                  database,
                  "SELECT aggregate, row_count > 0, rows_with_oi > 0, last_refresh IS NOT NULL,"
                      + " failures FROM strikegrid.aggregate_status ORDER BY 1"))
          .containsExactly(
              List.of("fo_option_strike_bars_15min", true, true, true, 0L),
              List.of("fo_option_strike_bars_5min", true, true, true, 0L));
    }

    private static String type(BarColumn column) {
      return switch (column.type()) {
        case FLOAT8 -> "double precision";
        case INTEGER -> "integer";
        case SMALLINT -> "smallint";
        case CODE -> "text";
        case TIME, TIMESTAMP -> "timestamp with time zone";
      };
    }

    private static String nullable(BarColumn column) {
      String name = column.name();
      boolean always =
          name.endsWith("_count")
              || name.endsWith("ed_at")
              || List.of("underlying_source", "provenance").contains(name);
      return always ? "NO" : "YES";
    }
  }

  @Nested
  class Embedded extends Schema {
    Embedded() {
      super(TestDatabase.create());
    }
  }

  @Nested
  class OtherServer extends Schema {
    OtherServer() {
      super(TestDatabase.on(server()));
    }

    private static DatabaseUrl server() {
      String url = System.getenv(OTHER_SERVER);
      assumeTrue(url != null && !url.isBlank(), OTHER_SERVER + " names no server to test on");
      return DatabaseUrl.parse(Objects.requireNonNull(url));
    }
  }

  @Test
  void open_noServer_saysWhereAndWhyWithoutThePassword() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://user:secret@127.0.0.1:1/strikegrid");
    assertThatThrownBy(() -> Database.open(url, 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:1/strikegrid")
        .hasMessageNotContaining("secret");
  }

  @Test
  void commit_refusedByTheServer_leavesNothingOfIt() {
    try (TestDatabase store = TestDatabase.create()) {
      store
          .database()
          .jdbi()
          .useHandle(h -> h.execute("ALTER TABLE fo_expiry_metrics_15min DROP COLUMN pcr"));
      DayCommit commit = SeededDay.commit(store.database());
      assertThatThrownBy(() -> SeededDay.random().write(commit)).isInstanceOf(StoreException.class);
      assertThat(StoredRows.number(store.database(), "SELECT count(*) FROM fo_option_strike_bars"))
          .isZero();
      assertThat(StoredRows.number(store.database(), "SELECT count(*) FROM strikegrid.generation"))
          .isZero();
    }
  }
}
