package io.strikegrid.engine.day;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.StrikeGap;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The strike gap of an expiry while the minutes of a day go by: settled by the first minute with an
 * underlying and at least five strikes listed by then, it holds for the rest of the day. Before
 * that it is the instrument's, else what the strikes say that are listed by then.
 *
 * @param size distance of two strikes, in the underlying's currency; NaN where nobody knows
 * @param since the minute that settled it, epoch seconds UTC; the largest number before that
 */
record DayGap(double size, long since) {

  private static final long NOT_YET = Long.MAX_VALUE;

  /** Nothing is known. */
  static final DayGap NONE = new DayGap(Double.NaN, NOT_YET);

  /** The gap at the end of a page of one-minute buckets. */
  static DayGap at(GridPage page) {
    for (int b = page.buckets() - 1; b >= 0; b--) {
      if (!Double.isNaN(page.bucketValue(BucketField.UNDERLYING, b))) {
        double size = page.bucketValue(BucketField.STRIKE_GAP, b);
        boolean settles = page.listed(b).length >= StrikeGap.ENOUGH && !Double.isNaN(size);
        return settles ? new DayGap(size, page.bucketStart(b)) : NONE;
      }
    }
    return NONE;
  }

  boolean isSettled() {
    return since != NOT_YET;
  }

  /**
   * The gap at the end of a minute.
   *
   * @param known contracts observed by then
   * @param underlying its price then; NaN where not known
   * @param own the instrument's usual gap
   */
  DayGap at(ContractStates known, double underlying, OptionalDouble own) {
    if (isSettled()) {
      return this;
    }
    double[] listed =
        IntStream.range(0, known.strikes())
            .filter(known::isKnown)
            .mapToDouble(known::strike)
            .toArray();
    boolean settles = listed.length >= StrikeGap.ENOUGH && !Double.isNaN(underlying);
    if (!settles && own.isPresent()) {
      return new DayGap(own.getAsDouble(), NOT_YET);
    }
    double now = StrikeGap.around(listed, listed.length, underlying, own);
    return new DayGap(now, settles ? known.minute() : NOT_YET);
  }
}
