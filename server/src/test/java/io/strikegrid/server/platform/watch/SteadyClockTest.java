package io.strikegrid.server.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {

  private final ManualClock clock = ManualClock.at("2025-04-25T06:30:00Z");
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SteadyClock steady = new SteadyClock(clock, nanos::get);

  @Test
  void instant_clockSetBackAnHour_goesOnFromWhereItWas() {
    clock.advance(Duration.ofHours(-1));
    pass(Duration.ofSeconds(10));

    assertThat(steady.instant()).isEqualTo(Instant.parse("2025-04-25T06:30:10Z"));

    pass(Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(5));

    assertThat(steady.instant()).isEqualTo(Instant.parse("2025-04-25T06:30:15Z"));
    assertThat(steady.trouble().orElseThrow()).contains("was set back by 3610 s");
  }

  @Test
  void instant_clockSetForwardOrAlittleBack_follows() {
    clock.advance(Duration.ofHours(1));
    assertThat(steady.instant()).isEqualTo(clock.instant());

    clock.advance(Duration.ofMillis(-500));
    assertThat(steady.instant()).isEqualTo(clock.instant());
    assertThat(steady.trouble()).isEmpty();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
