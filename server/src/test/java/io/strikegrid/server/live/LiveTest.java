package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.EXPIRY;
import static io.strikegrid.server.live.LiveStore.NIFTY;
import static io.strikegrid.server.live.LiveStore.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveTest {

  @Test
  void minute_clockPassesItsEndAndLateness_closesWithoutAnotherMessage() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(374, 20);
      store.offer(List.of(Ticked.at(374, 19).price(5).oi(10).volumeDay(75).made()));
      store.at(375, 4);
      store.awaitLook();
      assertThat(store.live().openMinutes()).isEqualTo(1);
      store.at(375, 5);
      store.settle(0);
      assertThat(store.number("SELECT count(*) FROM fo_option_strike_bars")).isEqualTo(1);
      assertThat(store.receipts).hasValue(1);
    }
  }

  @Test
  void minute_olderFeed_closesByItsOwnEventsAndThenByTheTimeSince() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.clock.advance(Duration.ofDays(100));
      store.offer(List.of(Ticked.at(0, 10).price(5).oi(10).volumeDay(75).made()));
      store.offer(List.of(Ticked.at(1, 4.9).price(6).oi(11).volumeDay(150).made()));
      store.awaitLook();
      assertThat(store.live().openMinutes()).isEqualTo(2);
      store.offer(List.of(Ticked.at(1, 5).price(7).oi(12).volumeDay(225).made()));
      store.settle(1);
      store.clock.advance(Duration.ofSeconds(60));
      store.settle(0);
      assertThat(store.bars())
          .containsExactly(
              List.of(0L, 1, 5.0, 5.0, 5.0, 5.0, 75.0, 10.0),
              List.of(1L, 2, 6.0, 7.0, 6.0, 7.0, 150.0, 12.0));
    }
  }

  @Test
  void bar_ticksInAnyOrder_takesFirstAndLastByEventTime() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 31);
      store.offer(
          List.of(
              Ticked.at(0, 30.002).price(8).oi(30).volumeDay(300).made(),
              Ticked.at(0, 30.001).price(9).oi(20).volumeDay(200).made(),
              Ticked.at(0, 1).price(7).oi(10).volumeDay(100).made(),
              Ticked.at(0, 30.002).price(8).oi(30).volumeDay(300).made()));
      store.at(1, 5);
      store.settle(0);
      assertThat(store.bars()).containsExactly(List.of(0L, 3, 7.0, 9.0, 7.0, 8.0, 300.0, 30.0));
    }
  }

  @Test
  void underlyingAlone_countsForEveryExpiry() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      var contract = Ticked.at(0, 10).price(5).with(ObservationField.UNDERLYING, Double.NaN).made();
      store.offer(EXPIRY, List.of(contract));
      store.offer(EXPIRY.plusDays(7), List.of(contract));
      store.offerTicks(List.of(Tick.ofUnderlying(NIFTY, SESSION, contract.millis() + 1, 24_010.5)));
      store.at(1, 5);
      store.settle(0);
      assertThat(
              StoredRows.all(
                  store.database(),
                  "SELECT underlying_close, underlying_source FROM fo_option_strike_bars"))
          .hasSize(2)
          .allMatch(row -> row.equals(List.of(24_010.5, "quoted")));
      store.offerTicks(List.of(Tick.ofUnderlying(NIFTY, SESSION, contract.millis() + 2, 24_020)));
      store.settle(0);
      assertThat(store.number("SELECT min(underlying_close) FROM fo_option_strike_bars"))
          .isEqualTo(24_020);
    }
  }

  @Test
  void minute_expiryWithTooManyStrikes_losesTheLastOnesAlone() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      List<Observation> many = new ArrayList<>();
      for (int strike = 1; strike <= 2001; strike++) {
        many.add(Ticked.at(0, 10).price(5).strike(strike).made());
      }
      store.offer(EXPIRY, many);
      store.offer(EXPIRY.plusDays(7), List.of(Ticked.at(0, 10).price(6).made()));
      store.at(1, 5);
      store.settle(0);
      assertThat(
              StoredRows.all(
                  store.database(),
                  "SELECT expiry::text, count(*)::int, max(strike) FROM fo_option_strike_bars GROUP"
                      + " BY 1 ORDER BY 1"))
          .containsExactly(
              List.of(EXPIRY.toString(), 2000, 2000.0),
              List.of(EXPIRY.plusDays(7).toString(), 1, 24_000.0));
      assertThat(store.feed.samples())
          .extracting(Feed.Sample::code)
          .containsExactly("too_many_strikes");
      assertThat(store.feed.samples().getFirst().message()).contains("1 ticks are refused");
      assertThat(store.receipts).hasValue(2);
    }
  }

  @Test
  void simulatedTicks_onARealDay_areRefused() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).made()));
      store.at(1, 5);
      store.settle(0);
      store.at(1, 11);
      Feed simulator = new Feed("simulator", Provenance.SIMULATED);
      Receipt receipt = new Receipt(store.receipts::incrementAndGet);
      store
          .live()
          .offer(
              simulator,
              LiveStore.ticks(EXPIRY, List.of(Ticked.at(1, 10).price(99).made())),
              receipt);
      receipt.release();
      store.at(2, 5);
      store.settle(0);
      assertThat(store.number("SELECT count(*) FROM fo_option_strike_bars")).isEqualTo(1);
      assertThat(simulator.samples())
          .extracting(Feed.Sample::code)
          .containsExactly("mixed_provenance");
      assertThat(store.receipts).hasValue(2);
    }
  }

  @Test
  void offer_memoryIsFull_takesNothingUntilMinutesAreCommitted() throws Exception {
    LiveConfig small =
        new LiveConfig(Duration.ofSeconds(5), Duration.ZERO, Duration.ofDays(2), 1 << 20);
    try (LiveStore store = new LiveStore(small)) {
      store.at(0, 2);
      int taken = 0;
      while (store.offer(List.of(Ticked.at(0, taken / 1000.0).price(5 + taken).made()))) {
        taken++;
      }
      assertThat(store.receipts.get()).isEqualTo(1);
      store.at(1, 5);
      store.settle(0);
      assertThat(store.live().heldBytes()).isZero();
      assertThat(store.number("SELECT call_count FROM fo_option_strike_bars")).isEqualTo(taken);
      assertThat(store.offer(List.of(Ticked.at(1, 1).price(1).made()))).isTrue();
    }
  }

  @Test
  void minutes_whileTheStoreFails_waitInOrderAndAreCommittedLater() throws Exception {
    try (LiveStore store = new LiveStore()) {
      rename(store, "observation", "hidden");
      for (int minute = 0; minute < 5; minute++) {
        store.at(minute, 11);
        store.offer(
            List.of(
                Ticked.at(minute, 10)
                    .price(5 + minute)
                    .oi(10)
                    .volumeDay(75 * (minute + 1))
                    .made()));
      }
      store.at(5, 5);
      Await.until("two failures", () -> store.live().state().failures() >= 2);
      assertThat(store.live().state().trouble().orElseThrow()).contains("observation");
      assertThat(store.receipts).hasValue(0);
      rename(store, "hidden", "observation");
      store.settle(0);
      assertThat(store.live().state().trouble()).isEmpty();
      assertThat(store.receipts).hasValue(5);
      assertThat(store.bars())
          .extracting(row -> row.get(0), row -> row.get(5), row -> row.get(6))
          .containsExactly(
              tuple(0L, 5.0, 75.0),
              tuple(1L, 6.0, 75.0),
              tuple(2L, 7.0, 75.0),
              tuple(3L, 8.0, 75.0),
              tuple(4L, 9.0, 75.0));
    }
  }

  private static void rename(LiveStore store, String from, String to) {
    store
        .database()
        .jdbi()
        .useHandle(h -> h.execute("ALTER TABLE strikegrid." + from + " RENAME TO " + to));
  }

  @Test
  void bar_ofTicksWithoutGreeks_hasIvAndEveryGreekOfItsSide() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      store.offer(
          List.of(
              Ticked.at(0, 10).price(130).with(ObservationField.BID, 129).made(),
              Ticked.at(0, 10).put().price(95).made()));
      store.at(1, 5);
      store.settle(0);
      for (String side : List.of("call", "put")) {
        List<?> row =
            StoredRows.all(
                    store.database(),
                    "SELECT %1$s_iv_avg, %1$s_delta_avg, %1$s_gamma_avg, %1$s_theta_avg, %1$s_vega_avg, %1$s_rho_avg FROM fo_option_strike_bars"
                        .formatted(side))
                .getFirst();
        assertThat(row).as(side).allMatch(value -> value instanceof Double d && d != 0);
      }
      assertThat(store.number("SELECT call_delta_avg - put_delta_avg FROM fo_option_strike_bars"))
          .isCloseTo(1, within(0.01));
      assertThat(store.number("SELECT call_close FROM fo_option_strike_bars")).isEqualTo(130);
    }
  }

  /** Three strikes around a forward, without a price of the underlying. */
  @Test
  void minutes_ofBothKinds_areNeverCommittedAsOne() throws Exception {
    try (LiveStore store = new LiveStore()) {
      rename(store, "observation", "hidden");
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).oi(1).volumeDay(75).made()));
      Feed simulator = new Feed("simulator", Provenance.SIMULATED);
      store.at(1, 11);
      store
          .live()
          .offer(
              simulator,
              LiveStore.ticks(EXPIRY, List.of(Ticked.at(1, 10).price(9).made())),
              new Receipt(() -> {}));
      store.at(2, 5);
      Await.until("a failure", () -> store.live().state().failures() >= 1);
      rename(store, "hidden", "observation");
      store.settle(0);
      assertThat(store.bars()).extracting(row -> row.get(0)).containsExactly(0L);
      assertThat(simulator.refused()).isEqualTo(1);
    }
  }

  @Test
  void running_minuteIsShownBesideThePage_andIsNotInIt() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).oi(10).volumeDay(100).made()));
      store.at(1, 5);
      store.settle(0);
      store.offer(List.of(Ticked.at(1, 4).price(6).oi(12).volumeDay(150).made()));
      PageLoader.Loaded loaded = store.loaded();
      Optional<RunningMinutes.Running> running = store.live().beside(NIFTY, loaded);
      assertThat(loaded.page().buckets()).isEqualTo(1);
      assertThat(running).isPresent();
      GridPage page = running.get().page();
      assertThat(running.get().first()).isEqualTo(1);
      assertThat(page.buckets()).isEqualTo(2);
      assertThat(page.at(Side.CALL, GridField.PRICE, 0, 0)).isEqualTo(5);
      assertThat(page.at(Side.CALL, GridField.PRICE, 1, 0)).isEqualTo(6);
      assertThat(page.at(Side.CALL, GridField.VOLUME, 1, 0)).isEqualTo(50);
      store.at(2, 5);
      store.settle(0);
      assertThat(store.live().beside(NIFTY, store.loaded())).isEmpty();
    }
  }
}
