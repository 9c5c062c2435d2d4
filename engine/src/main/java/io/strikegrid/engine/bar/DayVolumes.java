package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;

/**
 * Derives each bar's volume from the day-cumulative figure, minute after minute of a trading day.
 *
 * <p>{@code volume_day} becomes a running maximum: a decrease adds nothing until the earlier
 * maximum is passed. {@code volume} is its difference to the contract's previous bar. A contract
 * that was first observed after its symbol's first minute starts from zero, whether or not its
 * first bars have a figure; so does one that was there in that minute, where that is the session's
 * opening or the figure there was zero. Otherwise nobody knows how much of its first figure belongs
 * to that minute, and its volume is unknown. A volume that covers minutes of which the expiry has
 * no bar says since when.
 */
public final class DayVolumes {

  /** Where a contract has not been observed. */
  public static final long NEVER = Long.MAX_VALUE;

  private final long symbolFirst;
  private final long open;

  /**
   * Derives the volumes of a day.
   *
   * @param symbolFirst the first minute in which the symbol was observed that day, epoch seconds
   * @param open the session's opening, epoch seconds
   */
  public DayVolumes(long symbolFirst, long open) {
    this.symbolFirst = symbolFirst;
    this.open = open;
  }

  /** What a contract had come to that day before the minute at hand. */
  public interface Before {
    /** Day-cumulative volume; NaN where the contract had none. */
    double volumeDay(Side side, double strike);

    /** The first minute in which it was observed, epoch seconds; {@link #NEVER} before that. */
    long firstObserved(Side side, double strike);

    /**
     * Start of the minute after its last figure, or the session's opening before the first one,
     * where a minute of the expiry is missing between that and the minute at hand; else NaN.
     */
    double missingSince(Side side, double strike, long minute);
  }

  /**
   * Sets volume and day-cumulative volume of a minute's bars in place.
   *
   * @param minute bars of one expiry and minute
   * @param before what the minutes before it had come to
   */
  public void derive(BarTable minute, Before before) {
    derive(minute, before, true);
  }

  /** Whether a minute's bars have another volume than they must have. */
  public boolean isOutOfDate(BarTable minute, Before before) {
    return derive(minute, before, false);
  }

  private boolean derive(BarTable minute, Before before, boolean sets) {
    boolean differs = false;
    for (int row = 0; row < minute.rows(); row++) {
      for (Side side : Side.values()) {
        double reported = minute.reported(row, side);
        if (!Double.isNaN(reported)) {
          double strike = minute.strike(row);
          double earlier = before.volumeDay(side, strike);
          double given = minute.get(row, side, SideColumn.VOLUME);
          double now = Double.isNaN(earlier) ? reported : Math.max(earlier, reported);
          double volume =
              Double.isNaN(earlier)
                  ? first(now, minute.bucket(row), before.firstObserved(side, strike))
                  : now - earlier;
          double since =
              Double.isNaN(volume)
                  ? Double.NaN
                  : before.missingSince(side, strike, minute.bucket(row));
          differs |=
              now != minute.get(row, side, SideColumn.VOLUME_DAY)
                  || Double.compare(volume, given) != 0
                  || Double.compare(since, minute.get(row, side, SideColumn.VOLUME_SINCE)) != 0;
          if (sets) {
            minute.set(row, side, SideColumn.VOLUME_DAY, now);
            minute.setReported(row, side, reported);
            minute.set(row, side, SideColumn.VOLUME, volume);
            minute.set(row, side, SideColumn.VOLUME_SINCE, since);
          }
        }
      }
    }
    return differs;
  }

  /** Volume of the first bar that has a figure. */
  private double first(double figure, long minute, long firstObserved) {
    boolean isFirst = firstObserved == NEVER;
    long since = isFirst ? minute : firstObserved;
    boolean startsFromZero = since > symbolFirst || symbolFirst == open || (isFirst && figure == 0);
    return startsFromZero ? figure : Double.NaN;
  }
}
