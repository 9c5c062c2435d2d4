package io.strikegrid.engine.measure;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.pricing.ChainQuotes;
import io.strikegrid.engine.pricing.ChainTerms;
import io.strikegrid.engine.pricing.Forward;
import io.strikegrid.engine.pricing.ParityForward;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The expiry metrics of a trading day, one row for each minute that has a bar.
 *
 * @param bucket start of the minute, epoch seconds UTC
 * @param observedAt event time of its last observation, epoch seconds UTC
 * @param underlying price at the minute, NaN where unknown
 * @param source where the underlying came from
 * @param forward of the minute, as {@link Forward} has it; NaN where there is none
 * @param rate continuous rate behind the forward, a fraction
 * @param state the chain as a whole
 */
public record MinuteMetrics(
    long bucket,
    long observedAt,
    double underlying,
    UnderlyingSource source,
    double forward,
    double rate,
    ChainState state) {

  /**
   * Measures the minutes of a page.
   *
   * @param page of one-minute buckets, with the underlying of each
   * @param underlying gives rate, yield and calendar
   * @param fromBucket first bucket to measure; what came before it is known all the same
   * @param observedAt by minute, the event time of its last observation; where a minute has none,
   *     its last second stands in
   */
  public static List<MinuteMetrics> of(
      GridPage page, Underlying underlying, int fromBucket, TreeMap<Long, Long> observedAt) {
    LocalDate day = page.key().day();
    long expiryAt = underlying.calendar().expiryAt(page.key().expiry()).getEpochSecond();
    double rate = underlying.rate(day);
    double yield = underlying.yield(day);
    List<MinuteMetrics> rows = new ArrayList<>();
    AsOf known = AsOf.at(page, fromBucket - 1);
    for (int b = fromBucket; b < page.buckets(); b++) {
      known = known.next();
      if (!page.hasBar(b)) {
        continue;
      }
      long minute = page.bucketStart(b);
      long seen = observedAt.getOrDefault(minute, minute + 59);
      double spot = page.bucketValue(BucketField.UNDERLYING, b);
      UnderlyingSource source =
          UnderlyingSource.values()[(int) page.bucketValue(BucketField.UNDERLYING_SOURCE, b)];
      double years = ParityForward.years(seen, expiryAt);
      ChainTerms terms =
          new ChainTerms(
              spot, source == UnderlyingSource.QUOTED, rate, yield, years, underlying.pricing());
      double forward = Forward.of(quotes(page, b), terms).price();
      ChainState state = ChainState.of(known, spot, forward);
      rows.add(new MinuteMetrics(minute, seen, spot, source, forward, rate, state));
    }
    return rows;
  }

  /** Sets them as the values of their bucket, which is open, in a page of the whole session. */
  public void writeTo(GridWriter page, int number) {
    page.set(BucketField.UNDERLYING, number, underlying);
    page.set(BucketField.FORWARD, number, forward);
    page.set(BucketField.RATE, number, rate);
    page.set(BucketField.PCR, number, state.pcr());
    page.set(BucketField.PCR_VOLUME, number, state.pcrVolume());
    page.set(BucketField.MAX_PAIN, number, state.maxPain());
    page.set(BucketField.CALL_OI, number, state.callOi());
    page.set(BucketField.PUT_OI, number, state.putOi());
    page.set(BucketField.CALL_VOLUME_DAY, number, state.callVolumeDay());
    page.set(BucketField.PUT_VOLUME_DAY, number, state.putVolumeDay());
    page.set(BucketField.ATM_IV, number, state.atmIv());
    page.set(BucketField.STRADDLE, number, state.straddle());
    page.set(BucketField.CONTRACTS, number, state.contracts());
    page.set(BucketField.CARRIED, number, state.carried());
    page.set(BucketField.OBSERVED_AT, number, (double) observedAt);
    page.set(BucketField.UNDERLYING_SOURCE, number, source.ordinal());
  }

  /** The prices that a bucket has itself. */
  public static ChainQuotes quotes(GridPage page, int bucket) {
    ChainQuotes quotes = new ChainQuotes();
    for (int k = page.nextStrike(bucket, 0);
        k < page.strikes();
        k = page.nextStrike(bucket, k + 1)) {
      int index = quotes.add(page.strike(k));
      for (Side side : Side.values()) {
        quotes.set(
            index,
            side,
            page.at(side, GridField.BID, bucket, k),
            page.at(side, GridField.ASK, bucket, k),
            page.at(side, GridField.PRICE, bucket, k));
      }
    }
    return quotes;
  }
}
