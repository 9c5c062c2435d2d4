package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.ObservationLog;
import java.util.Map;

/**
 * How much is kept of minutes, before it is read.
 *
 * @param byMinute bytes by minute; nothing is kept of those that are missing
 */
public record KeptBytes(Map<Long, Long> byMinute) {

  /** Bytes beside the observations themselves, of any number of rows of a minute. */
  private static final int BESIDE = 1 << 16;

  /** Copies the map. */
  public KeptBytes {
    byMinute = Map.copyOf(byMinute);
  }

  /** Most observations of a minute that these can be. */
  public long most(long minute) {
    return byMinute.getOrDefault(minute, 0L) / ObservationLog.SMALLEST;
  }

  /**
   * Whether a minute certainly has more than may be kept of one, and is not to be read: written by
   * an older version, or with a larger heap.
   */
  public boolean isOverfull(long minute, int perMinute) {
    return byMinute.getOrDefault(minute, 0L) > (long) ObservationLog.LARGEST * perMinute + BESIDE;
  }
}
