package io.strikegrid.engine.time;

import io.strikegrid.engine.check.Check;
import java.time.LocalDate;

/**
 * One trading session, {@code [open, close)}. Its buckets are numbered from 0 at the opening; the
 * last one is shorter where the timeframe does not divide the session.
 *
 * @param day trading date in the exchange's zone
 * @param open first second of the session, epoch seconds UTC, on a quarter hour
 * @param close first second after the session, epoch seconds UTC
 */
public record Session(LocalDate day, long open, long close) {

  private static final long QUARTER_HOUR = 900;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException where the opening is not on a quarter hour UTC, or the session
   *     is empty
   */
  public Session {
    Check.that(
        Math.floorMod(open, QUARTER_HOUR) == 0,
        "the opening of " + day + " must be on a quarter hour UTC; have epoch second " + open);
    Check.that(
        close > open,
        "the session of " + day + " must not be empty; have " + open + " to " + close);
  }

  /** Tells whether a time, in epoch seconds UTC, falls in {@code [open, close)}. */
  public boolean contains(long epochSecond) {
    return epochSecond >= open && epochSecond < close;
  }

  /** Number of buckets of a timeframe, at least 1; a shorter last one counts. */
  public int buckets(Timeframe timeframe) {
    return Math.toIntExact(Math.ceilDiv(close - open, (long) timeframe.seconds()));
  }

  /** How many buckets of a timeframe had ended by a time, epoch seconds UTC. */
  public int ended(Timeframe timeframe, long time) {
    return time >= close
        ? buckets(timeframe)
        : Math.toIntExact(Math.max(0, Math.floorDiv(time - open, (long) timeframe.seconds())));
  }

  /**
   * Number of the bucket that holds a time.
   *
   * @param epochSecond epoch seconds UTC within the session
   * @return 0 to {@code buckets(timeframe) - 1}
   * @throws IllegalArgumentException where the time is outside the session
   */
  public int indexOf(Timeframe timeframe, long epochSecond) {
    if (!contains(epochSecond)) {
      throw new IllegalArgumentException(
          "time must be within the session of "
              + day
              + ", "
              + open
              + " to before "
              + close
              + "; have "
              + epochSecond);
    }
    return (int) ((epochSecond - open) / timeframe.seconds());
  }

  /**
   * Start of a bucket, epoch seconds UTC.
   *
   * @param index 0 to {@code buckets(timeframe) - 1}
   * @throws IllegalArgumentException where there is no such bucket
   */
  public long bucketStart(Timeframe timeframe, int index) {
    Check.inRange("bucket", index, 0, buckets(timeframe) - 1);
    return open + (long) index * timeframe.seconds();
  }
}
