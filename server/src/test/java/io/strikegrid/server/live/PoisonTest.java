package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.EXPIRY;
import static io.strikegrid.server.live.LiveStore.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Ticks that no commit can take, and locks that others hold: who waits for them, and who does not.
 */
class PoisonTest {

  private static final double POISON = 666;
  private static final LocalDate NEXT = EXPIRY.plusDays(7);

  /** The store refuses bars of one strike, as a check of people's own may. */
  private static void refuseOneStrike(LiveStore store) {
    store
        .database()
        .jdbi()
        .useHandle(h -> {
          h.execute(
              "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                  + " $$ BEGIN RAISE EXCEPTION 'no strike %', NEW.strike; END $$");
          h.execute(
              "CREATE TRIGGER refuse BEFORE INSERT ON fo_option_strike_bars FOR EACH ROW"
                  + " WHEN (NEW.strike = 666) EXECUTE FUNCTION refuse()");
        });
  }

  private static List<Observation> tick(int minute, double strike, double price) {
    return List.of(Ticked.at(minute, 10).strike(strike).price(price).made());
  }

  private static List<List<Object>> bars(LiveStore store) {
    return StoredRows.all(
            store.database(),
            "SELECT (extract(epoch FROM bucket_time)::bigint - %d) / 60, expiry::text, strike, call_close FROM fo_option_strike_bars ORDER BY 1, 2, 3"
                .formatted(SESSION.open()))
        .stream()
        .map(row -> List.copyOf(row))
        .toList();
  }

  @Test
  void minutes_oneExpiryCannotBeCommitted_costsThatExpiryOfThatMinuteAlone() throws Exception {
    try (LiveStore store = new LiveStore()) {
      refuseOneStrike(store);
      store.at(2, 11);
      for (int minute = 0; minute < 3; minute++) {
        store.offer(EXPIRY, tick(minute, 24_000, 5 + minute));
        store.offer(NEXT, tick(minute, 24_000, 6 + minute));
      }
      store.offer(EXPIRY, tick(1, POISON, 1));
      store.at(3, 5);
      store.settle(0);
      assertThat(bars(store))
          .containsExactly(
              List.of(0L, EXPIRY.toString(), 24_000.0, 5.0),
              List.of(0L, NEXT.toString(), 24_000.0, 6.0),
              List.of(1L, NEXT.toString(), 24_000.0, 7.0),
              List.of(2L, EXPIRY.toString(), 24_000.0, 7.0),
              List.of(2L, NEXT.toString(), 24_000.0, 8.0));
      assertThat(store.refused.batches).hasSize(1);
      KeptTicks.Batch batch = store.refused.batches.getFirst();
      assertThat(batch.code()).isEqualTo("cannot_be_committed");
      assertThat(batch.message()).contains("no strike 666");
      assertThat(batch.ticks())
          .extracting(tick -> tick.observation().strike())
          .containsExactlyInAnyOrder(24_000.0, POISON);
      assertThat(store.live().state().parked()).isEqualTo(2);
      assertThat(store.live().state().trouble()).isEmpty();
      assertThat(store.receipts).hasValue(7);
    }
  }

  @Test
  void poison_cannotBeKeptEither_isNotAcknowledgedUntilItIs() throws Exception {
    try (LiveStore store = new LiveStore()) {
      refuseOneStrike(store);
      store.refused.failures.set(3);
      store.at(0, 11);
      store.offer(EXPIRY, tick(0, POISON, 1));
      store.at(1, 5);
      store.settle(0);
      assertThat(store.refused.failures).hasValue(0);
      assertThat(store.refused.batches).hasSize(1);
      assertThat(store.receipts).hasValue(1);
      assertThat(store.live().state().trouble()).isEmpty();
    }
  }

  @Test
  void newStrikes_beyondTheBound_areKeptAsideAndKnownOnesGoOn() throws Exception {
    try (LiveStore store = new LiveStore()) {
      store.at(0, 11);
      List<Observation> junk = new ArrayList<>();
      for (int strike = 1; strike <= 1_999; strike++) {
        junk.add(Ticked.at(0, 10).price(5).strike(strike).made());
      }
      store.offer(EXPIRY, junk);
      store.at(1, 11);
      store.settle(0);
      for (double strike : new double[] {1, 90_000, 91_000}) {
        store.offer(EXPIRY, tick(1, strike, 77));
      }
      store.at(2, 5);
      store.settle(0);
      assertThat(
              StoredRows.all(
                  store.database(),
                  "SELECT strike FROM fo_option_strike_bars WHERE call_close = 77 ORDER BY strike"))
          .containsExactly(List.of(1.0), List.of(90_000.0));
      assertThat(store.refused.batches).hasSize(1);
      assertThat(store.refused.batches.getFirst().code()).isEqualTo("too_many_strikes");
      assertThat(store.refused.batches.getFirst().ticks())
          .extracting(tick -> tick.observation().strike())
          .containsExactly(91_000.0);
    }
  }

  @Test
  void symbol_lockedByAnotherProcess_delaysNoOther() throws Exception {
    LiveConfig small =
        new LiveConfig(Duration.ofSeconds(5), Duration.ZERO, Duration.ofDays(2), 64 << 20)
            .withObservations(100, 100);
    try (LiveStore store = new LiveStore(small);
        var other = store.database().connection()) {
      other.setAutoCommit(false);
      other
          .createStatement()
          .execute("SELECT pg_advisory_xact_lock(hashtextextended('strikegrid NIFTY50', 0))");
      store.at(0, 10);
      List<Observation> many = new ArrayList<>();
      for (int n = 0; n < 100; n++) {
        many.add(Ticked.at(0, n / 10.0).price(5).made());
      }
      store.offer(EXPIRY, many);
      var bank = MarketCatalog.load(List.of()).find("BANKNIFTY").orElseThrow();
      List<Tick> ofOther = new ArrayList<>();
      many.forEach(o -> ofOther.add(new Tick(bank, SESSION, Optional.of(EXPIRY), o)));
      store.offerTicks(ofOther);
      store.at(1, 5);
      store.settle(1);
      assertThat(store.number("SELECT count(*) FROM fo_option_strike_bars")).isEqualTo(1);
      other.rollback();
      store.settle(0);
      assertThat(store.number("SELECT count(*) FROM fo_option_strike_bars")).isEqualTo(2);
    }
  }
}
