package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.server.store.MinuteKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what came to what is kept of the same minutes: repeats are left out, and so is what a minute
 * has no room for, the last of each expiry first. One thread.
 */
final class FreshTicks {

  private final Map<MinuteKey, List<Observation>> all;
  private final int perMinute;
  private final Map<Long, Integer> sizes = new HashMap<>();
  private final Map<MinuteKey, ObservationLog> logs = new HashMap<>();
  private final List<MinuteTicks> tooMany = new ArrayList<>();

  /**
   * Nothing came yet.
   *
   * @param all what is kept; what comes is added to it
   */
  FreshTicks(Map<MinuteKey, List<Observation>> all, int perMinute) {
    this.all = all;
    this.perMinute = perMinute;
    all.forEach((key, kept) -> sizes.merge(key.minute(), kept.size(), Integer::sum));
  }

  /** Adds what came of a minute and expiry; each comes once. */
  void add(MinuteTicks came) {
    MinuteKey key = came.key();
    int room = Math.max(0, perMinute - sizes.getOrDefault(key.minute(), 0));
    List<Observation> there = all.get(key);
    ObservationLog news = came.log();
    if (there == null && news.size() <= room) {
      all.put(key, news.observations());
    } else {
      news = within(room, came, there);
    }
    if (news.size() > 0) {
      logs.put(key, news);
      sizes.merge(key.minute(), news.size(), Integer::sum);
    }
  }

  /** Of what came, what is not there yet and has room. */
  private ObservationLog within(int room, MinuteTicks came, @Nullable List<Observation> there) {
    Set<Identity> known = new HashSet<>();
    if (there != null) {
      there.forEach(o -> known.add(new Identity(o)));
    }
    ObservationLog news = new ObservationLog();
    List<Observation> added = new ArrayList<>();
    ObservationLog refused = new ObservationLog();
    came.log()
        .forEach(o -> {
          Identity identity = new Identity(o);
          if (added.size() < room ? known.add(identity) : !known.contains(identity)) {
            if (added.size() < room) {
              news.add(o);
              added.add(o);
            } else {
              refused.add(o);
            }
          }
        });
    if (!added.isEmpty()) {
      all.computeIfAbsent(came.key(), k -> new ArrayList<>()).addAll(added);
    }
    if (refused.size() > 0) {
      tooMany.add(new MinuteTicks(came.key(), refused));
    }
    return news;
  }

  /** What came and was not there, to be kept. */
  Map<MinuteKey, ObservationLog> logs() {
    return logs;
  }

  /** What had no room. */
  List<MinuteTicks> tooMany() {
    return tooMany;
  }

  /** What makes an observation the same as another one. */
  private record Identity(Observation observation) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && observation.isSame(that.observation);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(observation.values())
          + Double.hashCode(observation.strike())
          + Long.hashCode(observation.millis())
          + observation.side().ordinal();
    }
  }
}
