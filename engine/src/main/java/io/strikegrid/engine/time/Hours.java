package io.strikegrid.engine.time;

import io.strikegrid.engine.check.Check;
import java.time.Duration;
import java.time.LocalTime;

/**
 * Opening and length of a session that differs from its calendar's regular one.
 *
 * @param open local time of the opening, on a quarter hour
 * @param length more than zero, and ending by midnight of the same day
 */
public record Hours(LocalTime open, Duration length) {

  private static final long QUARTER_HOUR_NANOS = Duration.ofMinutes(15).toNanos();

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException where the opening is not on a quarter hour, or the session is
   *     empty or runs past midnight
   */
  public Hours {
    Check.that(
        open.toNanoOfDay() % QUARTER_HOUR_NANOS == 0,
        "opening must be on a quarter hour; have " + open);
    Check.that(length.isPositive(), "length of a session must be positive; have " + length);
    Check.that(
        length.plusSeconds(open.toSecondOfDay()).compareTo(Duration.ofDays(1)) <= 0,
        "a session must end by midnight; have " + open + " and " + length);
  }
}
