package io.strikegrid.engine.grid;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.util.Arrays;

/** Pages straight from bars, without a store between. */
public final class BarPages {

  private static final GridField[] FIELDS = GridField.values();

  private BarPages() {}

  /**
   * A page of one expiry's bars. Of the bucket values it has the underlying and its source alone: a
   * quoted one before a stand-in, that of the lowest strike among equals.
   *
   * @param bars of one expiry and trading day, all within the session
   */
  public static GridPage of(PageKey key, Session session, BarTable bars) {
    return writer(key, session, bars).publish();
  }

  /** The writer of such a page, for more to be added. */
  public static GridWriter writer(PageKey key, Session session, BarTable bars) {
    return writer(key, session, bars, Layout.CHOSEN);
  }

  static GridWriter writer(PageKey key, Session session, BarTable bars, Layout layout) {
    GridWriter writer = new GridWriter(key, session, strikes(bars), layout);
    append(writer, session, bars);
    return writer;
  }

  /** Each strike once; rows are in order of strike. */
  private static double[] strikes(BarTable bars) {
    double[] strikes = new double[bars.rows()];
    int count = 0;
    for (int row = 0; row < strikes.length; row++) {
      if (count == 0 || bars.strike(row) != strikes[count - 1]) {
        strikes[count++] = bars.strike(row);
      }
    }
    return Arrays.copyOf(strikes, count);
  }

  private static int buckets(Timeframe timeframe, Session session, BarTable bars) {
    int buckets = 0;
    for (int row = 0; row < bars.rows(); row++) {
      buckets = Math.max(buckets, session.indexOf(timeframe, bars.bucket(row)) + 1);
    }
    return buckets;
  }

  /** Adds bars to a page's writer: all that it has of their buckets. */
  public static void append(GridWriter writer, Session session, BarTable bars) {
    Timeframe timeframe = writer.key().timeframe();
    writer.expect(
        buckets(timeframe, session, bars), writer.strikesWith(strikes(bars)), bars.rows());
    double[] sources = new double[session.buckets(timeframe)];
    Arrays.fill(sources, -1);
    for (int row = 0; row < bars.rows(); row++) {
      int bucket = session.indexOf(timeframe, bars.bucket(row));
      writer.open(bucket);
      write(writer, bars, row, bucket);
      double source = bars.get(row, BarColumns.UNDERLYING_SOURCE);
      if (source > sources[bucket]) {
        sources[bucket] = source;
        writer.set(BucketField.UNDERLYING_SOURCE, bucket, source);
        if (source > UnderlyingSource.NONE.ordinal()) {
          writer.set(BucketField.UNDERLYING, bucket, bars.get(row, BarColumns.UNDERLYING_LAST));
        }
      }
    }
  }

  private static void write(GridWriter writer, BarTable bars, int row, int bucket) {
    int k = writer.strikeIndex(bars.strike(row));
    writer.add(Provenance.ofCode((int) bars.get(row, BarColumns.PROVENANCE)));
    for (Side side : Side.values()) {
      if (bars.isObserved(row, side)) {
        writer.observe(side, bucket, k);
        writer.quote(side, bucket, k, !Double.isNaN(bars.get(row, side, SideColumn.QUOTED)));
        writer.feedIv(side, bucket, k, bars.hasFeedIv(row, side));
        for (GridField field : FIELDS) {
          writer.set(side, field, bucket, k, bars.get(row, side, field.column()));
        }
      }
    }
  }
}
