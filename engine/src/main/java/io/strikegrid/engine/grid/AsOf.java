package io.strikegrid.engine.grid;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import java.util.Arrays;

/**
 * What is known of a chain at the end of a bucket, of the same trading day, and of which bucket
 * each thing is. Of every contract there is
 *
 * <ul>
 *   <li>the price of its newest bar with one, and that bar's first, highest and lowest,
 *   <li>IV and Greeks of its newest bar with a last price or a usable quote, or an IV without
 *       these; unknown where that bar has none, so that no IV is older than the price beside it,
 *   <li>the quote of its newest bar that spoke of one, even where that withdrew it,
 *   <li>open interest and day-cumulative volume, last known of the day,
 *   <li>the volume of its newest bar, which is not carried.
 * </ul>
 *
 * <p>Immutable; arrays are indexed by strike number.
 */
public final class AsOf implements KnownChain {

  private static final GridField[] FIELDS = GridField.values();
  private static final int SIDES = Side.values().length;
  private static final int NEVER = -1;

  /** What a bar is looked for that has it. */
  public enum Part {
    /** Any observation. */
    BAR,
    /** A price. */
    PRICE,
    /** A last price or a usable quote, or an IV. */
    IV,
    /** Something said of the quote. */
    QUOTE,
    /** Open interest of its own. */
    OI;

    /** The part that a field belongs to. */
    public static Part of(GridField field) {
      return switch (field) {
        case IV, DELTA, GAMMA, THETA, VEGA, RHO -> IV;
        case OPEN, HIGH, LOW, PRICE -> PRICE;
        case BID, ASK -> QUOTE;
        case OI -> OI;
        case VOLUME, VOLUME_DAY -> BAR;
      };
    }

    /**
     * Whether the bar of a contract tells of the part, if only that it is unknown from then on.
     *
     * @param bucket with a bar of the side
     * @param tick smallest step of option prices; 0 where not known
     */
    public boolean isToldBy(GridPage page, Side side, int bucket, int k, double tick) {
      return switch (this) {
        case BAR -> true;
        case PRICE -> has(page, side, GridField.PRICE, bucket, k);
        case IV ->
            KnownChain.givesIv(
                page.at(side, GridField.PRICE, bucket, k),
                page.at(side, GridField.BID, bucket, k),
                page.at(side, GridField.ASK, bucket, k),
                page.at(side, GridField.IV, bucket, k),
                tick);
        case QUOTE ->
            page.isQuoteSpokenOf(side, bucket, k)
                || has(page, side, GridField.BID, bucket, k)
                || has(page, side, GridField.ASK, bucket, k);
        case OI -> page.isOwn(side, GridField.OI, bucket, k);
      };
    }

    private static boolean has(GridPage page, Side side, GridField field, int bucket, int k) {
      return !Double.isNaN(page.at(side, field, bucket, k));
    }
  }

  private static final Part[] PARTS = Part.values();

  private final GridPage page;
  private final int bucket;
  private final double tick;
  private final double[][] values;
  private final int[][] bars;

  private AsOf(GridPage page, int bucket, double tick) {
    this.page = page;
    this.bucket = bucket;
    this.tick = tick;
    this.values = new double[SIDES * FIELDS.length][page.strikes()];
    this.bars = new int[SIDES * PARTS.length][page.strikes()];
  }

  /**
   * Looks back from a bucket.
   *
   * @param bucket number of the last bucket to use, below the page's {@link GridPage#buckets()}; -1
   *     where nothing is known yet
   * @param tick smallest step of option prices, by which quotes are usable; 0 where not known
   */
  public static AsOf at(GridPage page, int bucket, double tick) {
    AsOf known = new AsOf(page, bucket, tick);
    for (Side side : Side.values()) {
      for (int k = 0; k < page.strikes(); k++) {
        known.find(side, k);
      }
      for (GridField field : FIELDS) {
        known.take(side, field);
      }
    }
    return known;
  }

  private int[] bars(Side side, Part part) {
    return bars[side.ordinal() * PARTS.length + part.ordinal()];
  }

