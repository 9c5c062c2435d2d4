package io.strikegrid.engine.grid;

import java.util.Arrays;

/**
 * The cells that there are, in slots in the order in which they came, and for each strike a chain
 * of them from the newest bucket back. A column takes memory once a value of it is known.
 *
 * <p>Pages find cells by a {@link SparseIndex} of their own and share the slots, which are only
 * added to: what a page shows changes in copies alone.
 */
final class SparseCells implements CellStore {

  private static final int NONE = -1;
  private static final int FIRST_SLOTS = 64;
  private static final Column UNKNOWN = new FloatColumn(new float[0]);

  private int strikes;
  private int[] newest;
  private int size;
  private int[] buckets = new int[FIRST_SLOTS];
  private int[] before = new int[FIRST_SLOTS];
  private short[] marks = new short[FIRST_SLOTS];
  private final double[][] exact = new double[Columns.COUNT][];
  private final float[][] floats = new float[Columns.COUNT][];
  private int lastBucket = NONE;
  private int lastStrike = NONE;
  private int lastSlot = NONE;

  SparseCells(int strikes) {
    this.strikes = strikes;
    this.newest = new int[strikes];
    Arrays.fill(newest, NONE);
  }

  /** The cells of the first buckets of a sparse page. */
  static SparseCells of(GridPage page, int buckets, SparseMarks marks) {
    SparseCells cells = new SparseCells(page.strikes());
    SparseIndex index = marks.index();
    Column[] values = new Column[Columns.COUNT];
    for (int i = 0; i < values.length; i++) {
      Column column = page.column(Columns.side(i), Columns.field(i));
      values[i] = column instanceof SparseColumn sparse ? sparse.values() : column;
    }
    for (int k = 0; k < page.strikes(); k++) {
      for (int p = index.start(k); p < index.start(k + 1) && index.bucket(p) < buckets; p++) {
        int from = index.slot(p);
        int slot = cells.slot(index.bucket(p), k);
        cells.marks[slot] = marks.marks()[from];
        for (int i = 0; i < values.length; i++) {
          if (!values[i].isEmpty()) {
            cells.put(i, slot, values[i].at(from));
          }
        }
      }
    }
    return cells;
  }

  @Override
  public void reserve(int more) {
    // a bucket takes no room
  }

  @Override
  public void insert(int k) {
    int[] wider = new int[strikes + 1];
    System.arraycopy(newest, 0, wider, 0, k);
    wider[k] = NONE;
    System.arraycopy(newest, k, wider, k + 1, strikes - k);
    newest = wider;
    strikes++;
    lastStrike = NONE;
  }

  /** The slot of a cell, made where there was none. */
  private int slot(int bucket, int k) {
    if (bucket == lastBucket && k == lastStrike) {
      return lastSlot;
    }
    int later = NONE;
    int slot = newest[k];
    while (slot != NONE && buckets[slot] > bucket) {
      later = slot;
      slot = before[slot];
    }
    if (slot == NONE || buckets[slot] != bucket) {
      int added = add(bucket, slot);
      if (later == NONE) {
        newest[k] = added;
      } else {
        before[later] = added;
      }
      slot = added;
    }
    lastBucket = bucket;
    lastStrike = k;
    lastSlot = slot;
    return slot;
  }

  private int add(int bucket, int earlier) {
    if (size == buckets.length) {
      grow(size + size / 2);
    }
    buckets[size] = bucket;
    before[size] = earlier;
    return size++;
  }

  private void grow(int slots) {
    buckets = Arrays.copyOf(buckets, slots);
    before = Arrays.copyOf(before, slots);
    marks = Arrays.copyOf(marks, slots);
    for (int i = 0; i < Columns.COUNT; i++) {
      if (exact[i] != null) {
        exact[i] = Arrays.copyOf(exact[i], slots);
        Arrays.fill(exact[i], size, slots, Double.NaN);
      } else if (floats[i] != null) {
        floats[i] = Arrays.copyOf(floats[i], slots);
        Arrays.fill(floats[i], size, slots, Float.NaN);
      }
    }
  }

  @Override
  public void mark(short bit, boolean set, int bucket, int k) {
    int slot = slot(bucket, k);
    marks[slot] = Marks.with(marks[slot], bit, set);
  }

  @Override
  public void set(int column, int bucket, int k, double value) {
    int slot = slot(bucket, k);
    if (Columns.isCarried(column)) {
      short own = Marks.own(Columns.side(column), Columns.field(column));
      marks[slot] = Marks.with(marks[slot], own, !Double.isNaN(value));
    }
    put(column, slot, value);
  }

