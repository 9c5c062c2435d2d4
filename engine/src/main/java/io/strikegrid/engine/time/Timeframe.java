package io.strikegrid.engine.time;

import java.util.Arrays;
import java.util.Optional;

/**
 * The length of a bucket. A session opens on a quarter hour UTC, so buckets counted from the
 * opening and buckets counted from the epoch are the same ones.
 */
public enum Timeframe {
  /** One minute. */
  MIN1("1min", 1),
  /** Five minutes. */
  MIN5("5min", 5),
  /** Fifteen minutes. */
  MIN15("15min", 15);

  private final String label;
  private final int minutes;

  Timeframe(String label, int minutes) {
    this.label = label;
    this.minutes = minutes;
  }

  /**
   * Finds the timeframe of a label such as {@code 5min}.
   *
   * @return the timeframe, or empty where the label is none of ours (case counts)
   */
  public static Optional<Timeframe> ofLabel(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  /** The name on every interface: {@code 1min}, {@code 5min} or {@code 15min}. */
  public String label() {
    return label;
  }

  /** Length of a bucket in minutes. */
  public int minutes() {
    return minutes;
  }

  /** Length of a bucket in seconds. */
  public int seconds() {
    return minutes * 60;
  }

  /**
   * Start of the bucket that holds a time.
   *
   * @param epochSecond any time, before 1970 too
   * @return epoch seconds UTC, at most {@code epochSecond} and less than one bucket before it
   */
  public long floor(long epochSecond) {
    return epochSecond - Math.floorMod(epochSecond, seconds());
  }
}
