package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.testkit.Await;
import io.strikegrid.testkit.ManualClock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What pages take is known before they are loaded, and bounded by what they take then. */
final class PageSizesTest {

  private static Map<PageKey, Session> asked(Timeframe timeframe) {
    Map<PageKey, Session> asked = new HashMap<>();
    for (LocalDate expiry : SeededDay.EXPIRIES) {
      asked.put(new PageKey("NIFTY50", expiry, timeframe, SeededDay.DAY), SeededDay.SESSION);
    }
    return asked;
  }

  @Test
  void sizes_beforeAndAfterTheLoad_boundThePagesAndAreNothing() {
    SeededDay day = SeededDay.random();
    try (TestDatabase store = TestDatabase.create();
        Generations generations = new Generations(store.database());
        Pages pages = new Pages(new PageLoader(store.database()), generations, 100 << 20)) {
      DayCommit commit =
          new DayCommit(
              store.database(),
              ManualClock.at("2025-04-22T12:00:00Z"),
              change -> generations.accept(change.row()));
      day.write(commit, Provenance.LIVE, o -> true);
      for (Timeframe timeframe : Timeframe.values()) {
        Map<PageKey, PageSize> before = pages.sizes(asked(timeframe));
        asked(timeframe)
            .forEach((key, session) -> {
              PageSize size = Objects.requireNonNull(before.get(key));
              GridPage page = pages.get(key, session).page();
              assertThat(page.bytes())
                  .as("%s, seed %d", key, day.seed())
                  .isBetween(1L, size.pageBytes());
              assertThat(page.strikes())
                  .as("%s, seed %d", key, day.seed())
                  .isBetween(1, size.strikes());
            });
        assertThat(pages.sizes(asked(timeframe)).values())
            .allSatisfy(size -> assertThat(size.pageBytes()).isZero());
      }
    }
  }

  @Test
  void bytes_andCount_areThoseOfThePages() {
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
      day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) < 10);
      asked(Timeframe.MIN1).forEach(pages::get);
      day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) == 10);
      long bytes =
          asked(Timeframe.MIN1).entrySet().stream()
              .mapToLong(one -> pages.get(one.getKey(), one.getValue()).page().bytes())
              .sum();
      Await.until(
          "the pages of seed " + day.seed() + " take " + bytes, () -> pages.bytes() == bytes);
      assertThat(pages.count()).isEqualTo(SeededDay.EXPIRIES.size());
    }
  }
}
