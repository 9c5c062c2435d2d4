package io.strikegrid.server.ingest.tick;

import io.strikegrid.server.ingest.IsoTime;
import io.strikegrid.server.ingest.RefusedRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;

/**
 * Reads an event time: epoch seconds, milliseconds, microseconds or nanoseconds, told apart by
 * their size, also with a fraction; or ISO-8601 with an offset. What is finer than a millisecond is
 * cut.
 */
final class EventTime {

  static final String RULE =
      "a time from 1990 on, as epoch seconds, milliseconds, microseconds or nanoseconds, or"
          + " ISO-8601 with an offset";

  private static final String NUMBER = "\\d{1,19}(\\.\\d{1,12})?";
  private static final int LONGEST_ISO = 40;
  private static final BigDecimal MILLIS_FROM = BigDecimal.TEN.pow(11);
  private static final BigDecimal MICROS_FROM = BigDecimal.TEN.pow(14);
  private static final BigDecimal NANOS_FROM = BigDecimal.TEN.pow(17);

  private EventTime() {}

  /** Epoch milliseconds UTC. */
  static long millis(String field, String text) throws RefusedRow {
    try {
      if (text.matches(NUMBER)) {
        return ofNumber(new BigDecimal(text));
      }
      if (text.length() <= LONGEST_ISO) {
        return IsoTime.parse(text.replace(' ', 'T')).toEpochMilli();
      }
    } catch (DateTimeException | ArithmeticException e) {
      // said below, with the field
    }
    throw new RefusedRow("bad_time", field, text, RULE);
  }

  private static long ofNumber(BigDecimal number) {
    int places = 3;
    if (number.compareTo(NANOS_FROM) >= 0) {
      places = -6;
    } else if (number.compareTo(MICROS_FROM) >= 0) {
      places = -3;
    } else if (number.compareTo(MILLIS_FROM) >= 0) {
      places = 0;
    }
    return number.movePointRight(places).setScale(0, RoundingMode.FLOOR).longValueExact();
  }
}
