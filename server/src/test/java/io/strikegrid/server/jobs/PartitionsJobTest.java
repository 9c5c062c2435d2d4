package io.strikegrid.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.testkit.ManualClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PartitionsJobTest {

  private final TestDatabase store = TestDatabase.create();
  private final MarketCatalog markets = MarketCatalog.load(List.of());
  private final Jobs jobs =
      new Jobs(
          store.database(),
          List.of(
              new PartitionsJob(
                  store.database(), markets::find, ManualClock.at("2025-04-17T06:30:00Z"))),
          ManualClock.at("2025-04-17T06:30:00Z"));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void run_withoutData_makesNone() {
    assertThat(jobs.run("partitions").message()).isEqualTo("no symbol has bars yet");
    assertThat(partitions()).isZero();
  }

  @Test
  void run_symbolWithBars_makesThoseOfTheComingSessionsOnce() {
    store
        .database()
        .jdbi()
        .useHandle(h ->
            h.execute(
                "INSERT INTO strikegrid.generation VALUES ('NIFTY50', '2025-04-16', 1, true, false)"));

    assertThat(jobs.run("partitions").message())
        .isEqualTo("made 5 partitions; there are those of every session until 2025-04-24");
    assertThat(jobs.run("partitions").message()).startsWith("made 0 partitions");
    assertThat(partitions()).isEqualTo(5);
    assertThat(
            StoredRows.number(
                store.database(),
                "SELECT count(*) FROM pg_class WHERE relname IN"
                    + " ('fo_option_strike_bars_p20250418', 'fo_option_strike_bars_p20250419')"))
        .isZero();
  }

  private double partitions() {
    return StoredRows.number(
        store.database(),
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'fo_option_strike_bars'::regclass");
  }
}
