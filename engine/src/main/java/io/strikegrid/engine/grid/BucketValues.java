package io.strikegrid.engine.grid;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of buckets as a whole. As a page shows it it is read-only; its writer adds buckets,
 * and changes those that pages show in copies alone.
 */
final class BucketValues {

  private static final int FIELDS = BucketField.values().length;
  private static final int FEW_BUCKETS = 8;

  private final double[][] values;
  private final int @Nullable [] rows;
  private final int room;

  private BucketValues(double[][] values, int @Nullable [] rows, int room) {
    this.values = values;
    this.rows = rows;
    this.room = room;
  }

  static BucketValues none() {
    return new BucketValues(new double[FIELDS][0], null, 0);
  }

  /** A value; NaN where unknown. */
  double at(BucketField field, int bucket) {
    int row = rows == null ? bucket : rows[bucket];
    return row < 0 ? Double.NaN : values[field.ordinal()][row];
  }

  /** Sets a value, of a bucket that there is room for; not on what was packed. */
  void set(BucketField field, int bucket, double value) {
    values[field.ordinal()][bucket] = value;
  }

  /** The same with room for so many buckets at least. */
  BucketValues withRoom(int buckets, int capacity) {
    if (buckets <= room) {
      return this;
    }
    int more = Math.min(capacity, Math.max(buckets, room + room / 2 + FEW_BUCKETS));
    double[][] wider = new double[FIELDS][];
    for (int i = 0; i < FIELDS; i++) {
      wider[i] = Arrays.copyOf(values[i], more);
      Arrays.fill(wider[i], room, more, Double.NaN);
    }
    return new BucketValues(wider, null, more);
  }

  /** The first buckets in arrays of their own, to go on with. */
  BucketValues copy(int buckets, int capacity) {
    BucketValues copy = none().withRoom(buckets, capacity);
    for (BucketField field : BucketField.values()) {
      for (int b = 0; b < buckets; b++) {
        copy.set(field, b, at(field, b));
      }
    }
    return copy;
  }

  /** The first buckets, those without any value left out where most have none. */
  BucketValues packed(int buckets) {
    int[] at = new int[buckets];
    int known = 0;
    for (int b = 0; b < buckets; b++) {
      at[b] = isKnown(b) ? known++ : -1;
    }
    boolean isSparse = known * 2 < buckets;
    int count = isSparse ? known : buckets;
    double[][] kept = new double[FIELDS][count];
    for (int b = 0; b < buckets; b++) {
      int row = isSparse ? at[b] : b;
      for (int i = 0; i < FIELDS && row >= 0; i++) {
        kept[i][row] = values[i][b];
      }
    }
    return new BucketValues(kept, isSparse ? at : null, 0);
  }

  private boolean isKnown(int bucket) {
    for (double[] ofField : values) {
      if (!Double.isNaN(ofField[bucket])) {
        return true;
      }
    }
    return false;
  }

  /** Bytes that it takes in memory, about. */
  long bytes() {
    long bytes = 32 + (rows == null ? 0 : 16 + 4L * rows.length);
    for (double[] ofField : values) {
      bytes += 16 + 8L * ofField.length;
    }
    return bytes;
  }
}
