package io.strikegrid.engine.measure;

import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Several contracts of one bucket become one value per level. */
final class LevelFold {

  private final Indicator indicator;
  private final @Nullable Side side;
  private final double[] sums;
  private final double[] others;
  private final int[] counts;

  private LevelFold(Indicator indicator, @Nullable Side side, int levels) {
    this.indicator = indicator;
    this.side = side;
    this.sums = new double[levels];
    this.others = new double[levels];
    this.counts = new int[levels];
  }

  static LevelFold of(Indicator indicator, @Nullable Side side, int levels) {
    return new LevelFold(indicator, side, levels);
  }

  void add(int level, double call, double put) {
    if (indicator.sides() == Indicator.Across.RATIO) {
      others[level] += Double.isNaN(call) ? 0 : call;
      addKnown(level, put);
      return;
    }
    addKnown(level, side == null ? both(indicator, call, put) : side == Side.CALL ? call : put);
  }

  /** Adds a strike's value. */
  void addKnown(int level, double value) {
    if (!Double.isNaN(value)) {
      sums[level] += value;
      counts[level]++;
    }
  }

  /**
   * Both sides of one strike together: open interest and volume add up; delta and price too, unless
   * one is unknown; the others are the mean of the sides that are known.
   */
  static double both(Indicator indicator, double call, double put) {
    boolean one = Double.isNaN(call) || Double.isNaN(put);
    return switch (indicator.sides()) {
      case BOTH -> call + put;
      case SUM -> one ? known(call, put) : call + put;
      case MEAN -> one ? known(call, put) : (call + put) / 2;
      case RATIO -> throw new IllegalArgumentException("a ratio has no value per strike");
    };
  }

  private static double known(double call, double put) {
    return Double.isNaN(call) ? put : call;
  }

  /** Writes the levels that have a value, and starts afresh. */
  void drain(double[][] to, int position) {
    for (int i = 0; i < sums.length; i++) {
      if (counts[i] > 0) {
        double value = value(i);
        if (!Double.isNaN(value)) {
          to[i][position] = value;
        }
      }
    }
    Arrays.fill(sums, 0);
    Arrays.fill(others, 0);
    Arrays.fill(counts, 0);
  }

  private double value(int level) {
    return switch (indicator.strikes()) {
      case SUM, BOTH -> sums[level];
      case MEAN -> sums[level] / counts[level];
      case RATIO -> Ratio.of(sums[level], others[level]);
    };
  }
}
