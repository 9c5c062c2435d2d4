package io.strikegrid.engine.grid;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pages of one {@link PageKey}. One thread writes; each {@link #publish()} gives a page
 * that any thread may read.
 *
 * <p>Buckets are written in order. Cells beyond the published buckets are free to change, since no
 * page shows them, so appending copies nothing but to grow. A change to a published bucket, or a
 * strike that was not known, first copies what pages share: those that are already out keep theirs.
 * The hand-over of the page reference by the caller (a volatile field, a concurrent map) is what
 * publishes.
 *
 * <p>How the cells are stored, {@link DenseCells dense} or {@link SparseCells sparse}, is chosen by
 * {@link Layout} whenever the page grows, and does not show in what the pages answer.
 */
public final class GridWriter {

  private final PageKey key;
  private final Session session;
  private final int capacity;
  private final Layout layout;
  private double[] strikes;
  private int buckets;
  private int published;
  private CellStore cells;
  private long expected;
  private BucketValues bucketValues;
  private int provenances;
  private @Nullable GridPage newest;

  /**
   * Starts an empty page.
   *
   * @param strikes ascending, without repetition; more may be added later
   */
  public GridWriter(PageKey key, Session session, double[] strikes) {
    this(key, session, strikes, Layout.CHOSEN);
  }

  /** The same with cells stored in a way of one's own choice. */
  GridWriter(PageKey key, Session session, double[] strikes, Layout layout) {
    this.key = key;
    this.session = session;
    this.capacity = session.buckets(key.timeframe());
    this.layout = layout;
    this.strikes = strikes.clone();
    this.cells =
        layout == Layout.SPARSE
            ? new SparseCells(strikes.length)
            : new DenseCells(strikes.length, capacity);
    this.bucketValues = BucketValues.none();
  }

  /**
   * Goes on where a page ends. The page keeps its own cells.
   *
   * @param page of the whole session
   */
  public static GridWriter after(GridPage page) {
    return after(page, page.buckets());
  }

  /**
   * Goes on after the first buckets of a page, as if it had no others. The page keeps its own
   * cells.
   *
   * @param page of the whole session
   * @param buckets how many; more than the page has are as many as it has
   */
  public static GridWriter after(GridPage page, int buckets) {
    return after(page, buckets, Layout.CHOSEN);
  }

  static GridWriter after(GridPage page, int buckets, Layout layout) {
    int kept = Math.min(buckets, page.buckets());
    GridWriter writer = new GridWriter(page.key(), page.session(), page.strikeArray(), layout);
    writer.cells =
        page.marks() instanceof SparseMarks marks
            ? SparseCells.of(page, kept, marks)
            : DenseCells.of(page, kept, writer.capacity);
    writer.bucketValues = page.bucketValues().copy(kept, writer.capacity);
    writer.buckets = kept;
    writer.published = page.strikes() == 0 ? 0 : kept;
    writer.provenances = page.provenances();
    return writer;
  }

  /** Whether a page is the newest one that it published. */
  public boolean isAt(GridPage page) {
    return page == newest;
  }

  /** What the pages hold. */
  public PageKey key() {
    return key;
  }

  /**
   * Tells of what is about to be written, so that the cells are stored in the right way from the
   * start.
   *
   * @param toBuckets buckets that there will be
   * @param toStrikes strikes that there will be
   * @param bars that come, at most
   */
  void expect(int toBuckets, int toStrikes, int bars) {
    expected = (long) cells.filled() + bars;
    choose(Math.max(buckets, toBuckets), Math.max(strikes.length, toStrikes));
    if (toBuckets > buckets) {
      cells.reserve(toBuckets);
    }
  }

  /** How many strikes there are together with some, which are ascending. */
  int strikesWith(double[] others) {
    int count = strikes.length;
    for (double strike : others) {
      count += Arrays.binarySearch(strikes, strike) < 0 ? 1 : 0;
    }
    return count;
  }

  /** Stores the cells anew where they should be stored in the other way. */
  private void choose(int ofBuckets, int ofStrikes) {
    boolean isSparse = cells instanceof SparseCells;
    long filled = Math.max(expected, cells.filled());
    boolean wanted = layout.isSparse((long) ofBuckets * ofStrikes, filled, isSparse);
    if (wanted != isSparse) {
      CellStore other =
          wanted ? new SparseCells(strikes.length) : new DenseCells(strikes.length, capacity);
      other.reserve(buckets);
      cells.copyTo(other, buckets);
      cells = other;
      bucketValues = bucketValues.copy(buckets, capacity);
      published = 0;
    }
  }

  /**
   * Makes a bucket writable and, where it is new, the newest.
   *
   * @param bucket number from the session's opening
   */
  public void open(int bucket) {
    if (bucket < 0 || bucket >= capacity) {
      throw new IllegalArgumentException(
          "bucket must be 0 to " + (capacity - 1) + "; have " + bucket);
    }
    if (bucket < published) {
      cells.own();
      bucketValues = bucketValues.copy(buckets, capacity);
      published = 0;
    }
    if (bucket >= buckets) {
      choose(bucket + 1, strikes.length);
      cells.reserve(bucket + 1);
      bucketValues = bucketValues.withRoom(bucket + 1, capacity);
      buckets = bucket + 1;
    }
  }

  /** Number of a strike, added where it was not known. */
  public int strikeIndex(double strike) {
    int at = Arrays.binarySearch(strikes, strike);
    if (at >= 0) {
      return at;
    }
    insert(-at - 1, strike);
    return -at - 1;
  }

  private void insert(int at, double strike) {
    choose(buckets, strikes.length + 1);
    double[] more = new double[strikes.length + 1];
    System.arraycopy(strikes, 0, more, 0, at);
    more[at] = strike;
    System.arraycopy(strikes, at, more, at + 1, strikes.length - at);
    cells.insert(at);
    strikes = more;
  }

  /** Sets a value of a side that was observed in an open bucket. */
  public void set(Side side, GridField field, int bucket, int k, double value) {
    cells.set(Columns.of(side, field), bucket, k, value);
  }

  /** Marks a side as observed in an open bucket. */
  public void observe(Side side, int bucket, int k) {
    cells.mark(Marks.observed(side), true, bucket, k);
  }

  /** Says whether the bar of a side spoke of its quote, if only to withdraw it. */
  public void quote(Side side, int bucket, int k, boolean isSpokenOf) {
    cells.mark(Marks.quoted(side), isSpokenOf, bucket, k);
  }

  /** Says whether a feed gave the IV of a side that was observed, or it was computed. */
  public void feedIv(Side side, int bucket, int k, boolean isFeed) {
    cells.mark(Marks.feedIv(side), isFeed, bucket, k);
  }

  /** Sets a value of an open bucket as a whole. */
  public void set(BucketField field, int bucket, double value) {
    bucketValues = bucketValues.withRoom(bucket + 1, capacity);
    bucketValues.set(field, bucket, value);
  }

  /** Notes where rows of the page came from. */
  public void add(Provenance provenance) {
    provenances |= 1 << provenance.code();
  }

  /** The page as it is now, with open interest and day volume carried forward. */
  public GridPage publish() {
    settle();
    GridPage page = page(cells.publish(published, buckets), bucketValues);
    published = buckets;
    newest = page;
    return page;
  }

  /** The page as it is now, packed tightly, for a day that nobody appends to any more. */
  public GridPage seal() {
    settle();
    GridPage page = page(cells.seal(published, buckets), bucketValues.packed(buckets));
    published = buckets;
    return page;
  }

  /** What was expected has come, or does not. */
  private void settle() {
    expected = 0;
    choose(buckets, strikes.length);
  }

  private GridPage page(CellStore.View view, BucketValues values) {
    return new GridPage(
        key, session, strikes, buckets, view.columns(), view.marks(), values, provenances);
  }
}
