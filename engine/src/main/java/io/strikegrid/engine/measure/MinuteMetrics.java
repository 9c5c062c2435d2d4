package io.strikegrid.engine.measure;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.pricing.Forward;

/**
 * The expiry metrics of a trading day, one row for each minute that has a bar.
 *
 * @param bucket start of the minute, epoch seconds UTC
 * @param observedAt event time of its last observation, epoch seconds UTC
 * @param underlying price at the minute, NaN where unknown
 * @param source where the underlying came from
 * @param forward of the minute; its source is none also where nobody noted it
 * @param rate continuous rate behind the forward, a fraction
 * @param gap distance of two strikes near the money, as known by then; NaN where nobody knows
 * @param state the chain as a whole
 */
public record MinuteMetrics(
    long bucket,
    long observedAt,
    double underlying,
    UnderlyingSource source,
    Forward forward,
    double rate,
    double gap,
    ChainState state) {

  /** The same minute with another gap and state of the chain. */
  public MinuteMetrics with(double otherGap, ChainState other) {
    return new MinuteMetrics(
        bucket, observedAt, underlying, source, forward, rate, otherGap, other);
  }

  /** The same with so many contracts that have no bar of a bucket. */
  public MinuteMetrics withCarried(int contracts) {
    return with(gap, state.withCarried(contracts));
  }

  /** Sets them as the values of their bucket, which is open, in a page of the whole session. */
  public void writeTo(GridWriter page, int number) {
    page.set(BucketField.UNDERLYING, number, underlying);
    page.set(BucketField.FORWARD, number, forward.price());
    page.set(BucketField.RATE, number, rate);
    page.set(BucketField.STRIKE_GAP, number, gap);
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
}
