package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Observations in few words. */
final class Seen {

  static final long OPEN = 1_756_439_100L;
  static final long CLOSE = OPEN + 375 * 60;
  static final double STRIKE = 100;

  private double strike = STRIKE;
  private Side side = Side.CALL;
  private final long time;
  private final double[] values = new double[ObservationField.values().length];

  private Seen(long time) {
    this.time = time;
    Arrays.fill(values, Double.NaN);
  }

  static Seen at(int minute, int second) {
    return new Seen(OPEN + minute * 60L + second);
  }

  static Seen afterClose(int second) {
    return new Seen(CLOSE + second);
  }

  Seen strike(double value) {
    strike = value;
    return this;
  }

  Seen put() {
    side = Side.PUT;
    return this;
  }

  Seen with(ObservationField field, double value) {
    values[field.ordinal()] = value;
    return this;
  }

  Observation made() {
    return new Observation(strike, side, time * 1000, time, 1, values.clone());
  }

  static List<Observation> all(Seen... seen) {
    return Arrays.stream(seen).map(Seen::made).toList();
  }

  static BarBuilder.Result build(Seen... seen) {
    return BarBuilder.build(all(seen), false, CLOSE);
  }

  static BarBuilder.Result readyMade(Seen... seen) {
    return BarBuilder.build(all(seen), true, CLOSE);
  }

  static long minute(int minute) {
    return OPEN + minute * 60L;
  }

  /** A table's text, to compare and to show: key, then every known value by name. */
  static String text(BarTable bars) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < bars.rows(); row++) {
      text.append(bars.strike(row)).append(' ').append((bars.bucket(row) - OPEN) / 60);
      TreeMap<String, Double> known = new TreeMap<>();
      for (int i = 0; i < BarColumns.COUNT; i++) {
        if (!Double.isNaN(bars.get(row, i))) {
          known.put(BarColumns.inMemory().get(i).name(), bars.get(row, i));
        }
      }
      text.append(' ').append(known).append('\n');
    }
    return text.toString();
  }
}
