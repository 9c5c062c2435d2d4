package io.strikegrid.server.live;

import java.time.Duration;

/**
 * What time it is in the events of one symbol and trading day. A feed that is no further behind
 * than the lateness goes by the clock on the wall; an older one, such as a replay, by the newest
 * event that came and by the time that has passed since without another. It never goes back.
 * Guarded by its lane.
 */
final class DayClock {

  private static final int MINUTE = 60;

  private final long lateness;
  private long newest = Long.MIN_VALUE;
  private long newestCame = Long.MIN_VALUE;
  private long closedUntil = Long.MIN_VALUE;
  private long reached = Long.MIN_VALUE;

  DayClock(Duration lateness) {
    this.lateness = lateness.toMillis();
  }

  /**
   * An event came.
   *
   * @param event its time, epoch milliseconds UTC
   * @param now when it came, epoch milliseconds UTC
   */
  void see(long event, long now) {
    if (event >= newest) {
      reached = newest == Long.MIN_VALUE ? reached : time(now);
      newest = event;
      newestCame = now;
    }
  }

  /** The time in events now, epoch milliseconds UTC. */
  private long time(long now) {
    boolean isLive = newestCame - newest <= lateness;
    long time = isLive ? Math.max(now, newest) : newest + Math.max(0, now - newestCame);
    return Math.max(time, reached);
  }

  /**
   * Whether a minute has waited long enough for its ticks.
   *
   * @param minute its start, epoch seconds UTC
   */
  boolean isOver(long minute, long now) {
    return (minute + MINUTE) * 1000 + lateness <= time(now);
  }

  /** Whether a minute may be closed, by how short memory is. */
  boolean isOver(long minute, long now, Haste haste) {
    return isOver(minute, now)
        || (haste != Haste.NONE && isPast(minute))
        || (haste == Haste.CLOCK && (minute + MINUTE) * 1000 + lateness <= now);
  }

  /** Whether events have gone past the end of a minute, lateness aside. */
  boolean isPast(long minute) {
    return (minute + MINUTE) * 1000 <= newest;
  }

  /** A minute was closed, and all before it. */
  void close(long minute) {
    closedUntil = Math.max(closedUntil, minute);
  }

  /** Whether a minute was closed before: what comes of it now is late. */
  boolean isClosed(long minute) {
    return minute <= closedUntil;
  }
}
