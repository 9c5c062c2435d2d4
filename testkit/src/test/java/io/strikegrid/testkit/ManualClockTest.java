package io.strikegrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {

  @Test
  void instant_untouched_standsStill() {
    ManualClock clock = ManualClock.at("2025-04-22T03:45:00Z");
    assertThat(clock.instant()).isEqualTo(clock.instant()).isEqualTo("2025-04-22T03:45:00Z");
  }

  @Test
  void advance_byAMinute_movesIt() {
    ManualClock clock = ManualClock.at("2025-04-22T03:45:00Z");
    assertThat(clock.advance(Duration.ofMinutes(1))).isEqualTo("2025-04-22T03:46:00Z");
    assertThat(clock.instant()).isEqualTo("2025-04-22T03:46:00Z");
  }

  @Test
  void set_earlier_isTaken() {
    ManualClock clock = ManualClock.at("2025-04-22T03:45:00Z");
    clock.set(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
  }
}
