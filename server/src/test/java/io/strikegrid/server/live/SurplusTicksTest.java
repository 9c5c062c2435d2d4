package io.strikegrid.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SurplusTicksTest {

  @Test
  void add_moreThanAreKept_countsThemAndTakesNoMemory() {
    SurplusTicks surplus = new SurplusTicks();
    Tick tick = Tick.ofUnderlying(LiveStore.NIFTY, LiveStore.SESSION, 1_745_300_000_000L, 5);
    for (int i = 0; i < SurplusTicks.MOST; i++) {
      surplus.add(tick);
    }

    assertThat(surplus.hasRoom()).isFalse();
    assertThat(surplus.add(tick)).isZero();
    assertThat(surplus.count()).isEqualTo(SurplusTicks.MOST + 1);
    assertThat(surplus.kept()).isEqualTo(SurplusTicks.MOST);
    assertThat(surplus.ticks(60).getFirst().log().size()).isEqualTo(SurplusTicks.MOST);
    assertThat(surplus.tell()).isEqualTo(SurplusTicks.MOST + 1);
    assertThat(surplus.tell()).isZero();
  }
}
