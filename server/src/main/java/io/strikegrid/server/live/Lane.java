package io.strikegrid.server.live;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The minutes of one symbol that are not committed yet. Feeds add to them; one committer at a time
 * takes those that are over, in order, and gives them back when they are committed. Every method
 * may be called by any thread.
 */
final class Lane {

  private static final int MINUTE = 60;
  private static final int MOST_DAYS = 8;

  private final Underlying underlying;
  private final LiveConfig config;
  private final AtomicLong held;
  private final LongSupplier nanos;
  private final TreeMap<Long, OpenMinute> open = new TreeMap<>();
  private final LinkedHashMap<LocalDate, DayClock> clocks = new LinkedHashMap<>(16, 0.75f, true);
  private List<OpenMinute> committing = List.of();
  private boolean busy;
  private long lateTaken;
  private boolean isLateTaken;
  private LocalDate olderTaken = LocalDate.MIN;
  private boolean isNewestTaken;
  private long sequence = ThreadLocalRandom.current().nextLong(1L << 50);

  /**
   * An empty one.
   *
   * @param held bytes of the ticks of all lanes, to be kept up to date
   * @param nanos elapsed time, as {@link System#nanoTime}
   */
  Lane(Underlying underlying, LiveConfig config, AtomicLong held, LongSupplier nanos) {
    this.nanos = nanos;
    this.held = held;
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
   */
  synchronized Added add(Feed feed, Tick tick, Receipt receipt, long now) {
    long millis = tick.observation().millis();
    long minute = Math.floorDiv(millis, MINUTE * 1000L) * MINUTE;
    OpenMinute in =
        open.computeIfAbsent(minute, m -> new OpenMinute(tick.session(), m, feed.provenance()));
    if (in.provenance() != feed.provenance()) {
      return Added.MIXED;
    }
    clock(tick.session()).see(millis, now);
    long before = in.bytes();
    boolean isIn = in.add(feed, tick, receipt, config.maxTicksPerMinute());
    held.addAndGet(in.bytes() - before);
    if (!isIn) {
      return Added.TOO_MANY;
    }
    sequence++;
    return Added.IN;
  }

  /** What became of a tick. */
  enum Added {
    /** It is in its minute. */
    IN,
    /** Its minute has ticks of the other kind: simulated and real ones never mix. */
    MIXED,
    /** Its minute is full; how many those were is told once, and again when it is committed. */
    TOO_MANY
  }

  /** By minute and feed, the first ticks that had no room, to be told at once. */
  synchronized Map<Long, Map<Feed, Integer>> firstRefused() {
    Map<Long, Map<Feed, Integer>> first = new HashMap<>();
    open.forEach((minute, in) -> {
      Map<Feed, Integer> refused = in.firstRefused();
      if (!refused.isEmpty()) {
        first.put(minute, refused);
      }
    });
    return first;
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
   * none, or another one is at work. The newest day comes first, but not twice while older ones
   * wait; those take turns. Corrections of minutes that were closed before come alone, and only so
   * often.
   *
   * @param now epoch milliseconds UTC
   * @param haste which minutes to close before they are over, since memory is short
   */
  synchronized List<OpenMinute> take(long now, Haste haste) {
    if (busy) {
      return List.of();
    }
    if (!committing.isEmpty()) {
      busy = true;
      return committing;
    }
    List<OpenMinute> taken = taken(now, haste, false);
    boolean lateIsDue =
        !isLateTaken || nanos.getAsLong() - lateTaken >= config.lateEvery().toNanos();
    if (taken.isEmpty() && lateIsDue) {
      taken = taken(now, haste, true);
      if (!taken.isEmpty()) {
        lateTaken = nanos.getAsLong();
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

  private List<OpenMinute> taken(long now, Haste haste, boolean late) {
    List<OpenMinute> due = new ArrayList<>();
    TreeSet<LocalDate> days = new TreeSet<>();
    for (OpenMinute minute : open.values()) {
      DayClock clock = clock(minute.session());
      boolean isOver = clock.isOver(minute.minute(), now, haste);
      if (isOver && clock.isClosed(minute.minute()) == late) {
        due.add(minute);
        days.add(minute.session().day());
      }
    }
    return days.isEmpty() ? List.of() : of(turn(days), due);
  }

  /** The day whose turn it is. */
  private LocalDate turn(TreeSet<LocalDate> days) {
    LocalDate newest = days.last();
    if (days.size() == 1 || !isNewestTaken) {
      isNewestTaken = true;
      return newest;
    }
    isNewestTaken = false;
    NavigableSet<LocalDate> older = days.headSet(newest, false);
    LocalDate next = older.higher(olderTaken);
    olderTaken = next == null ? older.first() : next;
    return olderTaken;
  }

  private List<OpenMinute> of(LocalDate day, List<OpenMinute> due) {
    List<OpenMinute> taken = new ArrayList<>();
    int ticks = 0;
    for (OpenMinute minute : due) {
      boolean fits =
          taken.isEmpty()
              || (minute.session().equals(taken.getFirst().session())
                  && minute.provenance() == taken.getFirst().provenance());
      if (minute.session().day().equals(day) && fits && ticks < config.maxUnpacked()) {
        taken.add(minute);
        ticks += minute.size();
      }
    }
    return taken;
  }

  /** Nobody is at work on what was taken: it is taken again before anything else. */
  synchronized void handBack() {
    busy = false;
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
   * What runs on a day, from a minute on: the first minutes of those that may be unpacked at once.
   * Nothing of it is copied while the lane is held; whoever needs it unpacks it.
   */
  synchronized RunningTicks copy(LocalDate day, long from) {
    TreeMap<Long, List<OpenMinute>> minutes = new TreeMap<>();
    Stream.concat(committing.stream(), open.values().stream())
        .filter(minute -> minute.session().day().equals(day) && minute.minute() >= from)
        .forEach(
            minute -> minutes.computeIfAbsent(minute.minute(), m -> new ArrayList<>()).add(minute));
    return RunningTicks.of(minutes, config.maxUnpacked(), sequence);
  }
}
