package io.strikegrid.server.ingest;

import io.strikegrid.server.ingest.profile.FieldName;

/** Numbers as they are sent. */
public final class Numbers {

  private static final int LONGEST = 40;
  private static final double LARGEST = 1e15;
  private static final double SMALLEST = 1e-300;

  private Numbers() {}

  /**
   * A decimal number of at most {@value #LARGEST}, so that sums and squares of many stay finite;
   * thousands separators, blanks, hexadecimals and words are not taken. What is closer to 0 than
   * {@value #SMALLEST} is 0.
   */
  public static double read(String field, String text) throws RefusedRow {
    try {
      double value = isDecimal(text) ? Double.parseDouble(text) : Double.NaN;
      if (Math.abs(value) <= LARGEST) {
        return Math.abs(value) < SMALLEST ? 0 : value;
      }
    } catch (NumberFormatException e) {
      // said below, with the field
    }
    throw new RefusedRow("bad_number", field, text, "a number of at most 1e15");
  }

  /** Most that a strike, or the price of an underlying, may be. */
  public static final double LARGEST_PRICE = 1e9;

  private static boolean isDecimal(String text) {
    return text.length() <= LONGEST
        && text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
  }

  /** A number of a field, 0 or more where the field knows no others. */
  public static double value(FieldName field, String name, String text) throws RefusedRow {
    double value = read(name, text);
    if (value < 0 && !field.isSigned()) {
      throw new RefusedRow("negative_value", name, text, "0 or more");
    }
    return value;
  }

  /** A strike or a price of an underlying: above 0, and at most 1e9. */
  public static double positive(String field, String text) throws RefusedRow {
    double value = read(field, text);
    if (!(value > 0)) {
      throw new RefusedRow("not_positive", field, text, "greater than 0");
    }
    if (value > LARGEST_PRICE) {
      throw new RefusedRow("bad_number", field, text, "at most 1e9");
    }
    return value;
  }
}
