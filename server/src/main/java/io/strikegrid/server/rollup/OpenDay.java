package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.BucketFold;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one expiry at the end of the newest minute that its writer committed: enough to
 * append the next minute without reading the day again, and little enough to keep for every expiry
 * that is written. Immutable.
 */
final class OpenDay implements DayVolumes.Before {

  private static final int QUARTER_HOUR = 900;
  private static final GridField[] FIELDS = GridField.values();

  private final PageKey key;
  private final Session session;
  private final double gap;
  private final long minute;
  private final double[] strikes;
  private final double[][] values;
  private final boolean[][] observed;
  private final Map<Timeframe, BucketFold> folds;

  /**
   * What is known at the end of a page.
   *
   * @param page of one-minute buckets, not empty
   * @param session the whole session of the day
   * @param gap distance of two strikes; NaN where unknown
   * @param folds the newest bucket of each roll-up
   */
  OpenDay(GridPage page, Session session, double gap, Map<Timeframe, BucketFold> folds) {
    this.folds = folds;
    AsOf known = page.newest();
    this.key = page.key();
    this.session = session;
    this.gap = gap;
    this.minute = page.bucketStart(page.buckets() - 1);
    this.strikes = page.strikeArray();
    this.values = new double[Side.values().length * FIELDS.length][strikes.length];
    this.observed = new boolean[Side.values().length][strikes.length];
    for (Side side : Side.values()) {
      for (int k = 0; k < strikes.length; k++) {
        observed[side.ordinal()][k] = known.newestBar(side, k) >= 0;
        for (GridField field : FIELDS) {
          values[index(side, field)][k] = known.at(side, field, k);
        }
      }
    }
  }

  private static int index(Side side, GridField field) {
    return side.ordinal() * FIELDS.length + field.ordinal();
  }

  PageKey key() {
    return key;
  }

  double gap() {
    return gap;
  }

  /** Start of the newest minute, epoch seconds UTC. */
  long minute() {
    return minute;
  }

  /**
   * Whether bars come after every bar that is there, and leave the strike gap as it is: where the
   * gap is not configured, a new strike may change it.
   */
  boolean isContinuedBy(BarTable bars, Underlying underlying) {
    for (int row = 0; row < bars.rows(); row++) {
      boolean keepsGap = underlying.strikeGap().isPresent() || indexOf(bars.strike(row)) >= 0;
      if (bars.bucket(row) <= minute || !keepsGap) {
        return false;
      }
    }
    return bars.rows() > 0;
  }

  private int indexOf(double strike) {
    return Arrays.binarySearch(strikes, strike);
  }

  /** Day-cumulative volume of a contract so far; NaN where it has none. */
  @Override
  public double of(Side side, double strike) {
    int k = indexOf(strike);
    return k < 0 ? Double.NaN : values[index(side, GridField.VOLUME_DAY)][k];
  }

  @Override
  public boolean isObserved(Side side, double strike) {
    int k = indexOf(strike);
    return k >= 0 && observed[side.ordinal()][k];
  }

  /** Whether every contract of the bars has been observed before. */
  boolean knows(BarTable bars) {
    for (int row = 0; row < bars.rows(); row++) {
      for (Side side : Side.values()) {
        if (bars.isObserved(row, side) && !isObserved(side, bars.strike(row))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The day with more minutes.
   *
   * @param day as it is known then
   * @param metrics of the new minutes
   * @param rolled the rows of the buckets that they touch, by timeframe
   */
  record Appended(OpenDay day, List<MinuteMetrics> metrics, Map<Timeframe, BarTable> rolled) {}

  /** Adds minutes that continue the day. */
  Appended append(BarTable bars, Underlying underlying, TreeMap<Long, Long> observedAt) {
    long from = Math.floorDiv(minute, QUARTER_HOUR) * QUARTER_HOUR;
    Session window = new Session(session.day(), from, newest(bars) + 60);
    GridWriter writer = new GridWriter(key, window, strikes);
    int last = window.indexOf(Timeframe.MIN1, minute);
    writer.open(last);
    write(writer, last);
    BarPages.append(writer, window, bars);
    GridPage page = writer.publish();
    int first = window.indexOf(Timeframe.MIN1, oldest(bars));
    Map<Timeframe, BucketFold> next = new EnumMap<>(Timeframe.class);
    Map<Timeframe, BarTable> rolled = new EnumMap<>(Timeframe.class);
    folds.forEach((timeframe, fold) -> {
      BucketFold.Added added = fold.add(bars);
      next.put(timeframe, added.fold());
      rolled.put(timeframe, added.buckets());
    });
    return new Appended(
        new OpenDay(page, session, gap, next),
        MinuteMetrics.of(page, underlying, first, observedAt),
        rolled);
  }

  private void write(GridWriter writer, int bucket) {
    for (Side side : Side.values()) {
      for (int k = 0; k < strikes.length; k++) {
        if (observed[side.ordinal()][k]) {
          writer.observe(side, bucket, k);
          for (GridField field : FIELDS) {
            writer.set(side, field, bucket, k, values[index(side, field)][k]);
          }
        }
      }
    }
  }

  private static long newest(BarTable bars) {
    long newest = Long.MIN_VALUE;
    for (int row = 0; row < bars.rows(); row++) {
      newest = Math.max(newest, bars.bucket(row));
    }
    return newest;
  }

  private static long oldest(BarTable bars) {
    long oldest = Long.MAX_VALUE;
    for (int row = 0; row < bars.rows(); row++) {
      oldest = Math.min(oldest, bars.bucket(row));
    }
    return oldest;
  }

  int strikes() {
    return strikes.length;
  }

  /** Strikes that have been observed, ascending. */
  double[] observedStrikes() {
    return Arrays.stream(strikes)
        .filter(strike -> isObserved(Side.CALL, strike) || isObserved(Side.PUT, strike))
        .toArray();
  }
}
