package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one {@link PageKey} over bucket and strike: the address of bucket {@code b} and
 * strike number {@code k} is {@code b * strikes + k}, so a snapshot of the chain is one row, a
 * strike's history one column, and a moneyness series a window that moves with the underlying.
 * Where few of the addresses have a bar only those are stored; what a page answers is the same.
 *
 * <p>Immutable, and safe to share. A page that is still being written shows the buckets that were
 * published when it was made; its writer changes only cells beyond them, or writes to copies.
 */
public final class GridPage {

  private final PageKey key;
  private final Session session;
  private final double[] strikes;
  private final int buckets;
  private final Column[] columns;
  private final CellMarks marks;
  private final BucketValues bucketValues;
  private final int provenances;
  private volatile @Nullable AsOf newest;
  private volatile int @Nullable [] firstSeen;

  GridPage(
      PageKey key,
      Session session,
      double[] strikes,
      int buckets,
      Column[] columns,
      CellMarks marks,
      BucketValues bucketValues,
      int provenances) {
    this.key = key;
    this.session = session;
    this.strikes = strikes;
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

  /**
   * Number of the strike at the money: the nearest to a price of those that are listed.
   *
   * @param underlying NaN where not known
   * @param isListed by number
   * @return -1 where no strike is listed or the price is not known
   */
  public int atTheMoney(double underlying, IntPredicate isListed) {
    return Moneyness.atTheMoney(strikes, strikes.length, underlying, isListed);
  }

  /**
   * Number of the strike at the money at the end of a bucket, by the bucket's underlying, of those
   * that were observed by then; -1 where nobody knows.
   */
  public int atTheMoney(int bucket) {
    int[] first = firstSeen();
    return atTheMoney(bucketValue(BucketField.UNDERLYING, bucket), k -> first[k] <= bucket);
  }

  /** The strikes that were observed by the end of a bucket, ascending. */
  public double[] listed(int bucket) {
    int[] first = firstSeen();
    return IntStream.range(0, first.length)
        .filter(k -> first[k] <= bucket)
        .mapToDouble(k -> strikes[k])
        .toArray();
  }

  private int[] firstSeen() {
    int[] first = firstSeen;
    if (first == null) {
      first = new int[strikes.length];
      for (int k = 0; k < first.length; k++) {
        first[k] = Math.min(firstObserved(Side.CALL, k), firstObserved(Side.PUT, k));
      }
      firstSeen = first;
    }
    return first;
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
    return bucket * strikes.length + k;
  }

  /** The column of a field and side. */
  public Column column(Side side, GridField field) {
    return columns[Columns.of(side, field)];
  }

  /** The value of a field in a cell; NaN where unknown. */
  public double at(Side side, GridField field, int bucket, int k) {
    return column(side, field).at(cell(bucket, k));
  }

  /** Whether the side was observed in the bucket. */
  public boolean isObserved(Side side, int bucket, int k) {
    return isMarked(Marks.observed(side), bucket, k);
  }

  /**
   * What was observed of a side in a cell, as a number that says nothing but whether it differs.
   */
  public int marks(Side side, int bucket, int k) {
    return Marks.of(marks.at(bucket, k), side);
  }

  private boolean isMarked(short bit, int bucket, int k) {
    return (marks.at(bucket, k) & bit) != 0;
  }

  /** Whether the bar of a side spoke of its quote, if only to withdraw it. */
  public boolean isQuoteSpokenOf(Side side, int bucket, int k) {
    return isMarked(Marks.quoted(side), bucket, k);
  }

  /** Whether a feed gave the IV of a side; otherwise it was computed, or there is none. */
  public boolean isFeedIv(Side side, int bucket, int k) {
    return isMarked(Marks.feedIv(side), bucket, k);
  }

  /** Whether the value of a carried field is the bucket's own. */
  public boolean isOwn(Side side, GridField carried, int bucket, int k) {
    return isMarked(Marks.own(side, carried), bucket, k);
  }

  /**
   * The newest bucket in which a side was observed, at or before one; -1 where there is none.
   *
   * @param bucket below {@link #buckets()}; -1 for none
   */
  public int newestObserved(Side side, int bucket, int k) {
    int b = bucket;
    while (b >= 0) {
      b = marks.floor(b, k);
      if (b >= 0 && isObserved(side, b, k)) {
        return b;
      }
      b--;
    }
    return -1;
  }

  /** The first bucket in which a side was observed; {@link #buckets()} where there is none. */
  public int firstObserved(Side side, int k) {
    int b = nextStored(0, k);
    while (b < buckets && !isObserved(side, b, k)) {
      b = nextStored(b + 1, k);
    }
    return b;
  }

  /**
   * The first bucket, at or after one, that may have a bar of a strike; {@link #buckets()} where
   * none does. Every bucket may where the page is dense.
   */
  public int nextStored(int bucket, int k) {
    return bucket >= buckets ? buckets : marks.ceiling(bucket, k);
  }

  /**
   * The first strike, at or above a number, that may have a bar in a bucket; {@link #strikes()}
   * where none does. Every strike may where the page is dense.
   */
  public int nextStrike(int bucket, int k) {
    return k >= strikes.length ? strikes.length : marks.strike(bucket, k);
  }

  /** Whether only the cells with a bar are stored. */
  public boolean isSparse() {
    return marks instanceof SparseMarks;
  }

  CellMarks marks() {
    return marks;
  }

  BucketValues bucketValues() {
    return bucketValues;
  }

  /** Whether the bucket has any bar. */
  public boolean hasBar(int bucket) {
    return marks.hasBar(bucket);
  }

  /** A value of the bucket as a whole; NaN where unknown. */
  public double bucketValue(BucketField field, int bucket) {
    return bucketValues.at(field, bucket);
  }

  /** Codes of the provenances in the page, as bits: bit n is set for code n. */
  public int provenances() {
    return provenances;
  }

  /**
   * What is known at the end of the newest bucket; made once for a tick.
   *
   * @param tick smallest step of option prices; 0 where not known
   */
  public AsOf newest(double tick) {
    AsOf known = newest;
    if (known == null || known.tick() != tick) {
      known = AsOf.at(this, buckets - 1, tick);
      newest = known;
    }
    return known;
  }

  /** Bytes that the page takes in memory, about. */
  public long bytes() {
    long bytes = 200 + 8L * strikes.length + marks.bytes() + bucketValues.bytes();
    for (Column column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }
}
