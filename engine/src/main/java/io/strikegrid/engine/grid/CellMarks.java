package io.strikegrid.engine.grid;

/** What was observed in the cells of a page, and which cells there are. Read-only. */
sealed interface CellMarks permits DenseMarks, SparseMarks {

  /** The {@link Marks} of a cell. */
  short at(int bucket, int k);

  /** Whether the bucket has any bar. */
  boolean hasBar(int bucket);

  /** The newest bucket, at or before one, that may have a bar of a strike; -1 where none does. */
  int floor(int bucket, int k);

  /** The first bucket, at or after one, that may have a bar of a strike. */
  int ceiling(int bucket, int k);

  /** The first strike, at or above a number, that may have a bar in a bucket. */
  int strike(int bucket, int k);

  /** Bytes that it takes in memory, about. */
  long bytes();
}
