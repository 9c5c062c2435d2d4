package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.DAY;
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
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.pages.PageLoader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveTest {

  private static List<List<Object>> bars(LiveStore store) {
    return StoredRows.all(
            store.database(),
            "SELECT (extract(epoch FROM bucket_time)::bigint - %d) / 60, call_count, call_open, call_high, call_low, call_close, call_volume, call_oi_last FROM fo_option_strike_bars ORDER BY bucket_time"
                .formatted(SESSION.open()))
        .stream()
        .map(row -> List.copyOf(row))
        .toList();
  }

  private static double number(LiveStore store, String sql) {
    return StoredRows.number(store.database(), sql);
  }

  @Test
  void minute_clockPassesItsEndAndLateness_closesWithoutAnotherMessage() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(374, 20);
      store.offer(List.of(Ticked.at(374, 19).price(5).oi(10).volumeDay(75).made()));
      store.at(375, 4);
      Thread.sleep(100);
      assertThat(store.live().openMinutes()).isEqualTo(1);
      store.at(375, 5);
      store.settle(0);
      assertThat(number(store, "SELECT count(*) FROM fo_option_strike_bars")).isEqualTo(1);
      assertThat(store.receipts).hasValue(1);
    }
  }

  @Test
  void minute_olderFeed_closesByItsOwnEventsAndThenByTheTimeSince() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.clock.advance(Duration.ofDays(100));
      store.offer(List.of(Ticked.at(0, 10).price(5).oi(10).volumeDay(75).made()));
      store.offer(List.of(Ticked.at(1, 4.9).price(6).oi(11).volumeDay(150).made()));
      Thread.sleep(100);
      assertThat(store.live().openMinutes()).isEqualTo(2);
      store.offer(List.of(Ticked.at(1, 5).price(7).oi(12).volumeDay(225).made()));
      store.settle(1);
      store.clock.advance(Duration.ofSeconds(60));
      store.settle(0);
      assertThat(bars(store))
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
      assertThat(bars(store)).containsExactly(List.of(0L, 3, 7.0, 9.0, 7.0, 8.0, 300.0, 30.0));
    }
  }

  @Test
  void lateTick_afterARestart_correctsTheClosedBarExactly() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).oi(10).volumeDay(100).made()));
      store.at(1, 3);
      store.offer(List.of(Ticked.at(1, 2).price(6).oi(12).volumeDay(300).made()));
      store.at(2, 5);
      store.settle(0);
      long before = store.generations.generation("NIFTY50", DAY);
      store.restart();
      store.offer(List.of(Ticked.at(0, 50).price(9).oi(11).volumeDay(175).made()));
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(bars(store))
          .containsExactly(
              List.of(0L, 2, 5.0, 9.0, 5.0, 9.0, 175.0, 11.0),
              List.of(1L, 1, 6.0, 6.0, 6.0, 6.0, 125.0, 12.0));
      assertThat(number(store, "SELECT call_high FROM fo_option_strike_bars_5min")).isEqualTo(9);
      assertThat(number(store, "SELECT call_count FROM fo_option_strike_bars_15min")).isEqualTo(3);
      assertThat(number(store, "SELECT call_volume FROM fo_latest_snapshot")).isEqualTo(125);
      assertThat(
              number(store, "SELECT call_oi FROM fo_expiry_metrics ORDER BY bucket_time LIMIT 1"))
          .isEqualTo(11);
      assertThat(store.generations.generation("NIFTY50", DAY)).isGreaterThan(before);
      assertThat(page(store).at(Side.CALL, GridField.PRICE, 0, 0)).isEqualTo(9);
    }
  }

  @Test
  void sameTicks_afterARestart_changeNothing() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 21);
      var ticks =
          List.of(
              Ticked.at(0, 10).price(5).oi(10).volumeDay(100).made(),
              Ticked.at(0, 20).price(6).oi(11).volumeDay(200).made());
      store.offer(ticks);
      store.at(1, 5);
      store.settle(0);
      var versions = StoredRows.versions(store.database());
      store.restart();
      store.offer(ticks);
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(StoredRows.versions(store.database())).isEqualTo(versions);
      assertThat(store.receipts).hasValue(2);
      assertThat(number(store, "SELECT count(*) FROM strikegrid.observation")).isEqualTo(1);
    }
  }

  @Test
  void restart_inMidMinute_neverLeavesAPartInPlaceOfAWhole() throws Exception {
    try (LiveStore store = new LiveStore()) {
      var first = List.of(Ticked.at(0, 10).price(5).oi(10).volumeDay(100).made());
      var second = List.of(Ticked.at(0, 40).price(6).oi(11).volumeDay(200).made());
      store.at(0, 11);
      store.offer(first);
      store.restart();
      store.offer(first);
      store.at(0, 41);
      store.offer(second);
      store.at(1, 5);
      store.settle(0);
      store.restart();
      store.offer(second);
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(bars(store)).containsExactly(List.of(0L, 2, 5.0, 6.0, 5.0, 6.0, 200.0, 11.0));
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
      assertThat(number(store, "SELECT min(underlying_close) FROM fo_option_strike_bars"))
          .isEqualTo(24_020);
    }
  }

  @Test
  void lateTick_whereTheBarsObservationsAreGone_isRefusedAndTheBarStays() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).oi(10).volumeDay(100).made()));
      store.at(1, 5);
      store.settle(0);
      store.database().jdbi().useHandle(h -> h.execute("DELETE FROM strikegrid.observation"));
      store.restart();
      store.offer(List.of(Ticked.at(0, 50).price(9).oi(11).volumeDay(175).made()));
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(bars(store)).containsExactly(List.of(0L, 1, 5.0, 5.0, 5.0, 5.0, 100.0, 10.0));
      assertThat(store.feed.samples()).extracting(Feed.Sample::code).containsExactly("too_late");
      assertThat(store.receipts).hasValue(2);
    }
  }

  @Test
  void minute_expiryWithTooManyStrikes_losesThatExpiryAlone() throws Exception {
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
                  store.database(), "SELECT expiry::text, call_close FROM fo_option_strike_bars"))
          .containsExactly(List.of(EXPIRY.plusDays(7).toString(), 6.0));
      assertThat(store.feed.samples())
          .extracting(Feed.Sample::code)
          .containsExactly("too_many_strikes");
      assertThat(store.feed.samples().getFirst().message()).contains("2001 ticks are refused");
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
      assertThat(number(store, "SELECT count(*) FROM fo_option_strike_bars")).isEqualTo(1);
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
      assertThat(number(store, "SELECT call_count FROM fo_option_strike_bars")).isEqualTo(taken);
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
      while (store.live().state().failures() < 2) {
        Thread.sleep(5);
      }
      assertThat(store.live().state().trouble().orElseThrow()).contains("observation");
      assertThat(store.receipts).hasValue(0);
      rename(store, "hidden", "observation");
      store.settle(0);
      assertThat(store.live().state().trouble()).isEmpty();
      assertThat(store.receipts).hasValue(5);
      assertThat(bars(store))
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
      assertThat(number(store, "SELECT call_delta_avg - put_delta_avg FROM fo_option_strike_bars"))
          .isCloseTo(1, within(0.01));
      assertThat(number(store, "SELECT call_close FROM fo_option_strike_bars")).isEqualTo(130);
    }
  }

  @Test
  void lateTrade_beforeBarsWithoutVolume_makesThemDropouts() throws Exception {
    try (LiveStore store = new LiveStore()) {
      for (int minute = 1; minute < 3; minute++) {
        store.at(minute, 11);
        store.offer(
            List.of(
                Ticked.at(minute, 10).price(5).oi(10).volumeDay(0).made(),
                Ticked.at(minute, 10).put().price(7).oi(20).volumeDay(0).made()));
      }
      store.at(3, 5);
      store.settle(0);
      store.offer(List.of(Ticked.at(0, 30).price(6).oi(11).volumeDay(500).made()));
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(
              StoredRows.all(
                  store.database(),
                  "SELECT call_count, call_close, call_oi_last, put_count, put_close"
                      + " FROM fo_option_strike_bars ORDER BY bucket_time"))
          .containsExactly(
              Arrays.asList(1, 6.0, 11.0, 0, null),
              Arrays.asList(0, null, null, 1, 7.0),
              Arrays.asList(0, null, null, 1, 7.0));
      assertThat(number(store, "SELECT call_count FROM fo_option_strike_bars_5min")).isEqualTo(1);
    }
  }

  @Test
  void lateTick_ofAnotherExpiry_keepsTheStandInOfTheNearest() throws Exception {
    try (LiveStore store = new LiveStore()) {
      LocalDate next = EXPIRY.plusDays(7);
      store.at(0, 11);
      store.offer(EXPIRY, unquoted(0, 10, 24_000));
      store.offer(next, unquoted(0, 10, 24_030));
      store.at(1, 5);
      store.settle(0);
      List<?> before = underlyings(store);
      assertThat(before).hasSize(1);
      store.offer(next, unquoted(0, 40, 24_060));
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(underlyings(store)).isEqualTo(before);
      store.offer(EXPIRY, unquoted(0, 50, 24_010));
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(underlyings(store)).hasSize(1).isNotEqualTo(before);
    }
  }

  private static List<?> underlyings(LiveStore store) {
    return StoredRows.all(
        store.database(), "SELECT DISTINCT underlying_close FROM fo_option_strike_bars");
  }

  /** Three strikes around a forward, without a price of the underlying. */
  private static List<Observation> unquoted(int minute, int second, double forward) {
    List<Observation> seen = new ArrayList<>();
    for (double strike = 23_900; strike <= 24_100; strike += 100) {
      for (Side side : Side.values()) {
        double half = (forward - strike) / 2;
        double[] values =
            Ticked.at(minute, second)
                .price(200 + (side == Side.CALL ? half : -half))
                .with(ObservationField.UNDERLYING, Double.NaN)
                .made()
                .values();
        long millis = Ticked.at(minute, second).made().millis();
        seen.add(new Observation(strike, side, millis, millis / 1000, 0, values));
      }
    }
    return seen;
  }

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
      while (store.live().state().failures() < 1) {
        Thread.sleep(5);
      }
      rename(store, "hidden", "observation");
      store.settle(0);
      assertThat(bars(store)).extracting(row -> row.get(0)).containsExactly(0L);
      assertThat(simulator.refused()).isEqualTo(1);
    }
  }

  @Test
  void observations_writtenLongAgo_areForgotten() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).made()));
      store.at(1, 5);
      store.settle(0);
      store
          .database()
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "UPDATE strikegrid.observation SET written_at = now() - interval '49 hours'"));
      store.clock.advance(Duration.ofHours(2));
      for (int n = 0; n < 100 && observations(store) > 0; n++) {
        Thread.sleep(20);
      }
      assertThat(observations(store)).isZero();
    }
  }

  private static double observations(LiveStore store) {
    return number(store, "SELECT count(*) FROM strikegrid.observation");
  }

  @Test
  void running_minuteIsShownBesideThePage_andIsNotInIt() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      store.offer(List.of(Ticked.at(0, 10).price(5).oi(10).volumeDay(100).made()));
      store.at(1, 5);
      store.settle(0);
      store.offer(List.of(Ticked.at(1, 4).price(6).oi(12).volumeDay(150).made()));
      PageLoader.Loaded loaded = store.pages.get(key(), SESSION);
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
      assertThat(store.live().beside(NIFTY, store.pages.get(key(), SESSION))).isEmpty();
    }
  }

  private static PageKey key() {
    return new PageKey("NIFTY50", EXPIRY, Timeframe.MIN1, DAY);
  }

  private static GridPage page(LiveStore store) {
    return store.pages.get(key(), SESSION).page();
  }
}
