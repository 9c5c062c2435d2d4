package io.strikegrid.server.chain;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.view.Gap;
import java.util.OptionalInt;

/**
 * The chain of one expiry as of a time: what is known at the end of its newest bucket that has a
 * bar and begins by then.
 *
 * @param underlying what the options are on
 * @param bars the trading day's
 * @param known at the end of the bucket
 */
record Snapshot(Underlying underlying, ChainSource.Bars bars, AsOf known) {

  /** The chain as of a time, epoch seconds UTC. */
  static Snapshot of(Underlying underlying, ChainSource.Bars bars, long at) {
    GridPage page = bars.page();
    long seconds = page.key().timeframe().seconds();
    long wanted = Math.floorDiv(at - page.session().open(), seconds);
    int bucket = (int) Math.clamp(wanted, -1L, page.buckets() - 1L);
    while (bucket >= 0 && !page.hasBar(bucket)) {
      bucket--;
    }
    boolean isNewest = bucket >= 0 && bucket == page.buckets() - 1;
    return new Snapshot(underlying, bars, isNewest ? page.newest() : AsOf.at(page, bucket));
  }

  GridPage page() {
    return bars.page();
  }

  /** The newest bucket with a bar; -1 where there is none yet. */
  int bucket() {
    return known.bucket();
  }

  /**
   * The newest bucket with a bar that is at least so many minutes older; -1 where there is none.
   */
  int bucketBack(int minutes) {
    int bucket = bucket() - Math.ceilDiv(minutes, page().key().timeframe().minutes());
    while (bucket >= 0 && !page().hasBar(bucket)) {
      bucket--;
    }
    return Math.max(bucket, -1);
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
