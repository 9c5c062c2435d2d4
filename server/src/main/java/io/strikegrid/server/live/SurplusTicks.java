package io.strikegrid.server.live;

import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.server.rollup.MinuteTicks;
import io.strikegrid.server.store.MinuteKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one feed brought of a minute beyond its bound: the first of them, to be kept among the
 * refused ones, and how many more there were. Guarded by the lane of the minute.
 */
final class SurplusTicks {

  /** Most that are kept of a minute and feed. */
  static final int MOST = 50_000;

  private final Map<Optional<LocalDate>, ObservationLog> logs = new HashMap<>();
  private int count;
  private int kept;
  private int told;

  /** Whether another one would be kept. */
  boolean hasRoom() {
    return kept < MOST;
  }

  /**
   * Adds one.
   *
   * @return bytes that this takes
   */
  long add(Tick tick) {
    count++;
    if (!hasRoom()) {
      return 0;
    }
    ObservationLog log = logs.computeIfAbsent(tick.expiry(), e -> new ObservationLog());
    long before = log.size() == 0 ? 0 : log.bytes();
    log.add(tick.observation());
    kept++;
    return log.bytes() - before;
  }

  /** How many came that were not told yet; from now on they are. */
  int tell() {
    int news = count - told;
    told = count;
    return news;
  }

  /** How many came. */
  int count() {
    return count;
  }

  /** How many of them are kept. */
  int kept() {
    return kept;
  }

  /** Those that are kept. */
  List<MinuteTicks> ticks(long minute) {
    List<MinuteTicks> ticks = new ArrayList<>();
    logs.forEach((expiry, log) -> ticks.add(new MinuteTicks(new MinuteKey(minute, expiry), log)));
    return ticks;
  }
}
