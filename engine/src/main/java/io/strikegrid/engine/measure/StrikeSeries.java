package io.strikegrid.engine.measure;

import io.strikegrid.engine.grid.Column;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import org.jspecify.annotations.Nullable;

/**
 * An indicator through time at each strike of a page, of one side or of both together.
 *
 * <p>Open interest, and its change, use the last known of the day; everything else the bucket's own
 * values. Immutable.
 */
public final class StrikeSeries {

  private final GridPage page;
  private final BothSides together;
  private final @Nullable Side side;
  private final Column calls;
  private final Column puts;
  private final double[] callReference;
  private final double[] putReference;

  private StrikeSeries(
      GridPage page,
      Indicator indicator,
      @Nullable Side side,
      GridField field,
      double[] callReference,
      double[] putReference) {
    this.page = page;
    this.together = new BothSides(page, indicator);
    this.side = side;
    this.calls = page.column(Side.CALL, field);
    this.puts = page.column(Side.PUT, field);
    this.callReference = callReference;
    this.putReference = putReference;
  }

  /**
   * An indicator that is made of one field.
   *
   * @param side one side, or null for both together
   * @throws IllegalArgumentException where the indicator has no value of its own at a strike
   */
  public static StrikeSeries of(GridPage page, Indicator indicator, @Nullable Side side) {
    GridField field = indicator.field();
    if (field == null) {
      throw new IllegalArgumentException(
          "indicator must be a field of a contract; have " + indicator.text());
    }
    double[] nothing = new double[page.strikes()];
    return new StrikeSeries(page, indicator, side, field, nothing, nothing);
  }

  /**
   * The change of open interest.
   *
   * @param side one side, or null for both together
   * @param calls open interest of the calls to compare with, by strike number; NaN where unknown
   * @param puts the same of the puts
   */
  public static StrikeSeries oiChange(
      GridPage page, @Nullable Side side, double[] calls, double[] puts) {
    return new StrikeSeries(page, Indicator.OI_CHANGE, side, GridField.OI, calls, puts);
  }

  /**
   * Writes the values of one strike, NaN where unknown.
   *
   * @param k number of the strike
   * @param fromBucket first bucket of the page
   * @param toBucket after the last one
   * @param to takes the values, from {@code offset} on
   */
  public void fill(int k, int fromBucket, int toBucket, double[] to, int offset) {
    for (int b = fromBucket; b < toBucket; b++) {
      int cell = page.cell(b, k);
      to[offset + b - fromBucket] =
          value(b, k, calls.at(cell) - callReference[k], puts.at(cell) - putReference[k]);
    }
  }

  private double value(int bucket, int k, double call, double put) {
    if (side == null) {
      return together.value(bucket, k, call, put);
    }
    return side == Side.CALL ? call : put;
  }
}
