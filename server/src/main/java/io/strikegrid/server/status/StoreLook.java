package io.strikegrid.server.status;

import io.strikegrid.server.jobs.JobLook;
import io.strikegrid.server.jobs.Jobs;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.server.platform.watch.Watch;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.RefusedStore;
import io.strikegrid.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is known of the store, kept by threads of their own: whether it answers is asked every
 * second, what it says of jobs, aggregates and refused ticks is read every second by another
 * thread, since a store at work may answer and yet take long over that, and the rows of the
 * aggregates are counted seldom. Nobody who asks here waits for the store longer than {@value
 * #PATIENCE_SECONDS} s. Safe for use by any number of threads.
 */
public final class StoreLook implements AutoCloseable {

  static final int PATIENCE_SECONDS = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);
  private static final Duration PATIENCE_FOR_COUNT = Duration.ofMillis(500);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration UP_FOR = Duration.ofSeconds(5);
  private static final Duration KNOWN_FOR = Duration.ofSeconds(60);
  private static final Duration COUNT_EVERY = Duration.ofSeconds(10);
  private static final int COUNT_PAUSE_TIMES = 30;
  private static final Duration LOOK_SILENCE = Duration.ofMinutes(5);
  private static final Duration COUNT_SILENCE = Duration.ofMinutes(15);
  private static final String NO_ANSWER = "the store does not answer";

  private final KeptLook<Boolean> answer;
  private final KeptLook<Seen> look;
  private final KeptLook<Counted> count;
  private final LongSupplier nanos;
  private final long startedAt;

  /** What every look finds. */
  private record Seen(
      List<JobLook> jobs, List<AggregateStore.Row> aggregates, RefusedStore.Summary refused) {}

  /**
   * What was counted.
   *
   * @param at when that began
   */
  private record Counted(Map<String, AggregateStore.Count> rows, Instant at) {}

  /**
   * Starts to look.
   *
   * @param nanos a ticker in nanoseconds
   */
  public StoreLook(
      Database database, Jobs jobs, Watch watch, InstantSource clock, LongSupplier nanos) {
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
    this.answer =
        new KeptLook<>(
            watch,
            Vital.of("store-answer", LOOK_SILENCE),
            () -> answers(database),
            took -> LOOK_EVERY,
            nanos);
    this.look =
        new KeptLook<>(
            watch,
            Vital.of("store-look", LOOK_SILENCE),
            () -> look(database, jobs),
            took -> LOOK_EVERY,
            nanos);
    this.count =
        new KeptLook<>(
            watch,
            Vital.of("row-count", COUNT_SILENCE),
            () -> {
              Instant at = clock.instant();
              return new Counted(AggregateStore.count(database), at);
            },
            took -> longer(COUNT_EVERY, took.multipliedBy(COUNT_PAUSE_TIMES)),
            nanos);
  }

  private static boolean answers(Database database) {
    if (!database.isAlive()) {
      throw new StoreException(NO_ANSWER, null);
    }
    return true;
  }

  private static Seen look(Database database, Jobs jobs) {
    return new Seen(
        jobs.look(), AggregateStore.read(database), new RefusedStore(database).summary());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Looks now, for somebody who wants to know; waits no longer than is bearable. */
  void refresh() {
    long asked = nanos.getAsLong();
    answer.refresh(PATIENCE);
    if (isUp()) {
      look.refresh(PATIENCE.minusNanos(nanos.getAsLong() - asked));
    }
  }

  /** The same, with rows that were counted at least once. */
  void refreshAll() {
    refresh();
    if (isUp()) {
      count.awaitFirst(PATIENCE_FOR_COUNT);
    }
  }

  /** Whether the store answered last, and not long ago. Waits for nothing. */
  public boolean isUp() {
    return answer.failure().isEmpty() && answer.age().filter(old -> !isTooOld(old)).isPresent();
  }

  /** Why it is not up, in words; empty where it is, or nobody can know yet. Waits for nothing. */
  public Optional<String> trouble() {
    Optional<String> failure = answer.failure();
    if (failure.isPresent()) {
      return failure;
    }
    Duration old = answer.age().orElseGet(() -> Duration.ofNanos(nanos.getAsLong() - startedAt));
    return isTooOld(old)
        ? Optional.of("no answer for " + old.toSeconds() + " s")
        : Optional.empty();
  }

  /** Why what it says of jobs, aggregates and refused ticks cannot be read; empty where it can. */
  Optional<String> unread() {
    return look.failure();
  }

  private static boolean isTooOld(Duration age) {
    return age.compareTo(UP_FOR) > 0;
  }

  /** How old what is known is; empty where nothing is. */
  Optional<Duration> age() {
    return look.age();
  }

  /** The jobs as they were at the last look; empty where that is too old. */
  public List<JobLook> jobs() {
    return known().map(Seen::jobs).orElse(List.of());
  }

  /** The aggregates as they were at the last look; empty where that is too old. */
  List<AggregateStore.Row> aggregates() {
    return known().map(Seen::aggregates).orElse(List.of());
  }

  /** The refused ticks as they were at the last look; empty where that is too old. */
  Optional<RefusedStore.Summary> refused() {
    return known().map(Seen::refused);
  }

  private Optional<Seen> known() {
    return look.age().filter(old -> old.compareTo(KNOWN_FOR) <= 0).isPresent()
        ? look.newest().map(KeptLook.Seen::value)
        : Optional.empty();
  }

  /** What was counted last of an aggregate; empty where nothing was yet. */
  Optional<AggregateStore.Count> counted(String aggregate) {
    return count.newest().map(seen -> seen.value().rows().get(aggregate));
  }

  /** When the rows were counted last; empty where they were not yet. */
  Optional<Instant> countedAt() {
    return count.newest().map(seen -> seen.value().at());
  }

  @Override
  public void close() {
    try (answer;
        look) {
      count.close();
    }
  }
}
