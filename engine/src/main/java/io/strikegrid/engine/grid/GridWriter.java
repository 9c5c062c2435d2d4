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
 * page shows them, so appending copies nothing. A change to a published bucket, or a strike that
 * was not known, first copies the arrays: pages that are already out keep theirs. The hand-over of
 * the page reference by the caller (a volatile field, a concurrent map) is what publishes.
 */
public final class GridWriter {

  private static final GridField[] FIELDS = GridField.values();
  private static final int COLUMNS = Side.values().length * FIELDS.length;

  private final PageKey key;
  private final Session session;
  private final int capacity;
  private double[] strikes;
  private int stride;
  private int buckets;
  private int published;
  private double[][] exact;
  private float[][] floats;
  private byte[] marks;
  private double[][] bucketValues = new double[BucketField.values().length][];
  private int provenances;
  private @Nullable GridPage newest;

  /**
   * Starts an empty page.
   *
   * @param strikes ascending, without repetition; more may be added later
   */
  public GridWriter(PageKey key, Session session, double[] strikes) {
    this.key = key;
    this.session = session;
    this.capacity = session.buckets(key.timeframe());
    this.strikes = strikes.clone();
    this.stride = strikes.length;
    this.exact = new double[COLUMNS][];
    this.floats = new float[COLUMNS][];
    for (Side side : Side.values()) {
      for (GridField field : FIELDS) {
        allocate(index(side, field), field);
      }
    }
    this.marks = new byte[capacity * stride];
    for (int i = 0; i < bucketValues.length; i++) {
      bucketValues[i] = new double[capacity];
      Arrays.fill(bucketValues[i], Double.NaN);
    }
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
    int kept = Math.min(buckets, page.buckets());
    GridWriter writer = new GridWriter(page.key(), page.session(), page.strikeArray());
    double[] values = new double[writer.stride];
    for (Side side : Side.values()) {
      for (GridField field : FIELDS) {
        int column = index(side, field);
        for (int b = 0; b < kept; b++) {
          page.column(side, field).copy(page.cell(b, 0), writer.stride, values);
          writer.put(column, b * writer.stride, values);
        }
      }
    }
    page.copyMarks(writer.marks, writer.stride, kept);
    for (BucketField field : BucketField.values()) {
      for (int b = 0; b < kept; b++) {
        writer.bucketValues[field.ordinal()][b] = page.bucketValue(field, b);
      }
    }
    writer.buckets = kept;
    writer.published = writer.stride == 0 ? 0 : kept;
    writer.provenances = page.provenances();
    return writer;
  }

  private void put(int column, int cell, double[] values) {
    if (exact[column] != null) {
      System.arraycopy(values, 0, exact[column], cell, values.length);
    } else {
      for (int i = 0; i < values.length; i++) {
        floats[column][cell + i] = (float) values[i];
      }
    }
  }

  /** Whether a page is the newest one that it published. */
  public boolean isAt(GridPage page) {
    return page == newest;
  }

  /** What the pages hold. */
  public PageKey key() {
    return key;
  }

  private void allocate(int column, GridField field) {
    if (field.isExact()) {
      exact[column] = new double[capacity * stride];
      Arrays.fill(exact[column], Double.NaN);
    } else {
      floats[column] = new float[capacity * stride];
      Arrays.fill(floats[column], Float.NaN);
    }
  }

  private static int index(Side side, GridField field) {
    return side.ordinal() * FIELDS.length + field.ordinal();
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
      copyArrays();
    }
    buckets = Math.max(buckets, bucket + 1);
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

  /** Sets a value of a side that was observed in an open bucket. */
  public void set(Side side, GridField field, int bucket, int k, double value) {
    int column = index(side, field);
    int cell = bucket * stride + k;
    if (field.isCarried()) {
      marks[cell] = Marks.with(marks[cell], Marks.own(side, field), !Double.isNaN(value));
    }
    if (field.isExact()) {
      exact[column][cell] = value;
    } else {
      floats[column][cell] = (float) value;
    }
  }

  /** Marks a side as observed in an open bucket. */
  public void observe(Side side, int bucket, int k) {
    int cell = bucket * stride + k;
    marks[cell] = Marks.with(marks[cell], Marks.observed(side), true);
  }

  /** Sets a value of an open bucket as a whole. */
  public void set(BucketField field, int bucket, double value) {
    bucketValues[field.ordinal()][bucket] = value;
  }

  /** Notes where rows of the page came from. */
  public void add(Provenance provenance) {
    provenances |= 1 << provenance.code();
  }