  /** Goes back from bar to bar until each part is found. */
  private void find(Side side, int k) {
    int newest = page.newestObserved(side, bucket, k);
    for (Part part : PARTS) {
      bars(side, part)[k] = NEVER;
    }
    int missing = PARTS.length;
    for (int b = newest; b >= 0 && missing > 0; b = page.newestObserved(side, b - 1, k)) {
      for (Part part : PARTS) {
        int[] found = bars(side, part);
        if (found[k] == NEVER && part.isToldBy(page, side, b, k, tick)) {
          found[k] = b;
          missing--;
        }
      }
    }
  }

  private void take(Side side, GridField field) {
    double[] known = values[side.ordinal() * FIELDS.length + field.ordinal()];
    Column column = page.column(side, field);
    if (column.isEmpty()) {
      Arrays.fill(known, Double.NaN);
      return;
    }
    int[] from = bars(side, Part.of(field));
    for (int k = 0; k < known.length; k++) {
      known[k] = from[k] < 0 ? Double.NaN : column.at(page.cell(from[k], k));
    }
  }

  /** The page that was looked at. */
  public GridPage page() {
    return page;
  }

  /** The bucket at whose end this was known; -1 where it is before the first. */
  public int bucket() {
    return bucket;
  }

  /** The smallest step of option prices that quotes were judged by. */
  double tick() {
    return tick;
  }

  @Override
  public int strikes() {
    return page.strikes();
  }

  @Override
  public double strike(int k) {
    return page.strike(k);
  }

  @Override
  public int firstAtOrAbove(double price) {
    return page.firstAtOrAbove(price);
  }

  @Override
  public int atTheMoney(double underlying) {
    return page.atTheMoney(underlying, this::isKnown);
  }

  @Override
  public double at(Side side, GridField field, int k) {
    return values[side.ordinal() * FIELDS.length + field.ordinal()][k];
  }

  /** Bucket of the contract's newest bar; -1 where it has none yet. */
  public int newestBar(Side side, int k) {
    return newestBar(side, Part.BAR, k);
  }

  /** Bucket of the contract's newest bar with something; -1 where it has none yet. */
  public int newestBar(Side side, Part part, int k) {
    return bars(side, part)[k];
  }

  /** Whether a feed gave the contract's IV; otherwise it was computed, or there is none. */
  public boolean isFeedIv(Side side, int k) {
    int of = newestBar(side, Part.IV, k);
    return of >= 0 && page.isFeedIv(side, of, k);
  }

  @Override
  public boolean isKnown(int k) {
    return newestBar(Side.CALL, k) >= 0 || newestBar(Side.PUT, k) >= 0;
  }

  @Override
  public int contracts() {
    return observedSince(0);
  }

  @Override
  public int carried() {
    return contracts() - observedSince(bucket);
  }

  /** Contracts without a bar in the bucket of a longer timeframe that this one is in. */
  public int carried(Timeframe timeframe) {
    return bucket < 0 ? 0 : contracts() - observedSince(firstOf(timeframe, bucket));
  }

  /**
   * What was traded of a contract in the bucket of a longer timeframe that its newest bar is in, up
   * to that bar; NaN where unknown.
   */
  public double volume(Timeframe timeframe, Side side, int k) {
    int newest = newestBar(side, k);
    double sum = Double.NaN;
    for (int b = newest < 0 ? 0 : firstOf(timeframe, newest); b <= newest; b++) {
      double traded = page.at(side, GridField.VOLUME, b, k);
      if (!Double.isNaN(traded)) {
        sum = Double.isNaN(sum) ? traded : sum + traded;
      }
    }
    return sum;
  }

  /** The first bucket of the page that is in the same bucket of a longer timeframe. */
  private int firstOf(Timeframe timeframe, int of) {
    long start = timeframe.floor(page.bucketStart(of)) - page.session().open();
    return (int) Math.max(0, start / page.key().timeframe().seconds());
  }

  private int observedSince(int first) {
    int count = 0;
    for (Side side : Side.values()) {
      for (int newest : bars(side, Part.BAR)) {
        if (newest >= first && newest >= 0) {
          count++;
        }
      }
    }
    return count;
  }
}
