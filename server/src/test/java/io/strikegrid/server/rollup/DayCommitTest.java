package io.strikegrid.server.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.BarStore;
import io.strikegrid.server.store.ContractDayStore;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RollupSql;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DayCommitTest {

  private static final int MINUTES = 40;
  private static final Underlying NIFTY = SeededDay.NIFTY;
  private static final Session SESSION = SeededDay.SESSION;

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void commit_minuteByMinute_sameRowsAsAtOnce(long seed) {
    Map<LocalDate, List<Observation>> seen = observations(seed);
    try (TestDatabase live = TestDatabase.create();
        TestDatabase whole = TestDatabase.create()) {
      DayCommit minutes = commit(live.database());
      for (int m = 0; m < SESSION.buckets(Timeframe.MIN1); m++) {
        long from = SESSION.bucketStart(Timeframe.MIN1, m);
        minutes.commit(NIFTY, SESSION, Provenance.LIVE, source(seen, from, from + 60));
      }
      commit(whole.database())
          .commit(NIFTY, SESSION, Provenance.LIVE, source(seen, 0, Long.MAX_VALUE));

      StoredRows.assertEqual(live.database(), whole.database());
    }
  }

  @Test
  void commit_minutesThenACorrectionThenMinutes_sameRowsAsAtOnce() {
    Map<LocalDate, List<Observation>> seen = observations(21);
    long half = SESSION.bucketStart(Timeframe.MIN1, MINUTES / 2);
    long hole = SESSION.bucketStart(Timeframe.MIN1, 7);
    try (TestDatabase live = TestDatabase.create();
        TestDatabase whole = TestDatabase.create()) {
      DayCommit minutes = commit(live.database());
      minutes.commit(NIFTY, SESSION, Provenance.LIVE, source(seen, 0, hole));
      minutes.commit(NIFTY, SESSION, Provenance.LIVE, source(seen, hole + 60, half));
      minutes.commit(NIFTY, SESSION, Provenance.LIVE, source(seen, hole, hole + 60));
      minutes.commit(NIFTY, SESSION, Provenance.LIVE, source(seen, half, Long.MAX_VALUE));
      commit(whole.database())
          .commit(NIFTY, SESSION, Provenance.LIVE, source(seen, 0, Long.MAX_VALUE));

      StoredRows.assertEqual(live.database(), whole.database());
    }
  }

  @Test
  void commit_whileAnotherSymbolsTransactionIsOpen_doesNotWait() throws Exception {
    Underlying other = MarketCatalog.load(List.of()).find("BANKNIFTY").orElseThrow();
    Map<LocalDate, List<Observation>> seen = observations(41);
    try (TestDatabase shared = TestDatabase.create()) {
      DayCommit commit = commit(shared.database());
      DaySource minutes = source(seen, 0, Long.MAX_VALUE);
      CountDownLatch isInside = new CountDownLatch(1);
      CountDownLatch otherIsDone = new CountDownLatch(1);
      DaySource waiting =
          new DaySource() {
            @Override
            public NavigableSet<LocalDate> expiries() {
              return minutes.expiries();
            }

            @Override
            public NavigableSet<Long> minutes() {
              return minutes.minutes();
            }

            @Override
            public BarBuilder.Result bars(LocalDate expiry, BarBuilder.TradedBefore before)
                throws IOException {
              return minutes.bars(expiry, before);
            }

            @Override
            public List<ContractDayStore.Row> figures() {
              isInside.countDown();
              try {
                assertThat(otherIsDone.await(60, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return List.of();
            }
          };
      try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
        Future<DayCommit.Outcome> first =
            thread.submit(() -> commit.commit(NIFTY, SESSION, Provenance.LIVE, waiting));
        assertThat(isInside.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(commit.commit(other, SESSION, Provenance.LIVE, minutes).written()).isPositive();
        otherIsDone.countDown();
        assertThat(first.get().written()).isPositive();
      }
    }
  }

  @Test
  void commit_anotherProcessWroteMeanwhile_isSeen() {
    Map<LocalDate, List<Observation>> seen = observations(31);
    long a = SESSION.bucketStart(Timeframe.MIN1, 10);
    long b = SESSION.bucketStart(Timeframe.MIN1, 20);
    try (TestDatabase shared = TestDatabase.create();
        TestDatabase whole = TestDatabase.create()) {
      DayCommit one = commit(shared.database());
      DayCommit other = commit(shared.another());
      one.commit(NIFTY, SESSION, Provenance.LIVE, source(seen, 0, a));
      other.commit(NIFTY, SESSION, Provenance.LIVE, source(seen, a, b));
      one.commit(NIFTY, SESSION, Provenance.LIVE, source(seen, b, Long.MAX_VALUE));
      commit(whole.database())
          .commit(NIFTY, SESSION, Provenance.LIVE, source(seen, 0, Long.MAX_VALUE));

      StoredRows.assertEqual(shared.database(), whole.database());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void rollups_randomDay_equalTheirRecomputation(long seed) {
    Map<LocalDate, List<Observation>> seen = observations(seed);
    long middle = SESSION.bucketStart(Timeframe.MIN1, 13);
    try (TestDatabase store = TestDatabase.create()) {
      DayCommit commit = commit(store.database());
      commit.commit(NIFTY, SESSION, Provenance.IMPORTED, source(seen, middle, Long.MAX_VALUE));
      commit.commit(NIFTY, SESSION, Provenance.BACKFILLED, source(seen, 0, middle));

      for (Timeframe timeframe : RollupSql.TIMEFRAMES) {
        assertThat(different(store.database(), timeframe)).isZero();
      }
    }
  }

  @Test
  void commit_sameAgain_bumpsNothingAndRewritesNoRow() {
    Map<LocalDate, List<Observation>> seen = observations(51);
    List<Long> generations = new ArrayList<>();
    try (TestDatabase store = TestDatabase.create()) {
      DayCommit commit =
          new DayCommit(
              store.database(),
              InstantSource.system(),
              row -> generations.add(row.row().generation()));
      commit.commit(NIFTY, SESSION, Provenance.IMPORTED, source(seen, 0, Long.MAX_VALUE));
      List<?> before = StoredRows.versions(store.database());
      DayCommit.Outcome again =
          commit.commit(NIFTY, SESSION, Provenance.IMPORTED, source(seen, 0, Long.MAX_VALUE));

      assertThat(again.written()).isZero();
      assertThat(again.unchanged()).isPositive();
      assertThat(generations).containsExactly(1L);
      assertThat(StoredRows.versions(store.database())).isEqualTo(before);
    }
  }

  @Test
  void commit_simulatedOntoReal_isRefusedWhole() {
    Map<LocalDate, List<Observation>> seen = observations(61);
    try (TestDatabase store = TestDatabase.create()) {
      DayCommit commit = commit(store.database());
      commit.commit(NIFTY, SESSION, Provenance.IMPORTED, source(seen, 0, Long.MAX_VALUE));
      DayCommit.Outcome simulated =
          commit.commit(NIFTY, SESSION, Provenance.SIMULATED, source(seen, 0, Long.MAX_VALUE));

      assertThat(simulated.mixed()).isTrue();
      assertThat(
              StoredRows.number(
                  store.database(),
                  "SELECT count(*) FROM fo_option_strike_bars WHERE provenance = 4"))
          .isZero();
    }
  }

  private static DayCommit commit(Database database) {
    return new DayCommit(database, InstantSource.system(), row -> {});
  }

  private static Map<LocalDate, List<Observation>> observations(long seed) {
    return SeededDay.messy(seed, MINUTES);
  }

  private static DaySource source(Map<LocalDate, List<Observation>> seen, long from, long before) {
    TreeMap<LocalDate, List<Observation>> part = new TreeMap<>();
    seen.forEach((expiry, all) -> {
      List<Observation> some =
          all.stream().filter(o -> o.time() >= from && o.time() < before).toList();
      if (!some.isEmpty()) {
        part.put(expiry, some);
      }
    });
    return new ObservedDay(part, false, SESSION.close());
  }

  /** Rows of a roll-up that its recomputation does not have, and the other way. */
  private static double different(Database database, Timeframe timeframe) {
    String table = BarStore.table(timeframe);
    String columns = String.join(", ", RollupSql.columns());
    String computed = RollupSql.select(timeframe, "true");
    return StoredRows.number(
        database,
        "SELECT (SELECT count(*) FROM (SELECT %1$s FROM %2$s EXCEPT SELECT %1$s FROM (%3$s) a) b) + (SELECT count(*) FROM (SELECT %1$s FROM (%3$s) c EXCEPT SELECT %1$s FROM %2$s) d)"
            .formatted(columns, table, computed));
  }
}
