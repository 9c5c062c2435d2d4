package io.strikegrid.server.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Reads times of ISO-8601 with an offset. Years beyond those that have four digits are refused like
 * any text that is no time, so that whatever is counted from one fits a long.
 */
public final class IsoTime {

  private static final int LAST_YEAR = 9_999;

  private IsoTime() {}

  /**
   * The moment that a text names.
   *
   * @throws DateTimeException where it names none from the year 1 to 9999
   */
  public static Instant parse(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text);
    if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
      throw new DateTimeException("the year must be 1 to " + LAST_YEAR);
    }
    return time.toInstant();
  }
}
