package io.strikegrid.engine.measure;

import io.strikegrid.engine.grid.Column;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import org.jspecify.annotations.Nullable;

/**
 * An indicator through time at each moneyness level: a window on the page that moves along the
 * strikes with the underlying.
 *
 * <p>The level of a strike is counted from the strike at the money in steps of the strike gap. A
 * bucket without an underlying has no level, and a level that no strike falls on no value. Open
 * interest, and ratios, use the last known of the day; everything else the bucket's own values.
 */
public final class MoneynessSeries {

  private final GridPage page;
  private final double gap;
  private final int maxLevel;
  private final double[] calls;
  private final double[] puts;

  private MoneynessSeries(GridPage page, double gap, int maxLevel) {
    this.page = page;
    this.gap = gap;
    this.maxLevel = maxLevel;
    this.calls = new double[page.strikes()];
    this.puts = new double[page.strikes()];
  }

  /**
   * Fills in the values of a range of buckets.
   *
   * @param page where to look
   * @param indicator one that {@link Indicator#isSeries() is a series}
   * @param side one side, or null for both together
   * @param gap distance of two levels, in the underlying's currency; NaN where nobody knows it:
   *     then there is no level and no value
   * @param maxLevel levels from minus to plus this; strikes beyond it are left out
   * @param fromBucket first bucket of the page
   * @param toBucket after the last one
   * @param to by level (its lowest first) and position; values go from {@code offset} on; cells
   *     without a value are left as they are
   */
  public static void fill(
      GridPage page,
      Indicator indicator,
      @Nullable Side side,
      double gap,
      int maxLevel,
      int fromBucket,
      int toBucket,
      double[][] to,
      int offset) {
    if (Double.isNaN(gap)) {
      return;
    }
    MoneynessSeries series = new MoneynessSeries(page, gap, maxLevel);
    LevelFold fold = LevelFold.of(indicator, side, 2 * maxLevel + 1);
    Column call = column(indicator, Side.CALL, page);
    Column put = column(indicator, Side.PUT, page);
    boolean isOfBoth = side == null && indicator.sides() == Indicator.Across.MEAN;
    BothSides together = isOfBoth ? new BothSides(page, indicator) : null;
    for (int b = fromBucket; b < toBucket; b++) {
      int atm = page.atTheMoney(b);
      if (atm >= 0) {
        series.fold(fold, b, page.strike(atm), call, put, together);
        fold.drain(to, offset + b - fromBucket);
      }
    }
  }

  private static Column column(Indicator indicator, Side side, GridPage page) {
    GridField field = indicator.field();
    if (field == null) {
      field = indicator == Indicator.PCR_VOLUME ? GridField.VOLUME_DAY : GridField.OI;
    }
    return page.column(side, field);
  }

  private void fold(
      LevelFold fold,
      int bucket,
      double atmStrike,
      Column call,
      Column put,
      @Nullable BothSides together) {
    double reach = (maxLevel + 1) * gap;
    int first = page.firstAtOrAbove(atmStrike - reach);
    int last = page.firstAtOrAbove(atmStrike + reach);
    int count = last - first;
    call.copy(page.cell(bucket, first), count, calls);
    put.copy(page.cell(bucket, first), count, puts);
    for (int i = 0; i < count; i++) {
      int level = Moneyness.level(page.strike(first + i), atmStrike, gap);
      if (level >= -maxLevel && level <= maxLevel) {
        if (together == null) {
          fold.add(level + maxLevel, calls[i], puts[i]);
        } else {
          fold.addKnown(level + maxLevel, together.value(bucket, first + i, calls[i], puts[i]));
        }
      }
    }
  }
}
