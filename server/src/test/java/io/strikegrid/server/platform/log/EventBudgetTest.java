package io.strikegrid.server.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventBudgetTest {

  private static final int WARN = 1;
  private static final int ERROR = 2;

  private final EventBudget budget = new EventBudget(2, 4, 3);

  @Test
  void event_ofAKindThatWasToldOften_isLeftOutAndCounted() {
    assertThat(budget.take(0, WARN, "a").isWithin()).isTrue();
    assertThat(budget.take(1, WARN, "a").isWithin()).isTrue();
    assertThat(budget.take(2, WARN, "a").isWithin()).isFalse();
    assertThat(budget.take(59_999, WARN, "a").isWithin()).isFalse();
    EventBudget.Verdict next = budget.take(60_000, WARN, "a");
    assertThat(next.isWithin()).isTrue();
    assertThat(next.leftOut()).isEqualTo(Map.of("a", 2L));
    assertThat(budget.take(120_000, WARN, "a").leftOut()).isEmpty();
  }

  @Test
  void events_ofManyKinds_areBoundedByTheirLevel() {
    budget.take(0, WARN, "a");
    budget.take(0, WARN, "a");
    budget.take(0, WARN, "b");
    budget.take(0, WARN, "b");
    assertThat(budget.take(0, WARN, "c").isWithin()).isFalse();
    assertThat(budget.take(0, ERROR, "c").isWithin()).isTrue();
  }

  @Test
  void kinds_thatEachComeOnce_countAsOneWhereThereAreVeryMany() {
    int told = 0;
    for (int i = 0; i < 1000; i++) {
      told += budget.take(0, i, "kind " + i).isWithin() ? 1 : 0;
    }
    assertThat(told).isEqualTo(3 + 2);
    assertThat(budget.take(60_000, WARN, "a").leftOut()).isEqualTo(Map.of("other messages", 995L));
  }
}
