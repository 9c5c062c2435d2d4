package io.strikegrid.server.rollup;

import io.strikegrid.server.store.MinuteKey;
import java.util.List;
import java.util.Set;

/**
 * What a commit of ticks has to do.
 *
 * @param ticks that came, each minute and expiry once
 * @param again minutes whose bars are to be made again from what is kept of them
 * @param perMinute most observations that are kept of one minute, all expiries together; repeats
 *     that came together count
 * @param room most observations to read in all, but that these minutes are read in any case
 */
public record TickWork(List<MinuteTicks> ticks, Set<MinuteKey> again, int perMinute, long room) {

  /** Copies the lists. */
  public TickWork {
    ticks = List.copyOf(ticks);
    again = Set.copyOf(again);
  }
}
