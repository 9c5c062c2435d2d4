package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.BucketField;
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
          assertEqual(shown.page(), stored.page(), day.seed());
        }
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

  private static void assertEqual(GridPage shown, GridPage stored, long seed) {
    assertThat(shown.buckets()).as("seed %d", seed).isEqualTo(stored.buckets());
    assertThat(shown.strikeArray()).as("seed %d", seed).isEqualTo(stored.strikeArray());
    for (int b = 0; b < stored.buckets(); b++) {
      for (BucketField field : BucketField.values()) {
        assertThat(shown.bucketValue(field, b))
            .as("%s of bucket %d, seed %d", field, b, seed)
            .isEqualTo(Double.valueOf(stored.bucketValue(field, b)));
      }
      for (int k = 0; k < stored.strikes(); k++) {
        for (Side side : Side.values()) {
          assertThat(shown.isObserved(side, b, k)).isEqualTo(stored.isObserved(side, b, k));
          for (GridField field : GridField.values()) {
            assertThat(shown.at(side, field, b, k))
                .as(
                    "%s %s of bucket %d, strike %s, seed %d",
                    side, field, b, stored.strike(k), seed)
                .isEqualTo(Double.valueOf(stored.at(side, field, b, k)));
          }
        }
      }
    }
  }
}
