package io.strikegrid.server.chain;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.pricing.ChainPricing;
import io.strikegrid.engine.pricing.ChainQuotes;
import io.strikegrid.engine.pricing.IvReason;
import io.strikegrid.engine.pricing.ParityForward;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.view.Gap;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The chain of one expiry as of a time: what is known at the end of the newest one-minute bar that
 * had ended by then, or of the newest one there is.
 *
 * @param underlying what the options are on
 * @param bars the trading day's, of one minute
 * @param timeframe of the bucket that the chain is of: as far as its minutes had ended
 * @param last number of the last minute that had ended by then, whether or not it has a bar
 * @param known at the end of the newest minute with a bar
 */
record Snapshot(
    Underlying underlying, ChainSource.Bars bars, Timeframe timeframe, int last, AsOf known) {

  private static final int MINUTE = Timeframe.MIN1.seconds();

  /** The chain as of a time, epoch seconds UTC: what had ended by then. */
  static Snapshot at(Underlying underlying, ChainSource.Bars bars, Timeframe timeframe, long time) {
    long wanted = Math.floorDiv(time - bars.page().session().open(), MINUTE) - 1;
    return of(underlying, bars, timeframe, (int) Math.clamp(wanted, -1L, Integer.MAX_VALUE));
  }

  /** The newest chain, with what still runs. */
  static Snapshot newest(Underlying underlying, ChainSource.Bars bars, Timeframe timeframe) {
    int newest = bar(bars.page(), Integer.MAX_VALUE);
    return of(underlying, bars, timeframe, newest);
  }

  private static Snapshot of(
      Underlying underlying, ChainSource.Bars bars, Timeframe timeframe, int last) {
    GridPage page = bars.page();
    int bucket = bar(page, last);
    double tick = underlying.pricing().tick();
    boolean isNewest = bucket >= 0 && bucket == page.buckets() - 1;
    AsOf known = isNewest ? page.newest(tick) : AsOf.at(page, bucket, tick);
    return new Snapshot(underlying, bars, timeframe, last, known);
  }

  /** The newest minute with a bar, up to one; -1 where there is none. */
  private static int bar(GridPage page, int last) {
    int bucket = Math.min(last, page.buckets() - 1);
    while (bucket >= 0 && !page.hasBar(bucket)) {
      bucket--;
    }
    return Math.max(bucket, -1);
  }

  /** The one-minute bars. */
  GridPage page() {
    return bars.page();
  }

  /** The newest minute with a bar; -1 where there is none yet. */
  int bucket() {
    return known.bucket();
  }

  /** Start of the chain's bucket, epoch seconds UTC; NaN where there is none yet. */
  double bucketTime() {
    return bucket() < 0 ? Double.NaN : timeframe.floor(page().bucketStart(bucket()));
  }

  /** Why a contract has no IV; null where it has one, or nobody knows. */
  @Nullable IvReason ivReason(Side side, int k) {
    int bucket = known.newestBar(side, AsOf.Part.IV, k);
    return bucket < 0 ? IvReason.NO_PRICE : ivReason(side, bucket, k);
  }

  /** Why a bar of a contract has no IV; null where it has one, or nobody knows. */
  @Nullable IvReason ivReason(Side side, int bucket, int k) {
    if (!Double.isNaN(page().at(side, GridField.IV, bucket, k))) {
      return null;
    }
    double tick = underlying.pricing().tick();
    double bid = page().at(side, GridField.BID, bucket, k);
    double ask = page().at(side, GridField.ASK, bucket, k);
    double observedAt = page().bucketValue(BucketField.OBSERVED_AT, bucket);
    double rate = page().bucketValue(BucketField.RATE, bucket);
    double years =
        Double.isNaN(observedAt)
            ? Double.NaN
            : ParityForward.years(
                (long) observedAt,
                underlying.calendar().expiryAt(page().key().expiry()).getEpochSecond());
    boolean isUsable = ChainQuotes.isUsable(bid, ask, tick);
    double price = isUsable ? (bid + ask) / 2 : page().at(side, GridField.PRICE, bucket, k);
    if (price > 0 && Double.isNaN(years)) {
      return null; // nobody kept when the minute was observed
    }
    return ChainPricing.reason(
        side,
        page().strike(k),
        price,
        ask - bid,
        page().bucketValue(BucketField.FORWARD, bucket),
        years,
        Double.isNaN(rate) ? 1 : Math.exp(-rate * Math.max(0, years)),
        tick);
  }

  /** The newest minute with a bar that had ended so many minutes before; -1 where there is none. */
  int bucketBack(int minutes) {
    return bar(page(), last - minutes);
  }

  /** A value of the bucket as a whole; NaN where unknown. */
  double value(BucketField field) {
    return bucket() < 0 ? Double.NaN : page().bucketValue(field, bucket());
  }

  /** Where the underlying of the bucket came from. */
  UnderlyingSource source() {
    double source = value(BucketField.UNDERLYING_SOURCE);
    return Double.isNaN(source) ? UnderlyingSource.NONE : UnderlyingSource.values()[(int) source];
  }

  /** The strike gap that was known at the end of its bucket. */
  Gap gap() {
    return gap(bucket());
  }

  private Gap gap(int bucket) {
    return Gap.of(underlying, page(), bucket);
  }

  /**
   * Level of a strike by the underlying of a bucket; empty where that or the gap is unknown, or the
   * strike is too far away to count.
   */
  OptionalInt level(int k, int bucket) {
    int atm = bucket < 0 ? -1 : page().atTheMoney(bucket);
    double gap = gap(bucket).size();
    if (atm < 0 || Double.isNaN(gap)) {
      return OptionalInt.empty();
    }
    int level = Moneyness.level(page().strike(k), page().strike(atm), gap);
    return Math.abs(level) > Moneyness.FURTHEST ? OptionalInt.empty() : OptionalInt.of(level);
  }
}
