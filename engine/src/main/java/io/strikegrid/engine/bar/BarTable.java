package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;
import java.util.Arrays;

/**
 * One-minute bars of one (symbol, expiry, trading day), rows in order of strike, then time. A row's
 * values stand side by side, {@link BarColumns#COUNT} of them; NaN is unknown.
 *
 * <p>Grows by {@link #add} in key order. Not safe for use by several threads.
 */
public final class BarTable {

  private static final int WIDTH = BarColumns.COUNT;

  private int rows;
  private long[] buckets = new long[256];
  private double[] strikes = new double[256];
  private double[] values = new double[256 * WIDTH];

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /**
   * Adds a row of unknown values and returns its position.
   *
   * @param strike at or above the last row's
   * @param bucket start of the minute, epoch seconds UTC; after the last row's of the same strike
   * @throws IllegalArgumentException where the key is not after the last one
   */
  public int add(double strike, long bucket) {
    if (rows > 0 && compare(rows - 1, strike, bucket) >= 0) {
      throw new IllegalArgumentException(
          "rows must come in order of strike and time; have " + strike + " " + bucket);
    }
    if (rows == buckets.length) {
      int capacity = rows * 2;
      buckets = Arrays.copyOf(buckets, capacity);
      strikes = Arrays.copyOf(strikes, capacity);
      values = Arrays.copyOf(values, capacity * WIDTH);
    }
    buckets[rows] = bucket;
    strikes[rows] = strike;
    Arrays.fill(values, rows * WIDTH, (rows + 1) * WIDTH, Double.NaN);
    return rows++;
  }

  /** Adds a copy of a row of another table and returns its position. */
  public int addCopy(BarTable other, int row) {
    int at = add(other.strikes[row], other.buckets[row]);
    System.arraycopy(other.values, row * WIDTH, values, at * WIDTH, WIDTH);
    return at;
  }

  /** Start of a row's minute, epoch seconds UTC. */
  public long bucket(int row) {
    return buckets[row];
  }

  /** Strike of a row, in the underlying's currency. */
  public double strike(int row) {
    return strikes[row];
  }

  /** A value by its position in {@link BarColumns}; NaN where unknown. */
  public double get(int row, int column) {
    return values[row * WIDTH + column];
  }

  /** A side's value; NaN where unknown. */
  public double get(int row, Side side, SideColumn column) {
    return values[row * WIDTH + BarColumns.of(side, column)];
  }

  /** Sets a value by its position in {@link BarColumns}. */
  public void set(int row, int column, double value) {
    values[row * WIDTH + column] = value;
  }

  /** Sets a side's value. */
  public void set(int row, Side side, SideColumn column, double value) {
    values[row * WIDTH + BarColumns.of(side, column)] = value;
  }

  /** Position of a row by its key; a negative number where there is none. */
  public int indexOf(double strike, long bucket) {
    int low = 0;
    int high = rows - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, strike, bucket);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return -low - 1;
  }

  /** Makes a side of a row one that was not observed. */
  public void clear(int row, Side side) {
    for (SideColumn column : SideColumn.values()) {
      set(row, side, column, Double.NaN);
    }
    set(row, side, SideColumn.COUNT, 0);
    set(row, side, SideColumn.IV_COUNT, 0);
    set(row, side, SideColumn.GREEKS_COUNT, 0);
  }

  /** Whether the side was observed in the row's minute. */
  public boolean isObserved(int row, Side side) {
    return get(row, side, SideColumn.COUNT) > 0;
  }

  /** Whether two rows hold the same values, provenance included; unknown equals unknown. */
  public boolean sameValues(int row, BarTable other, int otherRow) {
    for (int i = 0; i < WIDTH; i++) {
      double mine = values[row * WIDTH + i];
      double theirs = other.values[otherRow * WIDTH + i];
      if (mine != theirs && !(Double.isNaN(mine) && Double.isNaN(theirs))) {
        return false;
      }
    }
    return true;
  }

  int compare(int row, double strike, long bucket) {
    int byStrike = Double.compare(strikes[row], strike);
    return byStrike != 0 ? byStrike : Long.compare(buckets[row], bucket);
  }
}