  /** The page as it is now, with open interest and day volume carried forward. */
  public GridPage publish() {
    carry();
    Column[] columns = new Column[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      columns[i] =
          FIELDS[i % FIELDS.length].isExact()
              ? new DoubleColumn(exact[i])
              : new FloatColumn(floats[i]);
    }
    published = buckets;
    newest = page(columns, marks, bucketValues);
    return newest;
  }

  /** The page as it is now, packed tightly, for a day that nobody appends to any more. */
  public GridPage seal() {
    carry();
    published = buckets;
    int cells = buckets * stride;
    Column[] columns = new Column[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      columns[i] =
          FIELDS[i % FIELDS.length].isExact()
              ? pack(exact[i], cells)
              : new FloatColumn(Arrays.copyOf(floats[i], cells));
    }
    double[][] values = new double[bucketValues.length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = Arrays.copyOf(bucketValues[i], buckets);
    }
    return page(columns, Arrays.copyOf(marks, cells), values);
  }

  private static Column pack(double[] values, int cells) {
    ScaledColumn scaled = ScaledColumn.exactly(values, cells);
    return scaled != null ? scaled : new DoubleColumn(Arrays.copyOf(values, cells));
  }

  private GridPage page(Column[] columns, byte[] cellMarks, double[][] values) {
    return new GridPage(
        key, session, strikes, stride, buckets, columns, cellMarks, values, provenances);
  }

  /**
   * Fills unknown carried cells from the bucket before. Published cells only ever change in copies,
   * and a filled cell stays filled, so this may run over all buckets each time; it starts where the
   * last publication ended, unless the arrays were copied for a change since.
   */
  private void carry() {
    for (Side side : Side.values()) {
      for (GridField field : FIELDS) {
        if (field.isCarried()) {
          double[] values = exact[index(side, field)];
          for (int cell = Math.max(published, 1) * stride; cell < buckets * stride; cell++) {
            if (Double.isNaN(values[cell])) {
              values[cell] = values[cell - stride];
            }
          }
        }
      }
    }
  }

  /** Gives the writer arrays of its own; carried cells become unknown again, to be carried anew. */
  private void copyArrays() {
    for (int i = 0; i < COLUMNS; i++) {
      if (exact[i] != null) {
        exact[i] = exact[i].clone();
      } else {
        floats[i] = floats[i].clone();
      }
    }
    marks = marks.clone();
    bucketValues = Arrays.stream(bucketValues).map(double[]::clone).toArray(double[][]::new);
    clearCarried();
    published = 0;
  }

  private void clearCarried() {
    for (Side side : Side.values()) {
      for (GridField field : FIELDS) {
        if (field.isCarried()) {
          double[] values = exact[index(side, field)];
          for (int cell = 0; cell < buckets * stride; cell++) {
            if ((marks[cell] & Marks.own(side, field)) == 0) {
              values[cell] = Double.NaN;
            }
          }
        }
      }
    }
  }

  private void insert(int at, double strike) {
    double[] more = new double[strikes.length + 1];
    System.arraycopy(strikes, 0, more, 0, at);
    more[at] = strike;
    System.arraycopy(strikes, at, more, at + 1, strikes.length - at);
    int wider = stride + 1;
    for (int i = 0; i < COLUMNS; i++) {
      if (exact[i] != null) {
        exact[i] = widened(exact[i], at, wider);
      } else {
        floats[i] = widened(floats[i], at, wider);
      }
    }
    marks = widened(marks, at, wider);
    bucketValues = Arrays.stream(bucketValues).map(double[]::clone).toArray(double[][]::new);
    strikes = more;
    stride = wider;
  }

  private double[] widened(double[] values, int at, int wider) {
    double[] result = new double[capacity * wider];
    Arrays.fill(result, Double.NaN);
    for (int b = 0; b < buckets; b++) {
      System.arraycopy(values, b * stride, result, b * wider, at);
      System.arraycopy(values, b * stride + at, result, b * wider + at + 1, stride - at);
    }
    return result;
  }

  private float[] widened(float[] values, int at, int wider) {
    float[] result = new float[capacity * wider];
    Arrays.fill(result, Float.NaN);
    for (int b = 0; b < buckets; b++) {
      System.arraycopy(values, b * stride, result, b * wider, at);
      System.arraycopy(values, b * stride + at, result, b * wider + at + 1, stride - at);
    }
    return result;
  }

  private byte[] widened(byte[] values, int at, int wider) {
    byte[] result = new byte[capacity * wider];
    for (int b = 0; b < buckets; b++) {
      System.arraycopy(values, b * stride, result, b * wider, at);
      System.arraycopy(values, b * stride + at, result, b * wider + at + 1, stride - at);
    }
    return result;
  }
}
