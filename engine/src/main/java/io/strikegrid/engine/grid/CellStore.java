package io.strikegrid.engine.grid;

/**
 * The cells that a {@link GridWriter} writes, by bucket and strike number. One thread writes; what
 * {@link #publish} and {@link #seal} give may be read by any.
 */
sealed interface CellStore permits DenseCells, SparseCells {

  /** What a page shows of the cells: a column of each field and side, and their marks. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record View(Column[] columns, CellMarks marks) {}

  /** Makes room for buckets. */
  void reserve(int buckets);

  /** Makes a place for another strike before the one that has this number now. */
  void insert(int k);

  /** Sets one of the {@link Marks} of a cell, or takes it away. */
  void mark(short bit, boolean set, int bucket, int k);

  /** Sets a value by the number of its column. */
  void set(int column, int bucket, int k, double value);

  /** Cells with a bar. */
  int filled();

  /**
   * Gives the store arrays of its own, so that what was published stays as it is; carried cells
   * become unknown again, to be carried anew.
   */
  void own();

  /**
   * What a page of the first buckets shows, with carried fields filled in.
   *
   * @param published buckets that pages show already
   */
  View publish(int published, int buckets);

  /** The same, packed tightly, in arrays of its own. */
  View seal(int published, int buckets);

  /** The bars alone, with what is their own, for a store of the other kind. */
  void copyTo(CellStore other, int buckets);
}
