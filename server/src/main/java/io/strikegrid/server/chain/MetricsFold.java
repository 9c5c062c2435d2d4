package io.strikegrid.server.chain;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import java.util.ArrayList;
import java.util.List;

/** The figures of each asked expiry, for the buckets in which it has a bar. */
final class MetricsFold implements Fold {

  private static final BucketField[] FIELDS = BucketField.values();
  private static final long BUCKET_BYTES = 8L * FIELDS.length + 8;
  private static final long RUN_BYTES = 64L + 16L * FIELDS.length;

  /**
   * The figures of a day.
   *
   * @param day its number
   * @param times start of each bucket, epoch seconds UTC
   * @param values by field and bucket
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Run(int day, long[] times, double[][] values) {

    /** A value; a count that is not known is 0. */
    double value(BucketField field, int bucket) {
      double value = values[field.ordinal()][bucket];
      boolean isCount = field == BucketField.CONTRACTS || field == BucketField.CARRIED;
      return isCount && Double.isNaN(value) ? 0 : value;
    }

    String source(int bucket) {
      double source = values[BucketField.UNDERLYING_SOURCE.ordinal()][bucket];
      return UnderlyingSource.values()[Double.isNaN(source) ? 0 : (int) source].label();
    }
  }

  private final List<List<Run>> expiries = new ArrayList<>();

  MetricsFold(int expiries) {
    for (int i = 0; i < expiries; i++) {
      this.expiries.add(new ArrayList<>());
    }
  }

  /** The figures of an asked expiry, day by day. */
  List<Run> runs(int expiry) {
    return expiries.get(expiry);
  }

  @Override
  public long bytes(long buckets, int days, int count, int strikes) {
    return count * (buckets * BUCKET_BYTES + days * RUN_BYTES);
  }

  @Override
  public void take(int day, int expiry, ChainSource.Bars bars, Part part) {
    int count = part.bars().cardinality();
    if (count == 0) {
      return;
    }
    GridPage page = bars.page();
    long[] times = new long[count];
    double[][] values = new double[FIELDS.length][count];
    int at = 0;
    for (int b = part.first(); b < part.last(); b++) {
      if (part.hasBar(b)) {
        times[at] = page.bucketStart(b);
        for (BucketField field : FIELDS) {
          values[field.ordinal()][at] = page.bucketValue(field, b);
        }
        at++;
      }
    }
    expiries.get(expiry).add(new Run(day, times, values));
  }

  @Override
  public void drop(int day) {
    expiries.forEach(runs -> runs.removeIf(run -> run.day >= day));
  }
}
