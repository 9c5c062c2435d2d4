package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class PageIndexTest {

  private static final LocalDate DAY = LocalDate.of(2025, 4, 22);

  private final PageIndex index = new PageIndex();

  private static PageKey key(String symbol, LocalDate day, Timeframe timeframe) {
    return new PageKey(symbol, DAY.plusDays(2), timeframe, day);
  }

  @Test
  void of_aDay_areItsOwnPagesAlone() {
    index.add(key("NIFTY50", DAY, Timeframe.MIN1));
    index.add(key("NIFTY50", DAY, Timeframe.MIN5));
    index.add(key("NIFTY50", DAY.plusDays(1), Timeframe.MIN1));
    index.add(key("BANKNIFTY", DAY, Timeframe.MIN1));
    assertThat(index.of("NIFTY50", DAY))
        .containsExactlyInAnyOrder(
            key("NIFTY50", DAY, Timeframe.MIN1), key("NIFTY50", DAY, Timeframe.MIN5));
  }

  @Test
  void remove_theLastPageOfADay_leavesNothing() {
    index.add(key("NIFTY50", DAY, Timeframe.MIN1));
    index.remove(key("NIFTY50", DAY, Timeframe.MIN1));
    index.remove(key("NIFTY50", DAY, Timeframe.MIN1));
    assertThat(index.of("NIFTY50", DAY)).isEmpty();
  }
}
