package io.strikegrid.engine.measure;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;

/**
 * How a call and a put of one strike and bucket become one value. IV, and the Greeks that follow
 * it, are those of the side out of the money, whose price says most of volatility: the call from
 * the forward on, the put below, else the other where that one has no IV. Where a feed gave the IV,
 * and where no forward is known, they are the mean of the sides that are known.
 */
final class BothSides {

  private final GridPage page;
  private final Indicator indicator;

  BothSides(GridPage page, Indicator indicator) {
    this.page = page;
    this.indicator = indicator;
  }

  /**
   * Both together; NaN where unknown.
   *
   * @param call the indicator of the call in the cell, NaN where unknown
   * @param put the same of the put
   */
  double value(int bucket, int k, double call, double put) {
    boolean isOfOne = indicator.sides() == Indicator.Across.MEAN;
    if (!isOfOne || Double.isNaN(call) || Double.isNaN(put)) {
      return LevelFold.both(indicator, call, put);
    }
    double forward = page.bucketValue(BucketField.FORWARD, bucket);
    boolean isFeed = page.isFeedIv(Side.CALL, bucket, k) || page.isFeedIv(Side.PUT, bucket, k);
    if (Double.isNaN(forward) || isFeed) {
      return LevelFold.both(indicator, call, put);
    }
    Side outside = page.strike(k) >= forward ? Side.CALL : Side.PUT;
    boolean hasIv = !Double.isNaN(page.at(outside, GridField.IV, bucket, k));
    return (hasIv ? outside : outside.other()) == Side.CALL ? call : put;
  }
}
