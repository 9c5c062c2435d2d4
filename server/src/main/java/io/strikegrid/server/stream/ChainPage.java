package io.strikegrid.server.stream;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.pages.PageLoader;
import io.strikegrid.server.view.Gap;
import java.util.OptionalInt;

/** A page of one expiry, with what every level and every cell of it follows from. Immutable. */
final class ChainPage {

  private final PageLoader.Loaded loaded;
  private final PageLoader.Loaded minutes;
  private final GridPage page;
  private final Gap gap;
  private final double tick;
  private final int[][] firstBar;

  /**
   * A page.
   *
   * @param minutes the page of one-minute bars, from which it follows what is known now; the same
   *     where it is one itself
   */
  ChainPage(Underlying underlying, PageLoader.Loaded loaded, PageLoader.Loaded minutes) {
    this(loaded, minutes, Gap.of(underlying, loaded.page()), underlying.pricing().tick());
  }

  private ChainPage(PageLoader.Loaded loaded, PageLoader.Loaded minutes, Gap gap, double tick) {
    this.loaded = loaded;
    this.minutes = minutes;
    this.page = loaded.page();
    this.gap = gap;
    this.tick = tick;
    this.firstBar = new int[Side.values().length][page.strikes()];
    for (Side side : Side.values()) {
      for (int k = 0; k < page.strikes(); k++) {
        firstBar[side.ordinal()][k] = page.firstObserved(side, k);
      }
    }
  }

  /** The same chain with other buckets, such as those that still run. */
  ChainPage with(GridPage other) {
    PageLoader.Loaded with = new PageLoader.Loaded(other, loaded.generation());
    return new ChainPage(with, with, gap, tick);
  }

  /** As it was loaded. */
  PageLoader.Loaded loaded() {
    return loaded;
  }

  /** Whether it is of these. */
  boolean isOf(PageLoader.Loaded other, PageLoader.Loaded otherMinutes) {
    return loaded.equals(other) && minutes.equals(otherMinutes);
  }

  private boolean isOfMinutes() {
    return page.key().timeframe() == Timeframe.MIN1;
  }

  /** Bytes that it takes in memory, about. */
  long bytes() {
    return page.bytes() + (isOfMinutes() ? 0 : minutes.page().bytes());
  }

  GridPage page() {
    return page;
  }

  long generation() {
    return loaded.generation();
  }

  Gap gap() {
    return gap;
  }

  /** The newest bucket; -1 where there is none. */
  int newest() {
    return page.buckets() - 1;
  }

  /** What is known at the end of the newest minute, whatever the timeframe. */
  AsOf known() {
    return minutes.page().newest(tick);
  }

  /** The number there of a strike that has one here; negative where it has none. */
  int known(int k) {
    return isOfMinutes() ? k : minutes.page().indexOf(page.strike(k));
  }

  /** Whether the bar of a contract tells of a part of what is known of it. */
  boolean tells(Side side, AsOf.Part part, int bucket, int k) {
    return part.isToldBy(page, side, bucket, k, tick);
  }

  /** Whether a contract was observed by the end of a bucket. */
  boolean isKnown(Side side, int bucket, int k) {
    return firstBar[side.ordinal()][k] <= bucket;
  }

  /** Whether a strike was observed by the end of a bucket, on either side. */
  boolean isKnown(int bucket, int k) {
    return isKnown(Side.CALL, bucket, k) || isKnown(Side.PUT, bucket, k);
  }

  /** Price of the underlying in a bucket; NaN where unknown. */
  double underlying(int bucket) {
    return figure(BucketField.UNDERLYING, bucket);
  }

  /** A figure of the chain as a whole at the end of a bucket; NaN where unknown. */
  double figure(BucketField field, int bucket) {
    return bucket < 0 ? Double.NaN : page.bucketValue(field, bucket);
  }

  /** Level of a strike by the underlying of a bucket; empty where that or the gap is unknown. */
  OptionalInt level(int bucket, int k) {
    int atm = bucket < 0 ? -1 : page.atTheMoney(bucket);
    if (atm < 0 || Double.isNaN(gap.size())) {
      return OptionalInt.empty();
    }
    int level = Moneyness.level(page.strike(k), page.strike(atm), gap.size());
    return Math.abs(level) > Moneyness.FURTHEST ? OptionalInt.empty() : OptionalInt.of(level);
  }

  /** Whether a query asks for a strike as it stands in a bucket. */
  boolean isAsked(StreamQuery query, int bucket, int k) {
    return isKnown(bucket, k) && query.strikes().takes(page.strike(k), level(bucket, k));
  }
}
