package io.strikegrid.server.ingest;

import io.strikegrid.engine.market.Side;
import io.strikegrid.server.ingest.profile.FieldName;

/** What every row must keep to, whichever way it came in. */
final class RowCheck {

  /** A quarter of an hour of these still fits the integer that sums them. */
  private static final int LARGEST_COUNT = 100_000_000;

  private RowCheck() {}

  /** A value with an explicit count of 0 contradicts itself. */
  static void counts(double[] values, Side side) throws RefusedRow {
    boolean anyGreek = false;
    boolean any = false;
    for (FieldName name : FieldName.values()) {
      boolean known = !Double.isNaN(values[name.ordinal()]);
      anyGreek |= known && name.isGreek();
      any |= known && !isCount(name) && name != FieldName.UNDERLYING;
    }
    double lot = values[FieldName.LOT_SIZE.ordinal()];
    if (!Double.isNaN(lot) && (lot != Math.rint(lot) || lot < 1 || lot > LARGEST_COUNT)) {
      throw new RefusedRow(
          "bad_number",
          FieldName.LOT_SIZE.label(),
          "" + lot,
          "a whole number from 1 to " + LARGEST_COUNT);
    }
    double underlying = values[FieldName.UNDERLYING.ordinal()];
    if (underlying > Numbers.LARGEST_PRICE) {
      throw new RefusedRow(
          "bad_number", FieldName.UNDERLYING.label(), "" + underlying, "at most 1e9");
    }
    boolean iv = !Double.isNaN(values[FieldName.IV.ordinal()]);
    check(values, FieldName.IV_COUNT, iv, side);
    check(values, FieldName.GREEKS_COUNT, anyGreek, side);
    check(values, FieldName.COUNT, any, side);
  }

  private static void check(double[] values, FieldName count, boolean hasValue, Side side)
      throws RefusedRow {
    double given = values[count.ordinal()];
    if (!Double.isNaN(given) && (given != Math.rint(given) || given > LARGEST_COUNT)) {
      throw new RefusedRow(
          "bad_number",
          side.label() + "_" + count.label(),
          "" + given,
          "a whole number of at most " + LARGEST_COUNT);
    }
    if (given == 0 && hasValue) {
      throw new RefusedRow(
          "count_of_zero", side.label() + "_" + count.label(), "0", "1 or more beside a value");
    }
    if (given == 0) {
      values[count.ordinal()] = Double.NaN;
    }
  }

  private static boolean isCount(FieldName name) {
    return switch (name) {
      case IV_COUNT, GREEKS_COUNT, COUNT -> true;
      default -> false;
    };
  }
}
