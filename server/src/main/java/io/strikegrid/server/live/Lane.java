package io.strikegrid.server.live;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The minutes of one symbol that are not committed yet. Feeds add to them; one committer at a time
 * takes those that are over, in order, and gives them back when they are committed. Every method
 * may be called by any thread.
 */
final class Lane {

  private static final int MINUTE = 60;
  private static final int MOST_TICKS = 200_000;
  private static final int MOST_DAYS = 8;

  private final Underlying underlying;
  private final LiveConfig config;
  private final TreeMap<Long, OpenMinute> open = new TreeMap<>();
  private final LinkedHashMap<LocalDate, DayClock> clocks = new LinkedHashMap<>(16, 0.75f, true);
  private List<OpenMinute> committing = List.of();
  private boolean busy;
  private long lateTaken;
  private boolean isLateTaken;
  private long sequence = ThreadLocalRandom.current().nextLong(1L << 50);

  Lane(Underlying underlying, LiveConfig config) {
    this.underlying = underlying;
    this.config = config;
  }

  Underlying underlying() {
    return underlying;
  }

  /**
   * Adds a tick of the symbol.
   *
   * @param now epoch milliseconds UTC
   * @return bytes that it takes; -1 where its minute has ticks of the other kind: simulated and
   *     real ones never mix
   */
  synchronized long add(Feed feed, Tick tick, Receipt receipt, long now) {
    long millis = tick.observation().millis();
    long minute = Math.floorDiv(millis, MINUTE * 1000L) * MINUTE;
    OpenMinute in =
        open.computeIfAbsent(minute, m -> new OpenMinute(tick.session(), m, feed.provenance()));
    if (in.provenance() != feed.provenance()) {
      return -1;
    }
    clock(tick.session()).see(millis, now);
    sequence++;
    return in.add(feed, tick, receipt);
  }

  private DayClock clock(Session session) {
    DayClock clock = clocks.computeIfAbsent(session.day(), d -> new DayClock(config.lateness()));
    if (clocks.size() > MOST_DAYS) {
      forgetAClock(session.day());
    }
    return clock;
  }

  /** Of the days that nothing runs of, the one that was not asked for the longest. */
  private void forgetAClock(LocalDate asked) {
    Set<LocalDate> running = new HashSet<>();
    open.values().forEach(minute -> running.add(minute.session().day()));
    for (LocalDate day : List.copyOf(clocks.keySet())) {
      if (!day.equals(asked) && !running.contains(day)) {
        clocks.remove(day);
        return;
      }
    }
  }

  /**
   * Takes minutes of one day that are over, in order, for the only committer; empty where there are
   * none, or another one is at work. Corrections of minutes that were closed before come alone, and
   * only so often.
   *
   * @param now epoch milliseconds UTC
   * @param hurry whether to close every minute that events have gone past, since memory is short
   */
  synchronized List<OpenMinute> take(long now, boolean hurry) {
    if (busy) {
      return List.of();
    }
    List<OpenMinute> taken = taken(now, hurry, false);
    boolean lateIsDue =
        !isLateTaken || System.nanoTime() - lateTaken >= config.lateEvery().toNanos();
    if (taken.isEmpty() && lateIsDue) {
      taken = taken(now, hurry, true);
      if (!taken.isEmpty()) {
        lateTaken = System.nanoTime();
        isLateTaken = true;
      }
    }
    for (OpenMinute minute : taken) {
      open.remove(minute.minute());
      clock(minute.session()).close(minute.minute());
    }
    busy = !taken.isEmpty();
    committing = taken;
    return taken;
  }

  private List<OpenMinute> taken(long now, boolean hurry, boolean late) {
    List<OpenMinute> taken = new ArrayList<>();
    int ticks = 0;
    for (OpenMinute minute : open.values()) {
      DayClock clock = clock(minute.session());
      boolean isOver =
          clock.isOver(minute.minute(), now) || (hurry && clock.isPast(minute.minute()));
      boolean fits =
          taken.isEmpty()
              || (minute.session().equals(taken.getFirst().session())
                  && minute.provenance() == taken.getFirst().provenance());
      if (isOver && fits && clock.isClosed(minute.minute()) == late && ticks < MOST_TICKS) {
        taken.add(minute);
        ticks += minute.size();
      }
    }
    return taken;
  }

  /** What was taken is committed, or refused for good; the next may be taken. */
  void done() {
    List<OpenMinute> finished;
    synchronized (this) {
      finished = committing;
      committing = List.of();
      busy = false;
      sequence++;
    }
    finished.forEach(OpenMinute::release);
  }

  /** Grows whenever what is not committed changes. */
  synchronized long sequence() {
    return sequence;
  }

  /** Whether anything of a day is not committed. */
  synchronized boolean has(LocalDate day) {
    return Stream.concat(open.values().stream(), committing.stream())
        .anyMatch(minute -> minute.session().day().equals(day));
  }

  /** Minutes that are not committed. */
  synchronized int minutes() {
    return open.size() + committing.size();
  }

  /**
   * What runs on a day.
   *
   * @param observations by expiry; those without one are of the underlying alone
   * @param provenance of the minutes
   * @param sequence of the lane when it was copied
   */
  record Copy(
      Map<Optional<LocalDate>, List<Observation>> observations,
      Provenance provenance,
      long sequence) {}

  /** Copies what is not committed of a day, from a minute on. */
  synchronized Optional<Copy> copy(LocalDate day, long from) {
    Map<Optional<LocalDate>, List<Observation>> observations = new HashMap<>();
    Provenance provenance = null;
    List<OpenMinute> all = new ArrayList<>(committing);
    all.addAll(open.values());
    for (OpenMinute minute : all) {
      if (minute.session().day().equals(day) && minute.minute() >= from) {
        minute.copyTo(observations);
        provenance = minute.provenance();
      }
    }
    return provenance == null
        ? Optional.empty()
        : Optional.of(new Copy(observations, provenance, sequence));
  }
}
