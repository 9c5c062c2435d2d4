package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  }

  @Test
  void instant_clockSetForwardOrAlittleBack_follows() {
    clock.advance(Duration.ofHours(1));
    assertThat(steady.instant()).isEqualTo(clock.instant());

    clock.advance(Duration.ofMillis(-500));
    assertThat(steady.instant()).isEqualTo(clock.instant());
  }

  @Test
  void tick_ofNowAfterTheClockWentBack_isTaken() throws RefusedRow {
    TickReader reader = new TickReader(MarketCatalog.load(List.of()), steady);
    clock.advance(Duration.ofHours(-1));
    pass(Duration.ofSeconds(10));

    assertThat(
            reader
                .read(Map.of("symbol", "NIFTY50", "time", "2025-04-25T06:30:09Z", "price", "24500"))
                .observation()
                .millis())
        .isEqualTo(Instant.parse("2025-04-25T06:30:09Z").toEpochMilli());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
