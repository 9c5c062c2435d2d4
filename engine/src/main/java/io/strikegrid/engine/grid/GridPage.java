package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one {@link PageKey}, dense over bucket and strike: the cell of bucket {@code b} and
 * strike number {@code k} is {@code b * stride + k}, so a snapshot of the chain is one row, a
 * strike's history one column, and a moneyness series a window that moves with the underlying.
 *
 * <p>Immutable, and safe to share. A page that is still being written shows the buckets that were
 * published when it was made; its writer changes only cells beyond them, or writes to copies.
 */
public final class GridPage {

  private final PageKey key;
  private final Session session;
  private final double[] strikes;
  private final int stride;
  private final int buckets;
  private final Column[] columns;
  private final byte[] marks;
  private final double[][] bucketValues;
  private final int provenances;
  private volatile @Nullable AsOf newest;

  GridPage(
      PageKey key,
      Session session,
      double[] strikes,
      int stride,
      int buckets,
      Column[] columns,
      byte[] marks,
      double[][] bucketValues,
      int provenances) {
    this.key = key;
    this.session = session;
    this.strikes = strikes;
    this.stride = stride;
    this.buckets = buckets;
    this.columns = columns;
    this.marks = marks;
    this.bucketValues = bucketValues;
    this.provenances = provenances;
  }

  /** What the page holds. */
  public PageKey key() {
    return key;
  }

  /** The trading session that the buckets divide. */
  public Session session() {
    return session;
  }

  /** Number of strikes. */
  public int strikes() {
    return strikes.length;
  }

  /** A strike by its number, ascending. */
  public double strike(int k) {
    return strikes[k];
  }

  /** All strikes, ascending; a copy. */
  public double[] strikeArray() {
    return strikes.clone();
  }

  /** Number of a strike, or a negative number where the page has none such. */
  public int indexOf(double strike) {
    return Arrays.binarySearch(strikes, strike);
  }

  /** Number of the first strike at or above a price; {@link #strikes()} where none is. */
  public int firstAtOrAbove(double price) {
    int at = Arrays.binarySearch(strikes, price);
    return at >= 0 ? at : -at - 1;
  }

  /** Number of buckets from the session's opening to the newest bar. */
  public int buckets() {
    return buckets;
  }

  /** Start of a bucket, epoch seconds UTC. */
  public long bucketStart(int bucket) {
    return session.bucketStart(key.timeframe(), bucket);
  }

  /** The address of a bucket and strike number. */
  public int cell(int bucket, int k) {
    return bucket * stride + k;
  }

  /** The column of a field and side. */
  public Column column(Side side, GridField field) {
    return columns[side.ordinal() * GridField.values().length + field.ordinal()];
  }

  /** The value of a field in a cell; NaN where unknown. */
  public double at(Side side, GridField field, int bucket, int k) {
    return column(side, field).at(cell(bucket, k));
  }

  /** Whether the side was observed in the bucket. */
  public boolean isObserved(Side side, int bucket, int k) {
    return (marks[cell(bucket, k)] & Marks.observed(side)) != 0;
  }

  /**
   * Copies what marks the cells of the first buckets into an array of a page with these strikes.
   */
  void copyMarks(byte[] to, int width, int first) {
    for (int b = 0; b < first; b++) {
      System.arraycopy(marks, b * stride, to, b * width, width);
    }
  }

  /** Whether the bucket has any bar. */
  public boolean hasBar(int bucket) {
    for (int k = 0; k < strikes.length; k++) {
      if (marks[cell(bucket, k)] != 0) {
        return true;
      }
    }
    return false;
  }

  /** A value of the bucket as a whole; NaN where unknown. */
  public double bucketValue(BucketField field, int bucket) {
    return bucketValues[field.ordinal()][bucket];
  }

  /** Codes of the provenances in the page, as bits: bit n is set for code n. */
  public int provenances() {
    return provenances;
  }

  /** What is known at the end of the newest bucket; made once. */
  public AsOf newest() {
    AsOf known = newest;
    if (known == null) {
      known = AsOf.at(this, buckets - 1);
      newest = known;
    }
    return known;
  }

  /** Bytes that the page takes in memory, about. */
  public long bytes() {
    long bytes = 200 + 8L * strikes.length + marks.length;
    for (Column column : columns) {
      bytes += column.bytes();
    }
    for (double[] values : bucketValues) {
      bytes += 16 + 8L * values.length;
    }
    return bytes;
  }
}
