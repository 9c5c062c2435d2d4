package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.EXPIRY;
import static io.strikegrid.server.live.LiveStore.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** More ticks of a minute than are kept of one. */
class FullMinuteTest {

  private static final int MOST = 1_000;
  private static final LiveConfig SMALL =
      new LiveConfig(Duration.ofSeconds(5), Duration.ZERO, Duration.ofDays(2), 64 << 20)
          .withObservations(MOST, MOST);

  /** The n-th of the last ten seconds of a minute: price and volume grow with n. */
  private static Observation tick(int minute, int n) {
    return Ticked.at(minute, 50 + n / 1_000.0)
        .price(1 + n)
        .oi(n)
        .volumeDay(minute * 10_000 + n)
        .made();
  }

  private static List<Observation> ticks(int minute, int from, int to) {
    List<Observation> ticks = new ArrayList<>();
    for (int n = from; n < to; n++) {
      ticks.add(tick(minute, n));
    }
    return ticks;
  }

  private static List<String> codes(LiveStore store) {
    return store.feed.samples().stream().map(Feed.Sample::code).distinct().toList();
  }

  /** Ticks that are kept among the refused ones as too many. */
  private static int kept(LiveStore store) {
    return store.refused.batches.stream()
        .filter(batch -> batch.code().equals("too_many_ticks"))
        .mapToInt(batch -> batch.ticks().size())
        .sum();
  }

  private static int refused(LiveStore store) {
    return store.feed.samples().stream()
        .filter(sample -> sample.code().equals("too_many_ticks"))
        .mapToInt(sample -> Integer.parseInt(sample.message().replaceFirst(" .*", "")))
        .sum();
  }

