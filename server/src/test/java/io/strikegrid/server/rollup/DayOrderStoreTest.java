package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.day.DaySample;
import io.strikegrid.engine.day.RandomDay;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.StoredRows;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.store.MinuteKey;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A day's tables are the same however it is cut into commits, and in whatever order those come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DayOrderStoreTest {

  private static final int FEW = 6;
  private static final int MANY = 100;
  private static final int MOST_PIECES = 5;
  private static final int MANY_TICKS = 100_000;
  private static final Room ROOM =
      new Room() {
        @Override
        public <T> T with(long observations, Work<T> work) throws SQLException {
          return work.done();
        }
      };

  private final TestDatabase whole = TestDatabase.create();
  private final TestDatabase pieces = TestDatabase.create();

  @AfterAll
  void close() {
    whole.close();
    pieces.close();
  }

  @Test
  void commit_aFewDaysInPieces_makesTheSameTables() {
    for (int seed = 0; seed < FEW; seed++) {
      assertSame(seed);
    }
  }

  @Test
  @Tag("slow")
  void commit_manyDaysInPieces_makesTheSameTables() {
    for (int seed = FEW; seed < MANY; seed++) {
      assertSame(seed);
    }
  }

  private void assertSame(long seed) {
    whole.clear();
    pieces.clear();
    RandomDay day = new RandomDay(new Random(seed));
    Writer atOnce = new Writer(whole);
    day.imports(1).forEach(atOnce::bars);
    day.ticks(1).forEach(atOnce::ticks);
    Random random = new Random(~seed);
    Writer oneByOne = new Writer(pieces);
    List<Runnable> bars = new ArrayList<>();
    day.imports(1 + random.nextInt(MOST_PIECES)).forEach(of -> bars.add(() -> oneByOne.bars(of)));
    List<Runnable> ticks = new ArrayList<>();
    day.ticks(1 + random.nextInt(MOST_PIECES)).forEach(of -> ticks.add(() -> oneByOne.ticks(of)));
    Collections.shuffle(bars, random);
    Collections.shuffle(ticks, random);
    bars.addAll(ticks);
    for (Runnable commit : bars) {
      commit.run();
      if (random.nextInt(4) == 0) {
        oneByOne.restart();
      }
    }
    try {
      StoredRows.assertEqual(whole.database(), pieces.database());
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** Commits into one store. */
  private static final class Writer {
    private final TestDatabase store;
    private DayCommit commit;

    private Writer(TestDatabase store) {
      this.store = store;
      this.commit = SeededDay.commit(store.database());
    }

    private void restart() {
      commit = SeededDay.commit(store.database());
    }

    private void bars(Map<LocalDate, List<Observation>> bars) {
      commit.commit(
          DaySample.underlying(),
          DaySample.SESSION,
          Provenance.IMPORTED,
          new ObservedDay(bars, true, DaySample.SESSION.close()));
    }

    private void ticks(Map<LocalDate, List<Observation>> ticks) {
      Map<Long, Map<LocalDate, ObservationLog>> logs = new TreeMap<>();
      ticks.forEach((expiry, of) ->
          of.forEach(o ->
              logs.computeIfAbsent(Timeframe.MIN1.floor(o.time()), m -> new TreeMap<>())
                  .computeIfAbsent(expiry, e -> new ObservationLog())
                  .add(o)));
      List<MinuteTicks> came = new ArrayList<>();
      logs.forEach((minute, of) ->
          of.forEach((expiry, log) ->
              came.add(new MinuteTicks(new MinuteKey(minute, Optional.of(expiry)), log))));
      commit.commitTicks(
          DaySample.underlying(),
          DaySample.SESSION,
          Provenance.LIVE,
          new TickWork(came, Set.of(), MANY_TICKS, MANY_TICKS),
          ROOM);
    }
  }
}
