package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.testkit.ManualClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generations and pages while one thread writes and others read. */
final class PagesStressTest {

  private static final int READERS = 4;
  private static final int MINUTES = 40;

  private record Seen(PageKey key, long generation, int buckets) {}

  private static List<Seen> read(
      Pages pages, Generations generations, AtomicBoolean isOver, int reader) {
    List<Seen> seen = new ArrayList<>();
    long newest = 0;
    for (int i = 0; !isOver.get() || i == 0; i++) {
      LocalDate expiry = SeededDay.EXPIRIES.get((reader + i) % SeededDay.EXPIRIES.size());
      PageKey key = new PageKey("NIFTY50", expiry, Timeframe.MIN1, SeededDay.DAY);
      long known = generations.generation(key.symbol(), key.day());
      assertThat(known).isGreaterThanOrEqualTo(newest);
      newest = known;
      PageLoader.Loaded loaded = pages.get(key, SeededDay.SESSION);
      assertThat(loaded.generation()).isGreaterThanOrEqualTo(known);
      try (Admission.Permit _ = pages.hold(loaded)) {
        seen.add(new Seen(key, loaded.generation(), loaded.page().buckets()));
      }
    }
    return seen;
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 10, 100 << 20})
  void get_whileOneWrites_isNeverOlderThanKnownAndOneStateOfEachGeneration(int cacheBytes)
      throws Exception {
    SeededDay day = SeededDay.random();
    Admission admission = new Admission(64 << 20);
    AtomicBoolean isOver = new AtomicBoolean();
    List<Seen> all = new ArrayList<>();
    try (TestDatabase store = TestDatabase.create();
        Generations generations = new Generations(store.database());
        Pages pages =
            new Pages(new PageLoader(store.database()), generations, cacheBytes, admission);
        ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      DayCommit commit =
          new DayCommit(
              store.database(),
              ManualClock.at("2025-04-22T12:00:00Z"),
              change -> {
                pages.accept(change);
                generations.accept(change.row());
              });
      List<Future<List<Seen>>> reading = new ArrayList<>();
      try {
        for (int reader = 0; reader < READERS; reader++) {
          int number = reader;
          reading.add(readers.submit(() -> read(pages, generations, isOver, number)));
        }
        for (int minute = 0; minute < MINUTES; minute++) {
          int now = minute;
          day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) == now);
        }
      } finally {
        isOver.set(true);
      }
      for (Future<List<Seen>> one : reading) {
        all.addAll(one.get(60, TimeUnit.SECONDS));
      }
    }
    Map<List<Object>, Integer> states = new HashMap<>();
    for (Seen one : all) {
      Integer before = states.putIfAbsent(List.of(one.key, one.generation), one.buckets);
      assertThat(before == null || before == one.buckets)
          .as("%s at %d, seed %d", one.key, one.generation, day.seed())
          .isTrue();
    }
    assertThat(admission.used()).as("seed %d", day.seed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void accept_fromManyThreads_endsAtTheNewestAndTellsOfIt(int seed) throws Exception {
    LocalDate date = LocalDate.of(2025, 4, 22);
    Map<Long, Boolean> told = new ConcurrentHashMap<>();
    try (TestDatabase store = TestDatabase.create();
        Generations generations = new Generations(store.database());
        ExecutorService writers = Executors.newFixedThreadPool(READERS)) {
      generations.onChange(row -> told.put(row.version(), true));
      List<Future<?>> writing = new ArrayList<>();
      for (int writer = 0; writer < READERS; writer++) {
        int first = 1 + (writer + seed) % READERS;
        writing.add(
            writers.submit(() -> {
              for (long version = first; version <= 1_000; version += READERS) {
                generations.accept(
                    new GenerationStore.Row("STRESS", date, version, version, true, false));
                assertThat(generations.generation("STRESS", date)).isGreaterThanOrEqualTo(version);
              }
            }));
      }
      for (Future<?> one : writing) {
        one.get(60, TimeUnit.SECONDS);
      }
      assertThat(generations.generation("STRESS", date)).isEqualTo(1_000);
      assertThat(told).containsKey(1_000L);
    }
  }
}
