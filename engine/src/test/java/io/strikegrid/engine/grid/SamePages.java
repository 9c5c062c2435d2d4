package io.strikegrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;

/** Compares pages that are stored in different ways. */
final class SamePages {

  private SamePages() {}

  /** Asserts that two pages answer the same, whatever is asked. */
  static void assertSame(GridPage one, GridPage other, String when) {
    assertThat(one.strikeArray()).as(when).isEqualTo(other.strikeArray());
    assertThat(one.buckets()).as(when).isEqualTo(other.buckets());
    assertThat(one.provenances()).as(when).isEqualTo(other.provenances());
    for (int b = 0; b < one.buckets(); b++) {
      check(one.hasBar(b) == other.hasBar(b), when + ": bars of " + b);
      for (BucketField field : BucketField.values()) {
        check(
            one.bucketValue(field, b), other.bucketValue(field, b), when + ": " + field + " " + b);
      }
    }
    for (Side side : Side.values()) {
      for (int k = 0; k < one.strikes(); k++) {
        check(
            one.firstObserved(side, k) == other.firstObserved(side, k),
            when + ": first of " + side + " " + k);
        for (int b = 0; b < one.buckets(); b++) {
          String where = when + ": " + side + " " + b + " " + k;
          check(one.isObserved(side, b, k) == other.isObserved(side, b, k), where);
          check(one.newestObserved(side, b, k) == other.newestObserved(side, b, k), where);
          check(one.isQuoteSpokenOf(side, b, k) == other.isQuoteSpokenOf(side, b, k), where);
          check(one.isFeedIv(side, b, k) == other.isFeedIv(side, b, k), where);
          check(
              one.isOwn(side, GridField.OI, b, k) == other.isOwn(side, GridField.OI, b, k), where);
        }
      }
      for (GridField field : GridField.values()) {
        assertSame(one, other, side, field, when + ": " + side + " " + field);
      }
    }
    assertSame(one.newest(0), other.newest(0), when);
  }

  private static void assertSame(
      GridPage one, GridPage other, Side side, GridField field, String when) {
    Column column = one.column(side, field);
    Column otherColumn = other.column(side, field);
    int strikes = one.strikes();
    double[] row = new double[strikes];
    double[] otherRow = new double[strikes];
    for (int b = 0; b < one.buckets(); b++) {
      int from = strikes == 0 ? 0 : b % strikes;
      column.copy(one.cell(b, from), strikes - from, row);
      otherColumn.copy(other.cell(b, from), strikes - from, otherRow);
      for (int k = 0; k < strikes; k++) {
        String where = when + " at " + b + " " + k;
        double value = column.at(one.cell(b, k));
        check(value, otherColumn.at(other.cell(b, k)), where);
        if (k >= from) {
          check(row[k - from], value, where);
          check(otherRow[k - from], value, where);
        }
      }
    }
  }

  /** Asserts that the same is known as of a bucket. */
  static void assertSame(AsOf one, AsOf other, String when) {
    assertThat(one.bucket()).as(when).isEqualTo(other.bucket());
    assertThat(one.contracts()).as(when).isEqualTo(other.contracts());
    assertThat(one.carried()).as(when).isEqualTo(other.carried());
    for (Side side : Side.values()) {
      for (int k = 0; k < one.page().strikes(); k++) {
        String where = when + " as of " + one.bucket() + ": " + side + " " + k;
        for (AsOf.Part part : AsOf.Part.values()) {
          check(one.newestBar(side, part, k) == other.newestBar(side, part, k), where);
        }
        for (GridField field : GridField.values()) {
          check(one.at(side, field, k), other.at(side, field, k), where + " " + field);
        }
      }
    }
  }

  private static void check(double one, double other, String where) {
    if (Double.doubleToLongBits(one) != Double.doubleToLongBits(other)) {
      throw new AssertionError(where + ": " + one + " is not " + other);
    }
  }

  private static void check(boolean isSame, String where) {
    if (!isSame) {
      throw new AssertionError(where + " differ");
    }
  }
}
