package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrikeWindowTest {

  /** Strikes of 50 to 150; the underlying goes from 100 to 125 and back, 50 is seen late. */
  private static final GridPage PAGE = page();

  private static GridPage page() {
    Chain chain = Chain.wide();
    for (double strike = 60; strike <= 150; strike += Chain.GAP) {
      chain.call(0, strike, GridField.PRICE, 1);
    }
    return chain
        .underlying(0, 100)
        .underlying(1, 125)
        .open(2)
        .underlying(3, 99)
        .put(3, 50, GridField.PRICE, 1)
        .page();
  }

  private static List<Double> strikes(boolean[] marks) {
    return IntStream.range(0, marks.length).filter(k -> marks[k]).mapToObj(PAGE::strike).toList();
  }

  @Test
  void near_throughBuckets_areThoseOfAnyOfThem() {
    assertThat(strikes(StrikeWindow.near(PAGE, Chain.GAP, 1, 0, 1)))
        .containsExactly(90.0, 100.0, 110.0);
    assertThat(strikes(StrikeWindow.near(PAGE, Chain.GAP, 1, 1, 3)))
        .containsExactly(110.0, 120.0, 130.0);
    assertThat(strikes(StrikeWindow.near(PAGE, Chain.GAP, 0, 0, 4))).containsExactly(100.0, 120.0);
    assertThat(strikes(StrikeWindow.near(PAGE, Chain.GAP, 1, 0, 4)))
        .containsExactly(90.0, 100.0, 110.0, 120.0, 130.0);
  }

  @Test
  void near_ofAStrikeThatWasNotSeenByThen_leavesItOut() {
    assertThat(strikes(StrikeWindow.near(PAGE, Chain.GAP, 5, 0, 3))).doesNotContain(50.0);
    assertThat(strikes(StrikeWindow.near(PAGE, Chain.GAP, 5, 0, 4))).contains(50.0);
  }

  @Test
  void near_withoutAGapOrAnUnderlying_isNone() {
    assertThat(strikes(StrikeWindow.near(PAGE, Double.NaN, 5, 0, 4))).isEmpty();
    assertThat(strikes(StrikeWindow.near(PAGE, Chain.GAP, 5, 2, 3))).isEmpty();
  }

  @Test
  void seen_byTheEnd_areThoseWithABar() {
    assertThat(strikes(StrikeWindow.seen(PAGE, 3))).hasSize(10).doesNotContain(50.0);
    assertThat(strikes(StrikeWindow.seen(PAGE, 4))).hasSize(11);
    assertThat(strikes(StrikeWindow.seen(PAGE, 0))).isEmpty();
  }
}
