package io.strikegrid.server.live;

import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.MinuteTicks;
import io.strikegrid.server.rollup.TooManyStrikesException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits minutes, each lane's on a virtual thread. A failing store is tried again until it takes
 * them, so that minutes of a symbol are neither lost nor out of order.
 */
final class LiveCommitter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCommitter.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final DayCommit commit;
  private final InstantSource clock;
  private final LiveState state;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closing;

  LiveCommitter(DayCommit commit, InstantSource clock, LiveState state) {
    this.commit = commit;
    this.clock = clock;
    this.state = state;
  }

  /** Commits minutes of one day of a lane, then runs what follows; not where it is closed first. */
  void start(Lane lane, List<OpenMinute> minutes, Runnable then) {
    if (!closing) {
      threads.execute(() -> {
        if (commitUntilDone(lane, minutes)) {
          then.run();
        }
      });
    }
  }

  private boolean commitUntilDone(Lane lane, List<OpenMinute> minutes) {
    Duration pause = FIRST_PAUSE;
    Set<LocalDate> refused = new HashSet<>();
    while (!closing) {
      try {
        commit(lane, minutes, refused);
        return true;
      } catch (TooManyStrikesException e) {
        minutes.forEach(minute -> refuse(minute, e));
        if (!refused.add(e.expiry())) {
          return true;
        }
      } catch (RuntimeException | Error e) {
        state.failed(lane.underlying().symbol(), String.valueOf(e.getMessage()));
        LOG.warn(
            "{} minutes of {} wait for the store: {}",
            minutes.size(),
            lane.underlying().symbol(),
            e.getMessage(),
            pause.equals(FIRST_PAUSE) ? e : null);
        if (!sleep(pause)) {
          return false;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
    return false;
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void commit(Lane lane, List<OpenMinute> minutes, Set<LocalDate> refused) {
    List<MinuteTicks> ticks = new ArrayList<>();
    minutes.forEach(minute -> ticks.addAll(minute.ticks()));
    ticks.removeIf(of -> of.key().expiry().filter(refused::contains).isPresent());
    if (ticks.isEmpty()) {
      return;
    }
    OpenMinute first = minutes.getFirst();
    long started = System.nanoTime();
    DayCommit.TickOutcome done =
        commit.commitTicks(lane.underlying(), first.session(), first.provenance(), ticks);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    if (done.outcome().mixed()) {
      minutes.forEach(minute ->
          feeds(minute)
              .forEach(feed ->
                  refuseMixed(feed, clock.instant(), lane.underlying().symbol(), minute.size())));
      return;
    }
    for (OpenMinute minute : minutes) {
      int tooLate = done.tooLate().getOrDefault(minute.minute(), 0);
      if (tooLate > 0) {
        refuse(
            minute,
            "too_late",
            tooLate
                + " ticks came for a minute whose bars were made of others that are not kept any more: "
                + Instant.ofEpochSecond(minute.minute()));
      }
    }
    state.committed(
        lane.underlying().symbol(),
        minutes.size(),
        done.outcome().written(),
        ticks.stream().mapToLong(of -> of.log().size()).sum(),
        clock.instant(),
        took);
  }

  /** An expiry with too many strikes costs what came of it, and nothing of the others. */
  private void refuse(OpenMinute minute, TooManyStrikesException e) {
    long ticks =
        minute.ticks().stream()
            .filter(of -> of.key().expiry().filter(e.expiry()::equals).isPresent())
            .mapToLong(of -> of.log().size())
            .sum();
    if (ticks > 0) {
      refuse(minute, "too_many_strikes", e.getMessage() + "; " + ticks + " ticks are refused");
    }
  }

  private void refuse(OpenMinute minute, String code, String message) {
    feeds(minute).forEach(feed -> feed.refused(clock.instant(), code, message));
  }

  private static Set<Feed> feeds(OpenMinute minute) {
    return new HashSet<>(minute.feeds());
  }

  /** Says that ticks are of the other kind than what their minute or day has. */
  static void refuseMixed(Feed feed, Instant now, String symbol, int ticks) {
    feed.refused(
        now,
        "mixed_provenance",
        ticks
            + " "
            + feed.provenance().label()
            + " ticks of "
            + symbol
            + " came for a day that has the other kind: simulated or real, never both");
  }

  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
