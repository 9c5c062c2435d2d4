package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.ObservationLog;
import io.strikegrid.server.store.MinuteKey;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * Observations of one minute, as they came. Those of the underlying alone count for every expiry.
 *
 * @param key minute and expiry
 * @param log not to be changed any more
 */
public record MinuteTicks(MinuteKey key, ObservationLog log) {

  /** Those of the underlying alone first, then by expiry. */
  public static final Comparator<MinuteTicks> BY_EXPIRY =
      Comparator.comparing(ticks -> ticks.key().expiry().orElse(LocalDate.MIN));
}
