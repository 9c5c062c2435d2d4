package io.strikegrid.engine.grid;

import java.util.Arrays;

/**
 * Cells as addresses: that of bucket {@code b} and strike number {@code k} is {@code b * stride +
 * k}. Grows with the buckets that are written.
 *
 * <p>Cells of buckets that no page shows yet are free to change; the arrays of those that pages
 * show are copied before.
 */
final class DenseCells implements CellStore {

  private static final int FEW_BUCKETS = 8;

  private final int capacity;
  private int stride;
  private int rows;
  private final double[][] exact = new double[Columns.COUNT][];
  private final float[][] floats = new float[Columns.COUNT][];
  private short[] marks = {};
  private int filled;

  /**
   * No cells.
   *
   * @param capacity most buckets
   */
  DenseCells(int strikes, int capacity) {
    this.stride = strikes;
    this.capacity = capacity;
    for (int i = 0; i < Columns.COUNT; i++) {
      if (Columns.isExact(i)) {
        exact[i] = new double[0];
      } else {
        floats[i] = new float[0];
      }
    }
  }

  /** The cells of the first buckets of a dense page. */
  static DenseCells of(GridPage page, int buckets, int capacity) {
    DenseCells cells = new DenseCells(page.strikes(), capacity);
    cells.resize(buckets);
    double[] values = new double[page.strikes()];
    for (int i = 0; i < Columns.COUNT; i++) {
      Column column = page.column(Columns.side(i), Columns.field(i));
      for (int b = 0; b < buckets; b++) {
        column.copy(page.cell(b, 0), values.length, values);
        cells.put(i, b * cells.stride, values);
      }
    }
    for (int b = 0; b < buckets; b++) {
      for (int k = 0; k < cells.stride; k++) {
        short mark = page.marks().at(b, k);
        cells.marks[b * cells.stride + k] = mark;
        cells.filled += mark == 0 ? 0 : 1;
      }
    }
    return cells;
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

  @Override
  public void reserve(int buckets) {
    if (buckets > rows) {
      int more = rows == 0 ? buckets : Math.max(buckets, rows + rows / 2 + FEW_BUCKETS);
      resize(Math.min(capacity, more));
    }
  }

  private void resize(int buckets) {
    int from = rows * stride;
    int to = buckets * stride;
    for (int i = 0; i < Columns.COUNT; i++) {
      if (exact[i] != null) {
        exact[i] = Arrays.copyOf(exact[i], to);
        Arrays.fill(exact[i], from, to, Double.NaN);
      } else {
        floats[i] = Arrays.copyOf(floats[i], to);
        Arrays.fill(floats[i], from, to, Float.NaN);
      }
    }
    marks = Arrays.copyOf(marks, to);
    rows = buckets;
  }

  @Override
  public void insert(int k) {
    int wider = stride + 1;
    for (int i = 0; i < Columns.COUNT; i++) {
      if (exact[i] != null) {
        double[] result = new double[rows * wider];
        widen(exact[i], result, k);
        for (int b = 0; b < rows; b++) {
          result[b * wider + k] = Double.NaN;
        }
        exact[i] = result;
      } else {
        float[] result = new float[rows * wider];
        widen(floats[i], result, k);
        for (int b = 0; b < rows; b++) {
          result[b * wider + k] = Float.NaN;
        }
        floats[i] = result;
      }
    }
    short[] result = new short[rows * wider];
    widen(marks, result, k);
    marks = result;
    stride = wider;
  }

  /** Copies an array into one with another strike. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of one primitive type
  private void widen(Object values, Object to, int k) {
    for (int b = 0; b < rows; b++) {
      int wide = b * (stride + 1);
      System.arraycopy(values, b * stride, to, wide, k);
      System.arraycopy(values, b * stride + k, to, wide + k + 1, stride - k);
    }
  }

  @Override
  public void mark(short bit, boolean set, int bucket, int k) {
    mark(bucket * stride + k, bit, set);
  }

  private void mark(int cell, short bit, boolean set) {
    short before = marks[cell];
    short after = Marks.with(before, bit, set);
    marks[cell] = after;
    filled += (after == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
  }

  @Override
  public void set(int column, int bucket, int k, double value) {
    int cell = bucket * stride + k;
    if (Columns.isCarried(column)) {
      short own = Marks.own(Columns.side(column), Columns.field(column));
      mark(cell, own, !Double.isNaN(value));
    }
    if (Columns.isExact(column)) {
      exact[column][cell] = value;
    } else {
      floats[column][cell] = (float) value;
    }
  }

  @Override
  public int filled() {
    return filled;
  }

  @Override
  public void own() {
    for (int i = 0; i < Columns.COUNT; i++) {
      if (exact[i] != null) {
        exact[i] = exact[i].clone();
      } else {
        floats[i] = floats[i].clone();
      }
    }
    marks = marks.clone();
    for (int i = 0; i < Columns.COUNT; i++) {
      if (Columns.isCarried(i)) {
        short own = Marks.own(Columns.side(i), Columns.field(i));
        for (int cell = 0; cell < marks.length; cell++) {
          if ((marks[cell] & own) == 0) {
            exact[i][cell] = Double.NaN;
          }
        }
      }
    }
  }

  /**
   * Fills unknown carried cells from the bucket before. Published cells only ever change in copies,
   * and a filled cell stays filled, so it starts where the last publication ended.
   */
  private void carry(int published, int buckets) {
    for (int i = 0; i < Columns.COUNT; i++) {
      if (Columns.isCarried(i)) {
        double[] values = exact[i];
        for (int cell = Math.max(published, 1) * stride; cell < buckets * stride; cell++) {
          if (Double.isNaN(values[cell])) {
            values[cell] = values[cell - stride];
          }
        }
      }
    }
  }

  @Override
  public View publish(int published, int buckets) {
    carry(published, buckets);
    Column[] columns = new Column[Columns.COUNT];
    for (int i = 0; i < Columns.COUNT; i++) {
      columns[i] = exact[i] != null ? new DoubleColumn(exact[i]) : new FloatColumn(floats[i]);
    }
    return new View(columns, new DenseMarks(marks, stride));
  }

  @Override
  public View seal(int published, int buckets) {
    carry(published, buckets);
    int cells = buckets * stride;
    Column[] columns = new Column[Columns.COUNT];
    for (int i = 0; i < Columns.COUNT; i++) {
      columns[i] =
          exact[i] != null
              ? Columns.packed(exact[i], cells)
              : new FloatColumn(Arrays.copyOf(floats[i], cells));
    }
    return new View(columns, new DenseMarks(Arrays.copyOf(marks, cells), stride));
  }

  @Override
  public void copyTo(CellStore other, int buckets) {
    for (int k = 0; k < stride; k++) {
      for (int b = 0; b < buckets; b++) {
        int cell = b * stride + k;
        if (marks[cell] != 0) {
          Marks.copy(marks[cell], column -> value(column, cell), other, b, k);
        }
      }
    }
  }

  private double value(int column, int cell) {
    return exact[column] != null ? exact[column][cell] : floats[column][cell];
  }
}
