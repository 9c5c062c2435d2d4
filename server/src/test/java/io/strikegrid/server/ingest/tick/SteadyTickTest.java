package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.platform.watch.SteadyClock;
import io.strikegrid.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Ticks by a clock that somebody sets back. */
final class SteadyTickTest {

  private final ManualClock clock = ManualClock.at("2025-04-25T06:30:00Z");
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SteadyClock steady = new SteadyClock(clock, nanos::get);

  @Test
  void tick_ofNowAfterTheClockWentBack_isTaken() throws RefusedRow {
    TickReader reader = new TickReader(MarketCatalog.load(List.of()), steady);
    clock.advance(Duration.ofHours(-1));
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(
            reader
                .read(Map.of("symbol", "NIFTY50", "time", "2025-04-25T06:30:09Z", "price", "24500"))
                .observation()
                .millis())
        .isEqualTo(Instant.parse("2025-04-25T06:30:09Z").toEpochMilli());
  }
}
