package io.strikegrid.server.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.PageCells;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.server.store.StoreException;
import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AggregateRefreshTest {

  private static final String AWAITING = "SELECT count(*) FROM strikegrid.awaiting_refresh";
  private static final String FAILURE =
      "SELECT failure FROM strikegrid.aggregate_refresh WHERE aggregate ="
          + " 'fo_option_strike_bars_5min'";

  private final SeededDay day = SeededDay.random();
  private TestDatabase store;
  private Database database;

  @BeforeEach
  void open() {
    store = TestDatabase.timescale();
    database = store.database();
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void commit_beforeARefresh_saysWhatAwaitsIt() {
    day.write(SeededDay.commit(database), Provenance.IMPORTED, o -> SeededDay.minute(o) < 20);
    assertThat(StoredRows.number(database, AWAITING)).isEqualTo(2);
    assertThat(StoredRows.number(database, "SELECT count(*) FROM fo_option_strike_bars_5min"))
        .isZero();
  }

  @Test
  void finish_afterACrashBeforeTheRefresh_makesEveryBucketWhole() {
    DayCommit commit = SeededDay.commit(database);
    day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) < 20);
    day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) >= 20);
    Database afterTheCrash = store.another();
    finish(new AggregateRefresh(afterTheCrash, (row, first) -> {}));
    assertWhole();
  }

  @Test
  void finish_anyLaterPart_reachesTheAggregates() {
    DayCommit commit = SeededDay.commit(database);
    AggregateRefresh refresh = new AggregateRefresh(database, (row, first) -> {});
    day.write(commit, Provenance.IMPORTED, o -> o.side() == Side.CALL);
    finish(refresh);
    day.write(commit, Provenance.BACKFILLED, o -> o.side() == Side.PUT);
    finish(refresh);
    assertWhole();
  }

  @ParameterizedTest
  @EnumSource(names = {"MIN5", "MIN15"})
  void page_ofAnAggregate_isNeverOlderThanItsRefresh(Timeframe timeframe) {
    try (Generations generations = new Generations(database);
        Pages pages = new Pages(new PageLoader(database), generations, 64 << 20)) {
      DayCommit commit =
          new DayCommit(
              database,
              ManualClock.at("2025-04-22T12:00:00Z"),
              change -> {
                pages.accept(change);
                generations.accept(change.row());
              });
      List<GenerationStore.Row> told = new ArrayList<>();
      AggregateRefresh refresh =
          new AggregateRefresh(
              database,
              (row, first) -> {
                told.add(row);
                pages.accept(row, first);
                generations.accept(row);
              });
      PageKey key = new PageKey("NIFTY50", SeededDay.EXPIRIES.getFirst(), timeframe, SeededDay.DAY);
      long before = 0;
      for (int minute = 3; minute < 33; minute += 6) {
        int from = minute;
        day.write(
            commit,
            Provenance.IMPORTED,
            o -> SeededDay.minute(o) >= from && SeededDay.minute(o) < from + 6);
        pages.get(key, SeededDay.SESSION);
        finish(refresh);
        PageLoader.Loaded shown = pages.get(key, SeededDay.SESSION);
        assertThat(shown.generation()).isGreaterThan(before);
        PageCells.assertEqual(
            shown.page(), new PageLoader(database).load(key, SeededDay.SESSION).page(), day.seed());
        before = shown.generation();
      }
      assertThat(told).isNotEmpty().allMatch(row -> row.rolled() > row.generation());
    }
  }

  @Test
  void refresher_refreshThatFails_saysWhyKeepsTheMinutesAndRecovers() throws Exception {
    DayCommit commit = SeededDay.commit(database);
    day.write(commit);
    execute("UPDATE fo_option_strike_bars SET call_count = 2147483647");
    AggregateRefresh refresh = new AggregateRefresh(database, (row, first) -> {});
    try (AggregateRefresher refresher = new AggregateRefresher(refresh)) {
      refresher.wake();
      Await.until(
          "the failure is noted",
          () -> StoredRows.all(database, FAILURE).toString().contains("out of range"));
      assertThat(StoredRows.number(database, AWAITING)).isEqualTo(2);
      assertThat(StoredRows.number(database, "SELECT count(*) FROM fo_option_strike_bars"))
          .isPositive();
      assertThatThrownBy(() -> finish(refresh))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("fo_option_strike_bars_5min could not be refreshed")
          .hasMessageContaining("out of range");
      execute("UPDATE fo_option_strike_bars SET call_count = 1");
      Await.until("all is refreshed", () -> StoredRows.number(database, AWAITING) == 0);
      Await.until(
          "the failure is over",
          () -> StoredRows.all(database, FAILURE).toString().equals("[[null]]"));
    }
    assertWhole();
  }

  @Test
  void finish_twoAtOnce_bothEndWithNothingLeft() throws InterruptedException {
    day.write(SeededDay.commit(database));
    Thread other =
        Thread.ofVirtual()
            .start(() -> finish(new AggregateRefresh(store.another(), (row, first) -> {})));
    finish(new AggregateRefresh(database, (row, first) -> {}));
    other.join();
    assertThat(StoredRows.number(database, AWAITING)).isZero();
    assertWhole();
  }

  private static void finish(AggregateRefresh refresh) {
    refresh.finish((aggregate, days) -> {});
  }

  private void execute(String sql) {
    database.jdbi().useHandle(h -> h.execute(sql));
  }

  private void assertWhole() {
    for (int minutes : List.of(5, 15)) {
      assertThat(RecomputedBuckets.differences(database, minutes))
          .as("seed %d", day.seed())
          .isEmpty();
    }
  }
}
