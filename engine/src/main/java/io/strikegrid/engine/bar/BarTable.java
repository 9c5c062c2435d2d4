package io.strikegrid.engine.bar;

import io.strikegrid.engine.market.Side;
import java.util.Arrays;

/**
 * One-minute bars of one (symbol, expiry, trading day), rows in order of strike, then time. A row's
 * values stand side by side, {@link BarColumns#COUNT} of them; NaN is unknown. Beside them is kept
 * what was reported of a side's day-cumulative volume where its running maximum is more.
 *
 * <p>Grows by {@link #add} in key order. Not safe for use by several threads.
 */
public final class BarTable {

  private static final int WIDTH = BarColumns.WIDTH;

  private static final int FIRST_CAPACITY = 16;

  private int rows;
  private long[] buckets;
  private double[] strikes;
  private double[] values;

  /** An empty table. */
  public BarTable() {
    this(FIRST_CAPACITY);
  }

  /**
   * An empty table.
   *
   * @param capacity rows that there is room for at first
   */
  public BarTable(int capacity) {
    buckets = new long[capacity];
    strikes = new double[capacity];
    values = new double[capacity * WIDTH];
  }

  /** Bytes that a row takes. */
  public static int bytesOfRow() {
    return (2 + WIDTH) * Double.BYTES;
  }

  /** A copy, for a change that is not to be seen here. */
  public BarTable copy() {
    BarTable copy = new BarTable(rows);
    System.arraycopy(buckets, 0, copy.buckets, 0, rows);
    System.arraycopy(strikes, 0, copy.strikes, 0, rows);
    System.arraycopy(values, 0, copy.values, 0, rows * WIDTH);
    copy.rows = rows;
    return copy;
  }

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
      int capacity = Math.max(16, rows * 2);
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

  /** Adds a row neither side of which was observed, without an underlying. */
  public int addUnobserved(double strike, long bucket) {
    int row = add(strike, bucket);
    set(row, BarColumns.UNDERLYING_SOURCE, UnderlyingSource.NONE.ordinal());
    clear(row, Side.CALL);
    clear(row, Side.PUT);
    return row;
  }

  /**
   * Code of the provenance of a side; unknown where it was not observed. Rows that were written
   * before sides had one have that of the row.
   */
  public double provenance(int row, Side side) {
    double own = get(row, side, SideColumn.PROVENANCE);
    return Double.isNaN(own) && isObserved(row, side) ? get(row, BarColumns.PROVENANCE) : own;
  }

  /** The day-cumulative volume that was reported of a side; NaN where none was. */
  public double reported(int row, Side side) {
    double other = values[row * WIDTH + BarColumns.COUNT + side.ordinal()];
    return Double.isNaN(other) ? get(row, side, SideColumn.VOLUME_DAY) : other;
  }

  /** Sets it where the running maximum, which is set already, is more. */
  public void setReported(int row, Side side, double reported) {
    boolean isShown = reported == get(row, side, SideColumn.VOLUME_DAY);
    values[row * WIDTH + BarColumns.COUNT + side.ordinal()] = isShown ? Double.NaN : reported;
  }

  /** What was reported of a side's day-cumulative volume that shows more; NaN where it does not. */
  public double raisedFrom(int row, Side side) {
    return values[row * WIDTH + BarColumns.COUNT + side.ordinal()];
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
    setReported(row, side, Double.NaN);
    set(row, side, SideColumn.COUNT, 0);
    set(row, side, SideColumn.IV_COUNT, 0);
    set(row, side, SideColumn.GREEKS_COUNT, 0);
  }

  /** Makes a side of a row that of a row of another table. */
  public void copySide(int row, BarTable other, int otherRow, Side side) {
    int from = BarColumns.of(side, SideColumn.IV_AVG);
    System.arraycopy(
        other.values,
        otherRow * WIDTH + from,
        values,
        row * WIDTH + from,
        SideColumn.values().length);
    int reported = BarColumns.COUNT + side.ordinal();
    values[row * WIDTH + reported] = other.values[otherRow * WIDTH + reported];
    set(row, side, SideColumn.PROVENANCE, other.provenance(otherRow, side));
  }

  /** Leaves of a side what was given, and forgets what was derived from it. */
  public void forgetDerived(int row, Side side) {
    if (!Double.isNaN(get(row, side, SideColumn.VOLUME_DAY))) {
      set(row, side, SideColumn.VOLUME_DAY, reported(row, side));
      setReported(row, side, Double.NaN);
      set(row, side, SideColumn.VOLUME, Double.NaN);
      set(row, side, SideColumn.VOLUME_SINCE, Double.NaN);
    }
    double iv = get(row, side, SideColumn.IV_SOURCE);
    if (!Double.isNaN(iv) && iv != IvSource.FEED.ordinal()) {
      set(row, side, SideColumn.IV_AVG, Double.NaN);
      set(row, side, SideColumn.IV_SOURCE, Double.NaN);
      set(row, side, SideColumn.IV_COUNT, 0);
    }
    if (!hasFeedGreeks(row, side)) {
      for (SideColumn greek : SideColumn.greeks()) {
        set(row, side, greek, Double.NaN);
      }
      set(row, side, SideColumn.GREEKS_SOURCE, Double.NaN);
      set(row, side, SideColumn.GREEKS_COUNT, 0);
    }
  }

  /**
   * Whether a feed gave the side's Greeks. Rows that were written before that was noted are taken
   * to have theirs from the feed where they have its IV.
   */
  public boolean hasFeedGreeks(int row, Side side) {
    double source = get(row, side, SideColumn.GREEKS_SOURCE);
    return Double.isNaN(source)
        ? get(row, side, SideColumn.GREEKS_COUNT) > 0 && hasFeedIv(row, side)
        : source == GreeksSource.FEED.ordinal();
  }

  /** Whether a side's IV came with the row, rather than that it was computed. */
  public boolean hasFeedIv(int row, Side side) {
    return get(row, side, SideColumn.IV_SOURCE) == IvSource.FEED.ordinal();
  }

  /** Whether a feed quoted the row's underlying. */
  public boolean isQuoted(int row) {
    return get(row, BarColumns.UNDERLYING_SOURCE) == UnderlyingSource.QUOTED.ordinal();
  }

  /** Sets the row's underlying, NaN where unknown, and where it came from. */
  public void setUnderlying(int row, double price, UnderlyingSource source) {
    set(row, BarColumns.UNDERLYING_CLOSE, price);
    set(row, BarColumns.UNDERLYING_LAST, price);
    set(row, BarColumns.UNDERLYING_SOURCE, source.ordinal());
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

  /** Whether both have the same rows, with the same values; unknown equals unknown. */
  public boolean sameValues(BarTable other) {
    if (rows != other.rows) {
      return false;
    }
    for (int row = 0; row < rows; row++) {
      if (compare(row, other.strikes[row], other.buckets[row]) != 0
          || !sameValues(row, other, row)) {
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
