package io.strikegrid.server.live;

import io.strikegrid.engine.time.Session;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.KeptBytes;
import io.strikegrid.server.rollup.MinuteTicks;
import io.strikegrid.server.rollup.TickWork;
import io.strikegrid.server.rollup.TooManyStrikesException;
import io.strikegrid.server.store.MinuteKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Commits minutes of one day that a lane gave out, in parts: each a transaction of its own, so that
 * what is unpacked at once is bounded. It may be run again after a failure, and goes on with what
 * is not committed. Where a failure lasts, it looks for what brings it: minute by minute, then
 * expiry by expiry; what cannot be committed by itself is refused, and the rest goes on. One thread
 * at a time.
 */
final class CommitJob {

  /** Of what may be unpacked, the share that a correction takes for later minutes. */
  private static final int FOR_LATER = 4;

  /** How much goes into one transaction. */
  private enum Grain {
    MINUTES,
    ONE_MINUTE,
    ONE_EXPIRY
  }

  private final DayCommit commit;
  private final Unpacking unpacking;
  private final int perMinute;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final LiveState state;
  private final Refusals refusals;
  private final Lane lane;
  private final OpenMinute first;
  private final List<OpenMinute> left;
  private final Set<MinuteKey> again = new HashSet<>();
  private final Set<MinuteKey> finished = new HashSet<>();
  private final Map<LocalDate, StrikeBound> bounds = new HashMap<>();
  private Grain grain = Grain.MINUTES;

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
      LongSupplier nanos,
      LiveState state,
      Refusals refusals,
      Lane lane,
      List<OpenMinute> minutes) {
    this.commit = commit;
    this.unpacking = unpacking;
    this.perMinute = perMinute;
    this.clock = clock;
    this.nanos = nanos;
    this.state = state;
    this.refusals = refusals;
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

  @Override
  public String toString() {
    return "%d minutes of %s from %s on, %s at a time"
        .formatted(
            left.size(),
            symbol(),
            Instant.ofEpochSecond(first.minute()),
            grain.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  /** Commits what is left. */
  void run() {
    if (!left.isEmpty()) {
      KeptBytes kept = kept(left.stream().map(OpenMinute::minute).toList());
      for (OpenMinute minute : List.copyOf(left)) {
        if (isRefusedAsOverfull(minute, kept)) {
          left.remove(minute);
        }
      }
      ToLongFunction<OpenMinute> size = of -> of.size() + kept.most(of.minute());
      while (!left.isEmpty()) {
        List<OpenMinute> part =
            grain == Grain.MINUTES ? part(left, size) : List.of(left.getFirst());
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
    refuseTooMany(minute, minute.ticks());
    return true;
  }

  private void commit(List<OpenMinute> part, long room) {
    List<MinuteTicks> ticks = ticks(part);
    if (grain != Grain.ONE_EXPIRY) {
      commit(part, ticks, room);
    } else {
      for (MinuteTicks one : ticks) {
        commit(part, List.of(one), room);
        finished.add(one.key());
      }
    }
    part.forEach(minute -> refuseTooMany(minute, List.of()));
  }

  /** What of them is to be committed: those of the underlying alone first. */
  private List<MinuteTicks> ticks(List<OpenMinute> part) {
    List<MinuteTicks> ticks = new ArrayList<>();
    for (OpenMinute minute : part) {
      for (MinuteTicks of : minute.ticks()) {
        StrikeBound bound = of.key().expiry().map(bounds::get).orElse(null);
        MinuteTicks taken = bound == null ? of : bound.taken(of);
        if (!finished.contains(of.key()) && taken.log().size() > 0) {
          ticks.add(taken);
        }
      }
    }
    ticks.sort(MinuteTicks.BY_EXPIRY);
    return ticks;
  }

  private void commit(List<OpenMinute> part, List<MinuteTicks> ticks, long room) {
    if (ticks.isEmpty()) {
      return;
    }
    long started = nanos.getAsLong();
    DayCommit.TickOutcome done = commit(ticks, Set.of(), room);
    Duration took = Duration.ofNanos(nanos.getAsLong() - started);
    if (done.outcome().mixed()) {
      refusals.mixed(feeds(part), session(), unpacked(ticks));
      return;
    }
    part.forEach(minute -> tell(minute, ticks, done));
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
    return commit.commitTicks(lane.underlying(), session(), first.provenance(), work, unpacking);
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

  private static Set<Feed> feeds(List<OpenMinute> part) {
    Set<Feed> feeds = new HashSet<>();
    part.forEach(minute -> feeds.addAll(minute.feeds()));
    return feeds;
  }

  private List<Tick> unpacked(List<MinuteTicks> ticks) {
    return Refusals.unpacked(lane.underlying(), session(), ticks);
  }

  private void tell(OpenMinute minute, List<MinuteTicks> ticks, DayCommit.TickOutcome done) {
    List<MinuteTicks> late = new ArrayList<>(ticks);
    late.removeIf(of -> of.key().minute() != minute.minute() || !done.tooLate().contains(of.key()));
    refusals.tooLate(minute.feeds(), session(), minute.minute(), unpacked(late));
    List<MinuteTicks> tooMany = new ArrayList<>(done.tooMany());
    tooMany.removeIf(of -> of.key().minute() != minute.minute());
    refuseTooMany(minute, tooMany);
  }

  /** Of its ticks, those, and what was surplus when it came. */
  private void refuseTooMany(OpenMinute minute, List<MinuteTicks> ticks) {
    refusals.tooMany(minute, lane.underlying(), perMinute, ticks);
    for (Map.Entry<Feed, SurplusTicks> of : List.copyOf(minute.surplus().entrySet())) {
      refusals.surplus(of.getKey(), of.getValue(), minute, lane.underlying(), perMinute);
      minute.surplus().remove(of.getKey());
    }
  }

  /**
   * An expiry with too many strikes costs the new ones among them alone: known strikes go on, and
   * new ones are taken as they came, as long as there is room.
   *
   * @return whether that helps
   */
  boolean refuse(TooManyStrikesException e) {
    if (bounds.containsKey(e.expiry())) {
      return false;
    }
    StrikeBound bound =
        StrikeBound.of(commit.strikes(lane.underlying(), session(), e.expiry()), left, e.expiry());
    refusals.tooManyStrikes(
        feeds(left),
        session(),
        String.valueOf(e.getMessage()),
        unpacked(bound.refused(left, e.expiry())));
    bounds.put(e.expiry(), bound);
    return true;
  }

  /**
   * After a failure that lasts: takes less at a time or, where that is the least, refuses what
   * failed and goes on.
   */
  void narrow(Throwable failure) {
    if (left.isEmpty()) {
      state.gaveUp(symbol(), failure);
      again.clear();
    } else if (grain == Grain.MINUTES && left.size() > 1) {
      grain = Grain.ONE_MINUTE;
    } else if (grain != Grain.ONE_EXPIRY) {
      grain = Grain.ONE_EXPIRY;
    } else {
      park(failure);
    }
  }

  private void park(Throwable failure) {
    OpenMinute minute = left.getFirst();
    List<MinuteTicks> ticks = ticks(List.of(minute));
    if (ticks.isEmpty()) {
      left.removeFirst();
      return;
    }
    MinuteTicks failed = ticks.getFirst();
    refusals.parked(
        minute.feeds(), session(), LiveState.reason(failure), unpacked(List.of(failed)));
    finished.add(failed.key());
    state.parked(failed.log().size());
  }
}
