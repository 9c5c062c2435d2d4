package io.strikegrid.server.ingest;

/** Numbers in files. */
final class Numbers {

  private static final int LONGEST = 40;

  private Numbers() {}

  /** A finite number; thousands separators and blanks are not taken. */
  static double read(String field, String text) throws RefusedRow {
    try {
      double value = text.length() > LONGEST ? Double.NaN : Double.parseDouble(text);
      char last = text.isEmpty() ? 'x' : text.charAt(text.length() - 1);
      if (!Double.isNaN(value)
          && !Double.isInfinite(value)
          && last != 'd'
          && last != 'D'
          && last != 'f'
          && last != 'F'
          && text.indexOf('x') < 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, with the field
    }
    throw new RefusedRow("bad_number", field, text, "a number");
  }

  static double positive(String field, String text) throws RefusedRow {
    double value = read(field, text);
    if (!(value > 0)) {
      throw new RefusedRow("not_positive", field, text, "greater than 0");
    }
    return value;
  }
}
