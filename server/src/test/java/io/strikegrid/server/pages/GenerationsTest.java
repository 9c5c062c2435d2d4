package io.strikegrid.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.server.store.GenerationStore;
import io.strikegrid.testkit.Await;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerationsTest {

  private static final int READERS = 32;
  private static final PageKey KEY =
      new PageKey("NIFTY50", SeededDay.EXPIRIES.getFirst(), Timeframe.MIN5, SeededDay.DAY);

  private final TestDatabase store = TestDatabase.create();
  private final Generations generations = new Generations(store.database());
  private final Pages pages = new Pages(new PageLoader(store.database()), generations, 100 << 20);
  private final DayCommit commit = SeededDay.commit(store.database(), generations::accept);
  private final SeededDay day = SeededDay.random();

  @AfterEach
  void close() {
    pages.close();
    generations.close();
    store.close();
  }

  private PageLoader.Loaded get() {
    return pages.get(KEY, SeededDay.SESSION);
  }

  private void write(DayCommit by, int from, int to) {
    day.write(
        by, Provenance.IMPORTED, o -> SeededDay.minute(o) >= from && SeededDay.minute(o) < to);
  }

  @Test
  void get_rightAfterACommitOfThisProcess_isTheNewPage() {
    for (int minute = 3; minute < 13; minute++) {
      write(commit, minute, minute + 1);
      PageLoader.Loaded loaded = get();
      assertThat(loaded.generation()).as("seed %d", day.seed()).isEqualTo(minute - 2);
      assertThat(loaded.page().buckets()).as("seed %d", day.seed()).isEqualTo(minute / 5 + 1);
    }
  }

  @Test
  void get_soonAfterACommitOfAnotherProcess_isTheNewPage() throws InterruptedException {
    write(commit, 3, 13);
    assertThat(get().generation()).isEqualTo(1);
    write(SeededDay.commit(store.another()), 13, 23);
    Await.until("the new page is given", () -> get().generation() == 2);
    assertThat(get().generation()).as("seed %d", day.seed()).isEqualTo(2);
    assertThat(get().page().buckets()).as("seed %d", day.seed()).isEqualTo(5);
  }

  @Test
  void get_nothingNew_isTheSamePage() {
    write(commit, 3, 13);
    PageLoader.Loaded first = get();
    write(commit, 3, 13);
    assertThat(get()).isSameAs(first);
  }

  @Test
  void get_coldPageByManyAtOnce_loadsItOnce() throws Exception {
    write(commit, 3, 23);
    assertThat(atOnce()).hasSize(1);
    // counted after those who wait for it have it
    Await.until("it is counted", () -> pages.stats().loadCount() > 0);
    assertThat(pages.stats().loadCount()).isEqualTo(1);
  }

  @Test
  void get_stalePageByManyAtOnce_loadsItOnceMore() throws Exception {
    write(commit, 3, 13);
    PageLoader.Loaded old = get();
    write(commit, 13, 23);
    Set<PageLoader.Loaded> loaded = atOnce();
    assertThat(loaded).hasSize(1).doesNotContain(old);
    assertThat(loaded).allMatch(l -> l.generation() == 2);
  }

  private Set<PageLoader.Loaded> atOnce() throws Exception {
    Set<PageLoader.Loaded> loaded = Collections.newSetFromMap(new IdentityHashMap<>());
    CyclicBarrier together = new CyclicBarrier(READERS);
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<PageLoader.Loaded>> answers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        answers.add(
            readers.submit(() -> {
              together.await();
              return get();
            }));
      }
      for (Future<PageLoader.Loaded> answer : answers) {
        loaded.add(answer.get());
      }
    }
    return loaded;
  }

  @Test
  void get_whileAnotherThreadCommits_neverGoesBack() throws Exception {
    try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
      Future<?> writing =
          writer.submit(() -> {
            for (int minute = 3; minute < 33; minute++) {
              write(commit, minute, minute + 1);
            }
          });
      long before = 0;
      while (!writing.isDone()) {
        long known = generations.generation("NIFTY50", SeededDay.DAY);
        long shown = get().generation();
        assertThat(shown).isGreaterThanOrEqualTo(Math.max(known, before));
        before = shown;
      }
      writing.get();
    }
    assertThat(get().generation()).as("seed %d", day.seed()).isEqualTo(30);
  }

  @Test
  void notification_ofWhatIsNotSo_changesNothing() {
    write(commit, 3, 13);
    notify("2025-04-22|999999|999999|false|true|NIFTY50");
    notify("2025-04-22|5|5|true|false|NOBODY");
    for (int i = 0; i < 300; i++) {
      notify("2025-04-22|5|5|true|false|NOBODY" + i);
    }

    write(SeededDay.commit(store.another()), 13, 23); // what was told before it is known with it
    Await.until("the commit is known", () -> generations.generation("NIFTY50", SeededDay.DAY) > 1);

    assertThat(generations.find("NIFTY50", SeededDay.DAY))
        .contains(new GenerationStore.Row("NIFTY50", SeededDay.DAY, 2, 2, true, false));
    assertThat(generations.symbols()).containsExactly("NIFTY50");
    assertThat(get().generation()).isEqualTo(2);
    assertThat(pages.isNewest(get())).isTrue();
  }

  private void notify(String text) {
    store
        .database()
        .jdbi()
        .useHandle(h -> h.execute("SELECT pg_notify(?, ?)", GenerationStore.CHANNEL, text));
  }

  @Test
  void accept_olderGeneration_isIgnored() {
    LocalDate date = SeededDay.DAY;
    generations.accept(new GenerationStore.Row("NIFTY50", date, 5, 5, true, false));
    generations.accept(new GenerationStore.Row("NIFTY50", date, 4, 4, false, false));
    assertThat(generations.generation("NIFTY50", date)).isEqualTo(5);
    assertThat(generations.barDays("NIFTY50")).containsExactly(date);
  }

  @Test
  void told_whatABumpNotifies_isTheRow() {
    assertThat(GenerationStore.told("2025-04-22|7|9|true|false|NIFTY50"))
        .contains(new GenerationStore.Row("NIFTY50", LocalDate.of(2025, 4, 22), 7, 9, true, false));
    assertThat(GenerationStore.told("2025-04-22|7|9|false|true|A|B"))
        .contains(new GenerationStore.Row("A|B", LocalDate.of(2025, 4, 22), 7, 9, false, true));
    assertThat(GenerationStore.told("NIFTY50|2025-04-22|7")).isEmpty();
    assertThat(GenerationStore.told("x|7|9|true|false|NIFTY50")).isEmpty();
  }

  @Test
  void onChange_commitOfAnotherProcess_isToldOnceTheTableSaysSo() throws InterruptedException {
    List<GenerationStore.Row> told = Collections.synchronizedList(new ArrayList<>());
    generations.onChange(told::add);
    write(SeededDay.commit(store.another()), 3, 13);
    Await.until("it is told", () -> !told.isEmpty());
    assertThat(told)
        .isNotEmpty()
        .allMatch(row ->
            row.equals(new GenerationStore.Row("NIFTY50", SeededDay.DAY, 1, 1, true, false)));
  }
}