  @Test
  void fullerMinute_keepsTheFirstAndNamesHowManyItRefused() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      store.at(0, 52);
      store.offer(ticks(0, 0, 700));
      store.offer(ticks(0, 700, 1_100));
      store.offer(ticks(0, 1_100, 1_500));
      store.offer(ticks(1, 0, 5));
      store.at(2, 5);
      store.settle(0);
      assertThat(store.bars())
          .containsExactly(
              List.of(0L, MOST, 1.0, 1_000.0, 1.0, 1_000.0, 999.0, 999.0),
              List.of(1L, 5, 1.0, 5.0, 1.0, 5.0, 9_005.0, 4.0));
      assertThat(codes(store)).containsExactly("too_many_ticks");
      assertThat(refused(store)).isEqualTo(500);
      assertThat(store.feed.refused()).isEqualTo(2);
      assertThat(store.feed.samples().getFirst().message())
          .startsWith("100 ticks of NIFTY50 are refused")
          .contains("2025-04-22T03:45:00Z")
          .contains("no more than 1000 are kept");
      assertThat(store.receipts).hasValue(4);
      assertThat(kept(store)).isEqualTo(500);
    }
  }

  @Test
  void fullerMinute_whileItsRefusedTicksCannotBeKept_holdsTheirReceipts() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      store.at(0, 52);
      store.offer(ticks(0, 0, MOST));
      store.offer(ticks(0, MOST, 1_100));
      store.refused.failures.set(1);
      store.at(1, 5);
      store.settle(0);
      assertThat(kept(store)).isEqualTo(100);
      assertThat(store.receipts).hasValue(2);
      assertThat(store.live().state().failures()).isOne();
      assertThat(store.live().heldBytes()).isZero();
    }
  }

  @Test
  void fullMinute_sameTicksAfterARestart_changeAndRefuseNothing() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      store.at(0, 52);
      store.offer(ticks(0, 0, MOST));
      store.at(1, 5);
      store.settle(0);
      var versions = StoredRows.versions(store.database());
      store.restart();
      List<Observation> again = ticks(0, 0, MOST);
      Collections.reverse(again);
      store.offer(again);
      store.offer(again);
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(StoredRows.versions(store.database())).isEqualTo(versions);
      assertThat(store.feed.refused()).isZero();
    }
  }

  @Test
  void runningMinute_repeatsOfAFullMinute_takeNoRoom() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      store.at(0, 52);
      store.offer(ticks(0, 0, 600));
      store.offer(ticks(0, 0, 600));
      store.offer(ticks(0, 600, MOST));
      store.offer(ticks(0, 0, MOST));
      store.at(1, 5);
      store.settle(0);
      assertThat(store.bars())
          .containsExactly(List.of(0L, MOST, 1.0, 1_000.0, 1.0, 1_000.0, 999.0, 999.0));
      assertThat(store.feed.refused()).isZero();
      assertThat(store.live().heldBytes()).isZero();
    }
  }

  @Test
  void correctionsOfAFullMinute_areTakenWhileThereIsRoom() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      store.at(0, 52);
      store.offer(ticks(0, 0, 990));
      store.at(1, 5);
      store.settle(0);
      store.offer(ticks(0, 980, 1_020));
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(store.bars())
          .containsExactly(List.of(0L, MOST, 1.0, 1_000.0, 1.0, 1_000.0, 999.0, 999.0));
      assertThat(refused(store)).isEqualTo(20);
      store.offer(ticks(0, 1_020, 1_030));
      store.offer(ticks(0, 500, 510));
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(refused(store)).isEqualTo(30);
      assertThat(kept(store)).isEqualTo(30);
      assertThat(store.live().state().failures()).isZero();
    }
  }

  @Test
  void lateBatch_overFullMinutes_isCommittedInParts() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      store.at(19, 52);
      for (int minute = 0; minute < 20; minute++) {
        store.offer(ticks(minute, 0, 900));
      }
      store.at(21, 5);
      store.settle(0);
      long before = generation(store);
      store.restart();
      List<Observation> late = new ArrayList<>();
      for (int minute = 0; minute < 20; minute++) {
        late.addAll(ticks(minute, 900, 910));
      }
      store.offer(late);
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(store.bars()).hasSize(20).allMatch(row -> row.get(1).equals(910));
      assertThat(store.bars().getLast())
          .isEqualTo(List.of(19L, 910, 1.0, 910.0, 1.0, 910.0, 10_000.0, 909.0));
      assertThat(generation(store)).isEqualTo(before + 20);
      assertThat(store.feed.refused()).isZero();
    }
  }

  private static long generation(LiveStore store) {
    return store.generations.generation("NIFTY50", LiveStore.DAY);
  }

  @Test
  void lateTrade_beforeManyFullMinutesWithoutVolume_makesDropoutsOfAll() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      for (int minute = 1; minute < 8; minute++) {
        store.at(minute, 52);
        List<Observation> untraded = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
          untraded.add(Ticked.at(minute, 50 + n / 200.0).price(5).oi(n).volumeDay(0).made());
          untraded.add(Ticked.at(minute, 50 + n / 200.0).put().price(7).oi(n).volumeDay(0).made());
        }
        store.offer(untraded);
      }
      store.at(9, 5);
      store.settle(0);
      store.offer(List.of(Ticked.at(0, 30).price(6).oi(11).volumeDay(500).made()));
      store.clock.advance(Duration.ofMinutes(1));
      store.settle(0);
      assertThat(
              store.number(
                  "SELECT count(*) FROM fo_option_strike_bars WHERE put_count = 400 AND call_count"
                      + " = 0"))
          .isEqualTo(7);
    }
  }

  @Test
  void fullMinutes_ofTwoSymbols_areBothCommitted() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      var other = MarketCatalog.load(List.of()).find("BANKNIFTY").orElseThrow();
      store.at(0, 52);
      store.offer(ticks(0, 0, 1_200));
      List<Tick> ofOther = new ArrayList<>();
      ticks(0, 0, 1_200)
          .forEach(o -> ofOther.add(new Tick(other, SESSION, Optional.of(EXPIRY), o)));
      store.offerTicks(ofOther);
      store.at(1, 5);
      store.settle(0);
      assertThat(store.number("SELECT sum(call_count) FROM fo_option_strike_bars"))
          .isEqualTo(2 * MOST);
      assertThat(refused(store)).isEqualTo(400);
    }
  }

  @Test
  void minute_withMoreKeptThanIsRead_refusesWhatComesAndKeepsItsBars() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      store.at(0, 52);
      store.offer(ticks(0, 0, 10));
      store.at(1, 5);
      store.settle(0);
      ObservationLog much = new ObservationLog();
      ticks(0, 0, 5_000).forEach(much::add);
      store
          .database()
          .jdbi()
          .useHandle(
              h -> h.execute("UPDATE strikegrid.observation SET observations = ?", much.toBytes()));
      store.offer(ticks(0, 10, 15));
      store.offer(ticks(1, 0, 1));
      store.at(2, 5);
      store.settle(0);
      assertThat(store.bars()).extracting(row -> row.get(1)).containsExactly(10, 1);
      assertThat(refused(store)).isEqualTo(5);
      assertThat(kept(store)).isEqualTo(5);
      assertThat(store.live().state().failures()).isZero();
    }
  }

  @Test
  void running_dayWithMoreThanMayBeUnpacked_showsItsFirstMinutes() throws Exception {
    AtomicLong nanos = new AtomicLong();
    try (LiveStore store = new LiveStore(SMALL, nanos::get)) {
      store.at(0, 52);
      store.offer(ticks(0, 0, 5));
      store.at(1, 5);
      store.settle(0);
      store.at(1, 52);
      store.offer(ticks(1, 0, 600));
      assertThat(running(store)).isEqualTo(2);
      store.at(2, 3);
      List<Observation> next = new ArrayList<>();
      for (int n = 0; n < 600; n++) {
        next.add(Ticked.at(2, n / 1_000.0).price(5).made());
      }
      store.offer(next);
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(running(store)).isEqualTo(2);
    }
  }

  /** Buckets of the page with what runs. */
  private static int running(LiveStore store) {
    return store
        .live()
        .beside(LiveStore.NIFTY, store.loaded())
        .map(running -> running.page().buckets())
        .orElse(0);
  }

  @Test
  void underlyingAlone_countsToTheBound() throws Exception {
    try (LiveStore store = new LiveStore(SMALL)) {
      store.at(0, 52);
      store.offer(List.of(Ticked.at(0, 50).price(5).with(ObservationField.UNDERLYING, 0).made()));
      List<Tick> quotes = new ArrayList<>();
      for (int n = 0; n < 1_100; n++) {
        quotes.add(
            Tick.ofUnderlying(
                LiveStore.NIFTY, SESSION, SESSION.open() * 1_000 + 50L * n, 24_000 + n));
      }
      store.offerTicks(quotes);
      store.at(1, 5);
      store.settle(0);
      assertThat(store.number("SELECT underlying_close FROM fo_option_strike_bars"))
          .isEqualTo(24_998);
      assertThat(refused(store)).isEqualTo(101);
    }
  }
}
