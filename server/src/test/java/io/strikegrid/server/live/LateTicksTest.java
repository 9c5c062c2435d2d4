package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.DAY;
import static io.strikegrid.server.live.LiveStore.EXPIRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.StoredRows;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes after its minute was closed, or comes again. */
class LateTicksTest {
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
      assertThat(store.bars())
          .containsExactly(
              List.of(0L, 2, 5.0, 9.0, 5.0, 9.0, 175.0, 11.0),
              List.of(1L, 1, 6.0, 6.0, 6.0, 6.0, 125.0, 12.0));
      assertThat(store.number("SELECT call_high FROM fo_option_strike_bars_5min")).isEqualTo(9);
      assertThat(store.number("SELECT call_count FROM fo_option_strike_bars_15min")).isEqualTo(3);
      assertThat(store.number("SELECT call_volume FROM fo_latest_snapshot")).isEqualTo(125);
      assertThat(store.number("SELECT call_oi FROM fo_expiry_metrics ORDER BY bucket_time LIMIT 1"))
          .isEqualTo(11);
      assertThat(store.generations.generation("NIFTY50", DAY)).isGreaterThan(before);
      assertThat(store.loaded().page().at(Side.CALL, GridField.PRICE, 0, 0)).isEqualTo(9);
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
      assertThat(store.number("SELECT count(*) FROM strikegrid.observation")).isEqualTo(1);
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
      assertThat(store.bars()).containsExactly(List.of(0L, 2, 5.0, 6.0, 5.0, 6.0, 200.0, 11.0));
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
      assertThat(store.bars()).containsExactly(List.of(0L, 1, 5.0, 5.0, 5.0, 5.0, 100.0, 10.0));
      assertThat(store.feed.samples()).extracting(Feed.Sample::code).containsExactly("too_late");
      assertThat(store.receipts).hasValue(2);
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
      assertThat(store.number("SELECT call_count FROM fo_option_strike_bars_5min")).isEqualTo(1);
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
}
