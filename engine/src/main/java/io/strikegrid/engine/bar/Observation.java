package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;
import java.util.Comparator;

/**
 * What was seen of one contract at one moment: a tick, one contract of a snapshot, or a bar that
 * somebody else made.
 *
 * @param strike in the underlying's currency
 * @param side call or put
 * @param millis event time, epoch milliseconds UTC
 * @param polled when it was collected, epoch seconds UTC; the event time where nothing else is
 *     known
 * @param line where it stands in its file, for messages
 * @param values one for each {@link ObservationField}, by ordinal
 */
@SuppressWarnings("ArrayRecordComponent") // one row of a matrix; isSame compares it
public record Observation(
    double strike, Side side, long millis, long polled, int line, double[] values) {

  /**
   * The order in which observations of an expiry are taken: by contract, then event time, then
   * day-cumulative volume, then fields.
   */
  public static final Comparator<Observation> ORDER =
      Comparator.comparingDouble(Observation::strike)
          .thenComparing(Observation::side)
          .thenComparingLong(Observation::millis)
          .thenComparingDouble(o -> o.get(ObservationField.VOLUME_DAY))
          .thenComparing(Observation::values, java.util.Arrays::compare);

  /** Event time in whole epoch seconds UTC. */
  public long time() {
    return Math.floorDiv(millis, 1000);
  }

  /** A field; NaN where unknown. */
  public double get(ObservationField field) {
    return values[field.ordinal()];
  }

  /** Whether the other one is the same observation: contract, event time and fields. */
  public boolean isSame(Observation other) {
    return strike == other.strike
        && side == other.side
        && millis == other.millis
        && java.util.Arrays.equals(values, other.values);
  }

  /** Whether it tells nothing of its contract: counts and the underlying alone are nothing. */
  public boolean isEmpty() {
    for (int i = 0; i < ObservationField.IV_COUNT.ordinal(); i++) {
      if (!Double.isNaN(values[i])) {
        return false;
      }
    }
    return true;
  }
}
