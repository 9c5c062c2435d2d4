package io.strikegrid.engine.grid;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the cells of a sparse page are: compressed rows, in order of strike and bucket, so that one
 * search finds a cell or the one before it, and again in order of bucket and strike, so that one
 * run has the bars of a bucket. Takes some bytes for each cell that there is, for each strike and
 * for each bucket, and none for what is empty.
 *
 * <p>A cell's <em>position</em> counts in order of strike and bucket; its <em>slot</em> is where
 * its values are. Immutable.
 */
final class SparseIndex {

  private final int[] starts;
  private final int[] cellBuckets;
  private final int @Nullable [] slots;
  private final int[] rowStarts;
  private final int[] rowStrikes;
  private final int[] rowPositions;

  /**
   * An index of cells.
   *
   * @param starts by strike, the position of its first cell; one more for the end
   * @param cellBuckets by position, the bucket
   * @param slots by position; null where each is its position
   * @param buckets of the page
   */
  SparseIndex(int[] starts, int[] cellBuckets, int @Nullable [] slots, int buckets) {
    this.starts = starts;
    this.cellBuckets = cellBuckets;
    this.slots = slots;
    this.rowStarts = new int[buckets + 1];
    this.rowStrikes = new int[cellBuckets.length];
    this.rowPositions = new int[cellBuckets.length];
    for (int bucket : cellBuckets) {
      rowStarts[bucket + 1]++;
    }
    for (int b = 0; b < buckets; b++) {
      rowStarts[b + 1] += rowStarts[b];
    }
    int[] next = Arrays.copyOf(rowStarts, buckets);
    for (int k = 0; k < strikes(); k++) {
      for (int p = starts[k]; p < starts[k + 1]; p++) {
        int row = next[cellBuckets[p]]++;
        rowStrikes[row] = k;
        rowPositions[row] = p;
      }
    }
  }

  /** The same cells where the values are in order of position. */
  SparseIndex inOrder() {
    return new SparseIndex(starts, cellBuckets, null, buckets());
  }

  int strikes() {
    return starts.length - 1;
  }

  int buckets() {
    return rowStarts.length - 1;
  }

  /** Number of cells. */
  int size() {
    return cellBuckets.length;
  }

  /** Position of the first cell of a strike. */
  int start(int k) {
    return starts[k];
  }

  int bucket(int position) {
    return cellBuckets[position];
  }

  int slot(int position) {
    return slots == null ? position : slots[position];
  }

  /** Position of a cell; negative where there is none. */
  int find(int bucket, int k) {
    int p = floor(bucket, k);
    return p >= 0 && cellBuckets[p] == bucket ? p : -1;
  }

  /** Position of the newest cell of a strike at or before a bucket; -1 where there is none. */
  int floor(int bucket, int k) {
    int low = starts[k];
    int high = starts[k + 1] - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (cellBuckets[middle] <= bucket) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high < starts[k] ? -1 : high;
  }

  /** The first place in a bucket's run with a strike at or above a number. */
  int row(int bucket, int k) {
    if (k >= strikes()) {
      return rowEnd(bucket);
    }
    int at = Arrays.binarySearch(rowStrikes, rowStarts[bucket], rowStarts[bucket + 1], k);
    return at >= 0 ? at : -at - 1;
  }

  /** The end of a bucket's run. */
  int rowEnd(int bucket) {
    return rowStarts[bucket + 1];
  }

  /** The strike at a place of a run. */
  int rowStrike(int row) {
    return rowStrikes[row];
  }

  /** The position of a place of a run. */
  int rowPosition(int row) {
    return rowPositions[row];
  }

  /** Bytes that it takes in memory, about. */
  long bytes() {
    long lists = starts.length + rowStarts.length + 3L * cellBuckets.length;
    return 120 + 4 * (lists + (slots == null ? 0 : slots.length));
  }
}
