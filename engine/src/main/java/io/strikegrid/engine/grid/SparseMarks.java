package io.strikegrid.engine.grid;

/**
 * Marks of the cells that there are.
 *
 * @param index finds a cell
 * @param marks by slot
 * @param bars a bit for each bucket with a bar
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SparseMarks(SparseIndex index, short[] marks, long[] bars) implements CellMarks {

  static SparseMarks of(SparseIndex index, short[] marks) {
    long[] bars = new long[(index.buckets() + Long.SIZE - 1) / Long.SIZE];
    for (int p = 0; p < index.size(); p++) {
      if (marks[index.slot(p)] != 0) {
        int bucket = index.bucket(p);
        bars[bucket / Long.SIZE] |= 1L << (bucket % Long.SIZE);
      }
    }
    return new SparseMarks(index, marks, bars);
  }

  @Override
  public short at(int bucket, int k) {
    int p = index.find(bucket, k);
    return p < 0 ? 0 : marks[index.slot(p)];
  }

  @Override
  public boolean hasBar(int bucket) {
    return (bars[bucket / Long.SIZE] & (1L << (bucket % Long.SIZE))) != 0;
  }

  @Override
  public int floor(int bucket, int k) {
    int p = index.floor(bucket, k);
    return p < 0 ? -1 : index.bucket(p);
  }

  @Override
  public int ceiling(int bucket, int k) {
    int p = index.floor(bucket - 1, k);
    int next = p < 0 ? index.start(k) : p + 1;
    return next < index.start(k + 1) ? index.bucket(next) : index.buckets();
  }

  @Override
  public int strike(int bucket, int k) {
    int row = index.row(bucket, k);
    return row < index.rowEnd(bucket) ? index.rowStrike(row) : index.strikes();
  }

  @Override
  public long bytes() {
    return 32L + index.bytes() + 2L * marks.length + 8L * bars.length;
  }
}