  private void put(int column, int slot, double value) {
    if (Columns.isExact(column)) {
      if (exact[column] == null && !Double.isNaN(value)) {
        exact[column] = new double[buckets.length];
        Arrays.fill(exact[column], Double.NaN);
      }
      if (exact[column] != null) {
        exact[column][slot] = value;
      }
    } else {
      if (floats[column] == null && !Double.isNaN(value)) {
        floats[column] = new float[buckets.length];
        Arrays.fill(floats[column], Float.NaN);
      }
      if (floats[column] != null) {
        floats[column][slot] = (float) value;
      }
    }
  }

  @Override
  public int filled() {
    return size;
  }

  @Override
  public void own() {
    marks = marks.clone();
    for (int i = 0; i < Columns.COUNT; i++) {
      if (exact[i] != null) {
        exact[i] = exact[i].clone();
        if (Columns.isCarried(i)) {
          short own = Marks.own(Columns.side(i), Columns.field(i));
          for (int slot = 0; slot < size; slot++) {
            if ((marks[slot] & own) == 0) {
              exact[i][slot] = Double.NaN;
            }
          }
        }
      } else if (floats[i] != null) {
        floats[i] = floats[i].clone();
      }
    }
  }

  /** Where the cells are now, and carried values filled in from the cell before. */
  private SparseIndex carried(int ofBuckets) {
    int[] starts = new int[strikes + 1];
    for (int k = 0; k < strikes; k++) {
      int count = 0;
      for (int slot = newest[k]; slot != NONE; slot = before[slot]) {
        count++;
      }
      starts[k + 1] = starts[k] + count;
    }
    int[] cellBuckets = new int[size];
    int[] slots = new int[size];
    for (int k = 0; k < strikes; k++) {
      int position = starts[k + 1];
      for (int slot = newest[k]; slot != NONE; slot = before[slot]) {
        position--;
        cellBuckets[position] = buckets[slot];
        slots[position] = slot;
      }
      carry(slots, starts[k], starts[k + 1]);
    }
    return new SparseIndex(starts, cellBuckets, slots, ofBuckets);
  }

  /** A filled cell stays filled, so those that pages show are not written again. */
  private void carry(int[] slots, int first, int end) {
    for (int i = 0; i < Columns.COUNT; i++) {
      double[] values = exact[i];
      if (values != null && Columns.isCarried(i)) {
        for (int p = first + 1; p < end; p++) {
          double known = values[slots[p - 1]];
          if (Double.isNaN(values[slots[p]]) && !Double.isNaN(known)) {
            values[slots[p]] = known;
          }
        }
      }
    }
  }

  @Override
  public View publish(int published, int ofBuckets) {
    SparseIndex index = carried(ofBuckets);
    Column[] columns = new Column[Columns.COUNT];
    for (int i = 0; i < Columns.COUNT; i++) {
      Column values =
          exact[i] != null
              ? new DoubleColumn(exact[i])
              : floats[i] != null ? new FloatColumn(floats[i]) : UNKNOWN;
      columns[i] = new SparseColumn(index, Columns.isCarried(i), values);
    }
    return new View(columns, SparseMarks.of(index, marks));
  }

  @Override
  public View seal(int published, int ofBuckets) {
    SparseIndex index = carried(ofBuckets);
    SparseIndex inOrder = index.inOrder();
    Column[] columns = new Column[Columns.COUNT];
    for (int i = 0; i < Columns.COUNT; i++) {
      columns[i] = new SparseColumn(inOrder, Columns.isCarried(i), packed(i, index));
    }
    short[] inOrderMarks = new short[size];
    for (int p = 0; p < size; p++) {
      inOrderMarks[p] = marks[index.slot(p)];
    }
    return new View(columns, SparseMarks.of(inOrder, inOrderMarks));
  }

  /** The values of a column, one after the other as the index has them. */
  private Column packed(int column, SparseIndex index) {
    if (exact[column] != null) {
      double[] values = new double[size];
      for (int p = 0; p < size; p++) {
        values[p] = exact[column][index.slot(p)];
      }
      return Columns.packed(values, size);
    }
    if (floats[column] != null) {
      float[] values = new float[size];
      for (int p = 0; p < size; p++) {
        values[p] = floats[column][index.slot(p)];
      }
      return new FloatColumn(values);
    }
    return UNKNOWN;
  }

  @Override
  public void copyTo(CellStore other, int ofBuckets) {
    for (int k = 0; k < strikes; k++) {
      for (int slot = newest[k]; slot != NONE; slot = before[slot]) {
        int from = slot;
        Marks.copy(marks[slot], column -> value(column, from), other, buckets[slot], k);
      }
    }
  }

  private double value(int column, int slot) {
    return exact[column] != null
        ? exact[column][slot]
        : floats[column] != null ? floats[column][slot] : Double.NaN;
  }
}
