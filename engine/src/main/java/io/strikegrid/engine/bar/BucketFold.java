package io.strikegrid.engine.bar;

import io.strikegrid.engine.time.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest bucket of one expiry while its minutes come: each strike's row so far, by the {@link
 * RollupRule} of each column, and what its means are made of. Minutes must come in order of time;
 * for any other change a bucket is made anew from its minutes.
 *
 * <p>Immutable: adding minutes gives another one.
 */
public final class BucketFold {

  private static final int COLUMNS = BarColumns.COUNT;
  private static final RollupRule[] RULES = rules();
  private static final int[] WEIGHTS = weights();
  private static final int WIDTH = 3 * COLUMNS;

  private final Timeframe timeframe;
  private final long bucket;
  private final double[] strikes;
  private final double[][] states;

  private BucketFold(Timeframe timeframe, long bucket, double[] strikes, double[][] states) {
    this.timeframe = timeframe;
    this.bucket = bucket;
    this.strikes = strikes;
    this.states = states;
  }

  private static RollupRule[] rules() {
    return BarColumns.inMemory().stream().map(BarColumn::rule).toArray(RollupRule[]::new);
  }

  /** Position of the column that weighs each mean; -1 where none does. */
  private static int[] weights() {
    List<String> names = BarColumns.inMemory().stream().map(BarColumn::name).toList();
    return BarColumns.inMemory().stream()
        .mapToInt(c -> c.weight() == null ? -1 : names.indexOf(c.weight()))
        .toArray();
  }

  /** Nothing came yet. */
  public static BucketFold empty(Timeframe timeframe) {
    return new BucketFold(timeframe, Long.MIN_VALUE, new double[0], new double[0][]);
  }

  /**
   * What adding minutes gives.
   *
   * @param buckets the rows of every bucket that they touch, as they are then
   * @param fold the newest bucket
   */
  public record Added(BarTable buckets, BucketFold fold) {}

  /**
   * Adds minutes of the same expiry and day.
   *
   * @param minutes all of them after those that were added before
   */
  public Added add(BarTable minutes) {
    long newest = bucket;
    for (int row = 0; row < minutes.rows(); row++) {
      newest = Math.max(newest, timeframe.floor(minutes.bucket(row)));
    }
    BarTable buckets = new BarTable();
    List<Double> nextStrikes = new ArrayList<>();
    List<double[]> nextStates = new ArrayList<>();
    int known = 0;
    int row = 0;
    while (row < minutes.rows() || known < strikes.length) {
      boolean isKnown =
          known < strikes.length
              && (row == minutes.rows() || strikes[known] <= minutes.strike(row));
      double strike = isKnown ? strikes[known] : minutes.strike(row);
      double[] state = isKnown ? states[known++] : unknown();
      long of = isKnown ? bucket : Long.MIN_VALUE;
      boolean changed = false;
      for (; row < minutes.rows() && minutes.strike(row) == strike; row++) {
        long in = timeframe.floor(minutes.bucket(row));
        if (in != of) {
          if (changed) {
            write(buckets, strike, of, state);
          }
          state = unknown();
          of = in;
        } else if (!changed) {
          state = state.clone();
        }
        changed = true;
        fold(state, minutes, row);
      }
      if (changed) {
        write(buckets, strike, of, state);
      }
      if (of == newest) {
        nextStrikes.add(strike);
        nextStates.add(state);
      }
    }
    return new Added(
        buckets,
        new BucketFold(
            timeframe,
            newest,
            nextStrikes.stream().mapToDouble(Double::doubleValue).toArray(),
            nextStates.toArray(double[][]::new)));
  }

  private static double[] unknown() {
    double[] state = new double[WIDTH];
    Arrays.fill(state, 0, COLUMNS, Double.NaN);
    return state;
  }

  private static void write(BarTable to, double strike, long bucket, double[] state) {
    int at = to.add(strike, bucket);
    for (int i = 0; i < COLUMNS; i++) {
      to.set(at, i, state[i]);
    }
  }

  /** Of each column the value so far, then what its mean sums up, then the weight of that. */
  private static void fold(double[] state, BarTable minutes, int row) {
    for (int i = 0; i < COLUMNS; i++) {
      double value = minutes.get(row, i);
      if (Double.isNaN(value)) {
        continue;
      }
      double before = state[i];
      boolean first = Double.isNaN(before);
      state[i] =
          switch (RULES[i]) {
            case AVG -> mean(state, i, value, 1);
            case MEAN_BY_COUNT -> mean(state, i, value, minutes.get(row, WEIGHTS[i]));
            case SUM -> first ? value : before + value;
            case MIN -> first ? value : Math.min(before, value);
            case MAX -> first ? value : Math.max(before, value);
            case FIRST -> first ? value : before;
            case LAST -> value;
          };
    }
  }

  private static double mean(double[] state, int column, double value, double weight) {
    state[COLUMNS + column] += value * weight;
    state[2 * COLUMNS + column] += weight;
    double weights = state[2 * COLUMNS + column];
    return weights == 0 ? Double.NaN : state[COLUMNS + column] / weights;
  }

  /** Bytes that it takes in memory, about. */
  public long bytes() {
    return 200 + (long) strikes.length * (WIDTH + 4) * Double.BYTES;
  }
}
