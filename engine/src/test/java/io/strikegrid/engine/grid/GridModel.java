package io.strikegrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The plain model that pages are compared with: maps of what was written. */
final class GridModel {

  private record Key(int bucket, double strike, Side side, GridField field) {}

  private record Whole(int bucket, BucketField field) {}

  private final Map<Key, Double> values = new HashMap<>();
  private final Map<Whole, Double> wholes = new HashMap<>();
  private final TreeMap<Integer, TreeSet<String>> observed = new TreeMap<>();
  private final TreeSet<Double> strikes = new TreeSet<>();
  private int buckets;

  GridModel copy() {
    GridModel copy = new GridModel();
    copy.values.putAll(values);
    copy.wholes.putAll(wholes);
    observed.forEach((bucket, contracts) -> copy.observed.put(bucket, new TreeSet<>(contracts)));
    copy.strikes.addAll(strikes);
    copy.buckets = buckets;
    return copy;
  }

  void open(int bucket) {
    buckets = Math.max(buckets, bucket + 1);
  }

  void addStrike(double strike) {
    strikes.add(strike);
  }

  void put(int bucket, double strike, Side side, GridField field, double value) {
    observed.computeIfAbsent(bucket, b -> new TreeSet<>()).add(side + " " + strike);
    values.put(new Key(bucket, strike, side, field), Cells.kept(field, value));
  }

  void put(int bucket, BucketField field, double value) {
    wholes.put(new Whole(bucket, field), value);
  }

  int buckets() {
    return buckets;
  }

  double get(int bucket, double strike, Side side, GridField field) {
    double value = values.getOrDefault(new Key(bucket, strike, side, field), Double.NaN);
    for (int b = bucket - 1; b >= 0 && Double.isNaN(value) && field.isCarried(); b--) {
      value = values.getOrDefault(new Key(b, strike, side, field), Double.NaN);
    }
    return value;
  }

  boolean isObserved(int bucket, double strike, Side side) {
    return observed.getOrDefault(bucket, new TreeSet<>()).contains(side + " " + strike);
  }

  void assertSame(GridPage page, String when) {
    assertThat(page.strikeArray())
        .as(when)
        .isEqualTo(strikes.stream().mapToDouble(s -> s).toArray());
    assertThat(page.buckets()).as(when).isEqualTo(buckets);
    for (int b = 0; b < buckets; b++) {
      for (int k = 0; k < page.strikes(); k++) {
        for (Side side : Side.values()) {
          assertCell(page, b, k, side, when);
        }
      }
      for (BucketField field : BucketField.values()) {
        double expected = wholes.getOrDefault(new Whole(b, field), Double.NaN);
        if (Double.compare(page.bucketValue(field, b), expected) != 0) {
          throw new AssertionError(when + ": " + field + " of bucket " + b + " is not " + expected);
        }
      }
      assertThat(page.hasBar(b)).as(when + " " + b).isEqualTo(observed.containsKey(b));
    }
  }

  private void assertCell(GridPage page, int b, int k, Side side, String when) {
    double strike = page.strike(k);
    if (page.isObserved(side, b, k) != isObserved(b, strike, side)) {
      throw new AssertionError(when + ": observed differs at " + b + " " + strike + " " + side);
    }
    for (GridField field : GridField.values()) {
      double expected = get(b, strike, side, field);
      double actual = page.at(side, field, b, k);
      if (Double.doubleToLongBits(actual) != Double.doubleToLongBits(expected)) {
        throw new AssertionError(
            when
                + ": "
                + side
                + " "
                + field
                + " at "
                + b
                + " "
                + strike
                + " is "
                + actual
                + ", expected "
                + expected);
      }
    }
  }
}
