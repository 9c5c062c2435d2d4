package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.NIFTY;
import static io.strikegrid.server.live.LiveStore.SESSION;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.ObservedDay;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.testkit.ManualClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day that comes tick by tick, out of order, gives the bars of its plain import. */
class ReplayedDayTest {

  private static final int MINUTES = 40;
  private static final int LATENESS_MILLIS = 5_000;

  private record Arrival(long at, Tick tick) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ticks_shuffledRepeatedAndLate_giveTheBarsOfTheImport(long seed) throws Exception {
    Map<LocalDate, List<Observation>> seen = SeededDay.messy(seed, MINUTES);
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>();
    seen.forEach((expiry, all) -> {
      for (Tick tick : LiveStore.ticks(expiry, all)) {
        long millis = tick.observation().millis();
        boolean isLate = random.nextInt(200) == 0;
        long delay = isLate ? 60_000 + random.nextInt(900_000) : random.nextInt(LATENESS_MILLIS);
        arrivals.add(new Arrival(millis + delay, tick));
        if (random.nextInt(100) == 0) {
          arrivals.add(new Arrival(millis + random.nextInt(LATENESS_MILLIS), tick));
        }
      }
    });
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    try (LiveStore live = new LiveStore();
        TestDatabase imported = TestDatabase.create()) {
      new DayCommit(imported.database(), ManualClock.at("2025-04-22T12:00:00Z"), change -> {})
          .commit(
              NIFTY, SESSION, Provenance.IMPORTED, new ObservedDay(seen, false, SESSION.close()));
      live.clock.advance(Duration.ofDays(200));
      play(live, arrivals, random);
      StoredRows.assertEqualBars(imported.database(), live.database());
    }
  }

  /** Hands ticks in by the dozen, at random moments. */
  private static void play(LiveStore live, List<Arrival> arrivals, Random random)
      throws InterruptedException {
    int at = 0;
    while (at < arrivals.size()) {
      int to = Math.min(arrivals.size(), at + 1 + random.nextInt(300));
      live.offerTicks(arrivals.subList(at, to).stream().map(Arrival::tick).toList());
      at = to;
      Thread.sleep(random.nextInt(20));
      if (random.nextInt(40) == 0) {
        live.clock.advance(Duration.ofSeconds(1));
      }
    }
    live.clock.advance(Duration.ofMinutes(2));
    live.settle(0);
  }
}
