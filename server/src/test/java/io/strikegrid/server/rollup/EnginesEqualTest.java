package io.strikegrid.server.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.ingest.ImportProgress;
import io.strikegrid.server.ingest.Importer;
import io.strikegrid.server.ingest.profile.Profiles;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.store.Database;
import io.strikegrid.testkit.RecordedData;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Tables of the writer and continuous aggregates hold the same, cell by cell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EnginesEqualTest {

  private static final int CORRECTIONS = Integer.getInteger("strikegrid.corrections", 200);
  private static final int CORRECTIONS_AFTER_COMPRESSION = 200;
  private static final List<String> FILES =
      List.of(
          "nse-chain-1min-202608/NIFTY_20260819.csv.gz",
          "nse-chain-1min-202608/NIFTY_20260820.csv.gz",
          "nse-chain-1min-202608/NIFTY_20260821.csv.gz",
          "nse-chain-1min-20250829/NIFTY_20250827.csv.gz",
          "nse-chain-1min-20250829/NIFTY_20250829.csv.gz",
          "nse-chain-15min-2019/NIFTY_20190826-20190830.csv.gz");

  private final long seed = RandomGenerator.getDefault().nextLong();
  private TestDatabase timescale;
  private TestDatabase plain;

  @BeforeAll
  void importFiles() throws Exception {
    FILES.forEach(RecordedData::require);
    timescale = TestDatabase.timescale();
    plain = TestDatabase.create();
    System.out.println("seed " + seed);
    for (TestDatabase store : List.of(plain, timescale)) {
      DayCommit commit = new DayCommit(store.database(), InstantSource.system(), row -> {});
      Importer importer =
          new Importer(
              MarketCatalog.load(List.of()), new Profiles(), commit, InstantSource.system());
      for (String file : FILES) {
        importer.run(RecordedData.require(file), null, Provenance.IMPORTED, ImportProgress.SILENT);
      }
      refresh(store.database());
    }
  }

  @AfterAll
  void close() {
    if (plain != null) {
      plain.close();
    }
    if (timescale != null) {
      timescale.close();
    }
  }

  @Test
  @Order(1)
  void engines_recordedDays_holdTheSame() {
    assertSame();
  }

  @Test
  @Order(2)
  void engines_randomLateCorrections_holdTheSame() {
    correct(CORRECTIONS, seed);
    assertSame();
  }

  @Test
  @Order(3)
  void engines_correctionsOfCompressedChunks_holdTheSame() {
    timescale
        .database()
        .jdbi()
        .useHandle(
            h -> h.execute("SELECT compress_chunk(c) FROM show_chunks('fo_option_strike_bars') c"));
    assertSame();
    correct(CORRECTIONS_AFTER_COMPRESSION, seed + 1);
    assertSame();
  }

  private void correct(int corrections, long seedOfThem) {
    LateCorrections late = LateCorrections.random(plain.database(), corrections, seedOfThem);
    long written = late.commit(plain.database());
    assertThat(written).as("seed %d", seed).isPositive();
    assertThat(late.commit(timescale.database())).as("seed %d", seed).isEqualTo(written);
    refresh(timescale.database());
  }

  private static void refresh(Database database) {
    new AggregateRefresh(database, (row, first) -> {}).finish((aggregate, days) -> {});
  }

  private void assertSame() {
    StoredRows.assertEqual(plain.database(), timescale.database());
    for (Database database : List.of(plain.database(), timescale.database())) {
      for (int minutes : List.of(5, 15)) {
        assertThat(RecomputedBuckets.differences(database, minutes)).as("seed %d", seed).isEmpty();
        assertThat(StoredRows.number(database, withoutOi(minutes))).as("seed %d", seed).isZero();
      }
      assertThat(StoredRows.number(database, "SELECT count(*) FROM strikegrid.awaiting_refresh"))
          .isZero();
    }
  }

  /** Cells without open interest although a minute of their bucket has it. */
  private static String withoutOi(int minutes) {
    return """
    SELECT count(*) FROM fo_option_strike_bars_%1$dmin a
    JOIN (SELECT symbol, expiry, strike,
            date_bin('%1$d minutes', bucket_time, '2000-01-01 00:00+00') AS bucket_time,
            count(call_oi_last) AS calls, count(put_oi_last) AS puts
          FROM fo_option_strike_bars GROUP BY 1, 2, 3, 4) m
      USING (symbol, expiry, strike, bucket_time)
    WHERE (calls > 0 AND (a.call_oi_sum IS NULL OR a.call_oi_last IS NULL))
       OR (puts > 0 AND (a.put_oi_sum IS NULL OR a.put_oi_last IS NULL))\
    """
        .formatted(minutes);
  }
}
