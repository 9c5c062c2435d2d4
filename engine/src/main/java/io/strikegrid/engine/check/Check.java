package io.strikegrid.engine.check;

/** Argument checks that return their argument and, on failure, say what was given and allowed. */
public final class Check {

  private Check() {}

  /**
   * Requires a finite number greater than zero.
   *
   * @param name what the number is, as it stands in the message
   * @throws IllegalArgumentException where it is not
   */
  public static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be positive; have " + value);
    }
    return value;
  }

  /**
   * Requires {@code low <= value <= high}.
   *
   * @param name what the number is, as it stands in the message
   * @throws IllegalArgumentException where it is outside
   */
  public static int inRange(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          name + " must be " + low + " to " + high + "; have " + value);
    }
    return value;
  }

  /**
   * Requires text that is neither empty nor blank.
   *
   * @param name what the text is, as it stands in the message
   * @throws IllegalArgumentException where it is
   */
  public static String notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    return value;
  }

  /**
   * Requires a condition on which the caller depends.
   *
   * @throws IllegalArgumentException with the message where it does not hold
   */
  public static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
