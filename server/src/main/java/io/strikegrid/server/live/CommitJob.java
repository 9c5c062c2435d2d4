package io.strikegrid.server.live;

import io.strikegrid.engine.time.Session;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.KeptBytes;
import io.strikegrid.server.rollup.MinuteTicks;
import io.strikegrid.server.rollup.TickWork;
import io.strikegrid.server.rollup.TooManyStrikesException;
import io.strikegrid.server.store.MinuteKey;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Commits minutes of one day that a lane gave out, in parts: each a transaction of its own, so that
 * what is unpacked at once is bounded. It may be run again after a failure, and goes on with what
 * is not committed. One thread at a time.
 */
final class CommitJob {

  /** Of what may be unpacked, the share that a correction takes for later minutes. */
  private static final int FOR_LATER = 4;

  private final DayCommit commit;
  private final Unpacking unpacking;
  private final int perMinute;
  private final InstantSource clock;
  private final LiveState state;
  private final Lane lane;
  private final OpenMinute first;
  private final List<OpenMinute> left;
  private final Set<MinuteKey> again = new HashSet<>();
  private final Set<LocalDate> refused = new HashSet<>();

  /**
   * A job.
   *
   * @param minutes of one session and kind, ascending; at least one
   * @param perMinute most observations that are kept of one
   */
  CommitJob(
      DayCommit commit,
      Unpacking unpacking,
      int perMinute,
      InstantSource clock,
      LiveState state,
      Lane lane,
      List<OpenMinute> minutes) {
    this.commit = commit;
    this.unpacking = unpacking;
    this.perMinute = perMinute;
    this.clock = clock;
    this.state = state;
    this.lane = lane;
    this.first = minutes.getFirst();
    this.left = new ArrayList<>(minutes);
  }

  private Session session() {
    return first.session();
  }

  private String symbol() {
    return lane.underlying().symbol();
  }

  /** Minutes that are not committed. */
  int left() {
    return left.size();
  }

  /** Commits what is left. */
  void run() {
    if (!left.isEmpty()) {
      KeptBytes kept = kept(left.stream().map(OpenMinute::minute).toList());
      left.removeIf(minute -> isRefusedAsOverfull(minute, kept));
      ToLongFunction<OpenMinute> size = of -> of.size() + kept.most(of.minute());
      while (!left.isEmpty()) {
        List<OpenMinute> part = part(left, size);
        long most = part.stream().mapToLong(size).sum();
        boolean corrects = part.stream().anyMatch(of -> kept.most(of.minute()) > 0);
        long room = corrects ? most + unpacking.most() / FOR_LATER : most;
        commit(part, Math.min(room, unpacking.most()));
        left.removeAll(part);
      }
    }
    makeAgain();
  }

  private KeptBytes kept(List<Long> minutes) {
    return commit.keptBytes(lane.underlying(), session(), minutes);
  }

  /** The first ones that may be unpacked together, one at least. */
  private <T> List<T> part(List<T> of, ToLongFunction<T> size) {
    List<T> part = new ArrayList<>();
    long sum = 0;
    for (T one : of) {
      sum += size.applyAsLong(one);
      if (!part.isEmpty() && sum > unpacking.most()) {
        break;
      }
      part.add(one);
    }
    return part;
  }

  /** What is kept of a minute may be too much to be read: then nothing can be put to it. */
  private boolean isRefusedAsOverfull(OpenMinute minute, KeptBytes kept) {
    if (!kept.isOverfull(minute.minute(), perMinute)) {
      return false;
    }
    tellTooMany(minute, minute.size());
    return true;
  }

  private void commit(List<OpenMinute> part, long room) {
    List<MinuteTicks> ticks = new ArrayList<>();
    part.forEach(minute -> ticks.addAll(minute.ticks()));
    ticks.removeIf(of -> of.key().expiry().filter(refused::contains).isPresent());
    if (ticks.isEmpty()) {
      part.forEach(minute -> tellTooMany(minute, 0));
      return;
    }
    long started = System.nanoTime();
    DayCommit.TickOutcome done = commit(ticks, Set.of(), room);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    if (done.outcome().mixed()) {
      part.forEach(minute ->
          minute
              .feeds()
              .forEach(feed -> Refusals.mixed(feed, clock.instant(), symbol(), minute.size())));
      return;
    }
    part.forEach(minute -> tell(minute, done));
    again.addAll(done.left());
    state.committed(
        symbol(),
        part.size(),
        done.outcome().written(),
        ticks.stream().mapToLong(of -> of.log().size()).sum(),
        clock.instant(),
        took);
  }

  private DayCommit.TickOutcome commit(List<MinuteTicks> ticks, Set<MinuteKey> keys, long room) {
    TickWork work = new TickWork(ticks, keys, perMinute, room);
    return unpacking.with(
        room, () -> commit.commitTicks(lane.underlying(), session(), first.provenance(), work));
  }

  /** Later minutes for which there was no room with the ticks that changed them. */
  private void makeAgain() {
    if (again.isEmpty()) {
      return;
    }
    List<Long> minutes =
        new ArrayList<>(new TreeSet<>(again.stream().map(MinuteKey::minute).toList()));
    KeptBytes kept = kept(minutes);
    while (!minutes.isEmpty()) {
      List<Long> part = part(minutes, kept::most);
      Set<MinuteKey> keys = new HashSet<>(again);
      keys.removeIf(key -> !part.contains(key.minute()));
      commit(List.of(), keys, part.stream().mapToLong(kept::most).sum());
      again.removeAll(keys);
      minutes.removeAll(part);
    }
  }

  private void tell(OpenMinute minute, DayCommit.TickOutcome done) {
    int tooLate = done.tooLate().getOrDefault(minute.minute(), 0);
    if (tooLate > 0) {
      minute
          .feeds()
          .forEach(feed -> Refusals.tooLate(feed, clock.instant(), minute.minute(), tooLate));
    }
    tellTooMany(minute, done.tooMany().getOrDefault(minute.minute(), 0));
  }

  /** Of its ticks, so many; and those that were refused when they came. */
  private void tellTooMany(OpenMinute minute, int ticks) {
    if (ticks > 0) {
      minute.feeds().forEach(feed -> tellTooMany(feed, minute, ticks));
    }
    minute.takeRefused().forEach((feed, count) -> tellTooMany(feed, minute, count));
  }

  private void tellTooMany(Feed feed, OpenMinute minute, int ticks) {
    Refusals.tooMany(feed, clock.instant(), symbol(), minute.minute(), perMinute, ticks);
  }

  /**
   * An expiry with too many strikes costs what came of it, and nothing of the others; false where
   * that does not help.
   */
  boolean refuse(TooManyStrikesException e) {
    for (OpenMinute minute : left) {
      long ticks =
          minute.ticks().stream()
              .filter(of -> of.key().expiry().filter(e.expiry()::equals).isPresent())
              .mapToLong(of -> of.log().size())
              .sum();
      if (ticks > 0) {
        String message = e.getMessage() + "; " + ticks + " ticks are refused";
        minute.feeds().forEach(feed -> feed.refused(clock.instant(), "too_many_strikes", message));
      }
    }
    return refused.add(e.expiry());
  }
}
