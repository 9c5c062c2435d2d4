package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.testkit.ManualClock;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that follow their writer hold what the store would give. */
class PagesFollowTest {

  @Test
  void accept_minuteAfterMinute_isWhatTheStoreHolds() {
    SeededDay day = SeededDay.random();
    try (TestDatabase store = TestDatabase.create();
        Generations generations = new Generations(store.database());
        Pages pages = new Pages(new PageLoader(store.database()), generations, 100 << 20)) {
      DayCommit commit =
          new DayCommit(
              store.database(),
              ManualClock.at("2025-04-22T12:00:00Z"),
              change -> {
                pages.accept(change);
                generations.accept(change.row());
              });
      for (int minute = 3; minute < 30; minute++) {
        int now = minute;
        day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) == now);
        for (LocalDate expiry : SeededDay.EXPIRIES) {
          PageKey key = new PageKey("NIFTY50", expiry, Timeframe.MIN1, SeededDay.DAY);
          PageLoader.Loaded shown =
              withoutTheTable(store, minute > 3, () -> pages.get(key, SeededDay.SESSION));
          PageLoader.Loaded stored = new PageLoader(store.database()).load(key, SeededDay.SESSION);
          assertThat(shown.generation()).isEqualTo(stored.generation());
          PageCells.assertEqual(shown.page(), stored.page(), day.seed());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MIN5", "MIN15"})
  void get_rollupsAfterMinutesThatWereAppended_readsTheirBucketsAlone(Timeframe timeframe) {
    SeededDay day = SeededDay.random();
    try (TestDatabase store = TestDatabase.create();
        Generations generations = new Generations(store.database());
        Pages pages = new Pages(new PageLoader(store.database()), generations, 100 << 20)) {
      DayCommit commit =
          new DayCommit(
              store.database(),
              ManualClock.at("2025-04-22T12:00:00Z"),
              change -> {
                pages.accept(change);
                generations.accept(change.row());
              });
      PageKey key = new PageKey("NIFTY50", SeededDay.EXPIRIES.getFirst(), timeframe, SeededDay.DAY);
      day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) < 3);
      for (int minute = 3; minute < 40; minute++) {
        int now = minute;
        day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) == now);
        if (minute % 3 == 0) {
          PageLoader.Loaded shown = pages.get(key, SeededDay.SESSION);
          PageLoader.Loaded stored = new PageLoader(store.database()).load(key, SeededDay.SESSION);
          assertThat(shown.generation()).isEqualTo(stored.generation());
          PageCells.assertEqual(shown.page(), stored.page(), day.seed());
        }
      }
      GridPage before = pages.get(key, SeededDay.SESSION).page();
      store
          .database()
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "UPDATE fo_option_strike_bars_" + timeframe.label() + " SET put_oi_last = 1"));
      day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) == 40);
      GridPage after = pages.get(key, SeededDay.SESSION).page();
      for (int k = 0; k < before.strikes(); k++) {
        assertThat(after.at(Side.PUT, GridField.OI, 0, k))
            .as("seed %d", day.seed())
            .isEqualTo(Double.valueOf(before.at(Side.PUT, GridField.OI, 0, k)));
      }
    }
  }

  /** Hides the table meanwhile, so that whoever reads it fails. */
  private static PageLoader.Loaded withoutTheTable(
      TestDatabase store, boolean hides, Supplier<PageLoader.Loaded> reading) {
    if (!hides) {
      return reading.get();
    }
    rename(store, "fo_option_strike_bars", "hidden");
    try {
      return reading.get();
    } finally {
      rename(store, "hidden", "fo_option_strike_bars");
    }
  }

  private static void rename(TestDatabase store, String from, String to) {
    store.database().jdbi().useHandle(h -> h.execute("ALTER TABLE " + from + " RENAME TO " + to));
  }
}
