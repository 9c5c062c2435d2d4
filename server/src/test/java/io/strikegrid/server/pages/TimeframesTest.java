package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.server.store.BarStore;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeframesTest {

  private static final LocalDate EXPIRY = SeededDay.EXPIRIES.getFirst();
  private static final long MEMORY = 100 << 20;

  private final TestDatabase store = TestDatabase.create();
  private final Generations generations = new Generations(store.database());
  private final Pages pages = new Pages(new PageLoader(store.database()), generations, MEMORY);
  private final SeededDay day = SeededDay.random();

  TimeframesTest() {
    DayCommit commit = SeededDay.commit(store.database(), generations::accept);
    day.write(commit, Provenance.IMPORTED, o -> SeededDay.minute(o) < 40);
    for (Timeframe timeframe : Timeframe.values()) {
      page(timeframe);
    }
    day.write(commit);
  }

  @AfterAll
  void close() {
    pages.close();
    generations.close();
    store.close();
  }

  private GridPage page(Timeframe timeframe) {
    PageKey key = new PageKey("NIFTY50", EXPIRY, timeframe, SeededDay.DAY);
    return pages.get(key, SeededDay.SESSION).page();
  }

  @ParameterizedTest
  @EnumSource(Timeframe.class)
  void get_pageOfATimeframe_showsItsTableAndNothingElse(Timeframe timeframe) {
    GridPage page = page(timeframe);
    assertThat(page.key().timeframe()).isEqualTo(timeframe);
    assertThat(page.bucketStart(1) - page.bucketStart(0)).isEqualTo(timeframe.seconds());
    int shown = 0;
    for (Side side : Side.values()) {
      String sql =
          "SELECT extract(epoch FROM bucket_time)::bigint, strike, %1$s_close, %1$s_volume, %1$s_oi_last FROM %2$s WHERE expiry = '%3$s' AND %1$s_count > 0"
              .formatted(side.label(), BarStore.table(timeframe), EXPIRY);
      for (List<?> row : StoredRows.all(store.database(), sql)) {
        long time = ((Number) row.get(0)).longValue();
        int bucket = SeededDay.SESSION.indexOf(timeframe, time);
        int k = page.indexOf(((Number) row.get(1)).doubleValue());
        assertThat(page.isObserved(side, bucket, k)).as("%s, seed %d", row, day.seed()).isTrue();
        assertThat(page.at(side, GridField.PRICE, bucket, k)).isEqualTo(number(row.get(2)));
        assertThat(page.at(side, GridField.VOLUME, bucket, k)).isEqualTo(number(row.get(3)));
        if (row.get(4) != null) {
          assertThat(page.at(side, GridField.OI, bucket, k)).isEqualTo(number(row.get(4)));
        }
        shown++;
      }
    }
    assertThat(observed(page)).as("seed %d", day.seed()).isEqualTo(shown).isPositive();
  }

  private static Double number(Object value) {
    return value instanceof Double n ? n : Double.NaN;
  }

  private static int observed(GridPage page) {
    int observed = 0;
    for (Side side : Side.values()) {
      for (int bucket = 0; bucket < page.buckets(); bucket++) {
        for (int k = 0; k < page.strikes(); k++) {
          observed += page.isObserved(side, bucket, k) ? 1 : 0;
        }
      }
    }
    return observed;
  }
}
