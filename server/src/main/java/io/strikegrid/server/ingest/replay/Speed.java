package io.strikegrid.server.ingest.replay;

/**
 * How fast a replay goes.
 *
 * @param factor seconds of event time in a second; infinite for as fast as it can
 */
public record Speed(double factor) {

  private static final double SLOWEST = 0.001;
  private static final double FASTEST = 1e6;

  /**
   * Reads {@code max} or a number.
   *
   * @throws IllegalArgumentException where it is neither
   */
  public static Speed parse(String text) {
    if (text.equals("max")) {
      return new Speed(Double.POSITIVE_INFINITY);
    }
    try {
      double factor = Double.parseDouble(text);
      if (factor >= SLOWEST && factor <= FASTEST) {
        return new Speed(factor);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "speed must be max or a number from 0.001 to 1000000; have " + text);
  }
}
