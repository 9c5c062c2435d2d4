package io.strikegrid.engine.grid;

/** Marks of each cell; every cell may have a bar. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DenseMarks(short[] marks, int stride) implements CellMarks {

  @Override
  public short at(int bucket, int k) {
    return marks[bucket * stride + k];
  }

  @Override
  public boolean hasBar(int bucket) {
    int end = (bucket + 1) * stride;
    for (int cell = bucket * stride; cell < end; cell++) {
      if (marks[cell] != 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int floor(int bucket, int k) {
    return bucket;
  }

  @Override
  public int ceiling(int bucket, int k) {
    return bucket;
  }

  @Override
  public int strike(int bucket, int k) {
    return k;
  }

  @Override
  public long bytes() {
    return 16L + 2L * marks.length;
  }
}
