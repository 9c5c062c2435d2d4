package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.engine.measure.StrikeSeries;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.view.Sides;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The values of a map of one expiry, by strike and position on the axis of its range, taken from
 * one page after the other.
 *
 * @param strikes those shown, ascending
 * @param values by strike and position; NaN where unknown
 * @param underlying its price by position; NaN where unknown
 * @param references by day, what a change of open interest is against; empty for other measures
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StrikeMap(
    double[] strikes, double[][] values, double[] underlying, List<Reference> references) {

  /**
   * What is measured.
   *
   * @param kind what a change of open interest is against; without meaning for other measures
   */
  record Measure(Indicator indicator, Sides sides, OiChange.Kind kind) {

    /** Whether it is the change of open interest since the session's opening. */
    boolean isSinceOpening() {
      return indicator == Indicator.OI_CHANGE && kind == OiChange.Kind.SESSION_OPEN;
    }
  }

  /**
   * What open interest is compared with on a day.
   *
   * @param source where it came from, with {@code time}
   * @param calls by strike of the map; NaN where unknown
   * @param puts the same of the puts
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reference(LocalDate day, OptionalLong time, String source, double[] calls, double[] puts) {

    double[] of(Side side) {
      return side == Side.CALL ? calls : puts;
    }
  }

  /**
   * Looks at the pages of a range again; empty where one of them is not the same any more.
   *
   * @param range of one expiry
   */
  static Optional<StrikeMap> of(Work work, ChainRange range, double[] strikes, Measure measure) {
    double[][] values = new double[strikes.length][range.length()];
    for (double[] ofStrike : values) {
      Arrays.fill(ofStrike, Double.NaN);
    }
    double[] underlying = new double[range.length()];
    Arrays.fill(underlying, Double.NaN);
    List<Reference> references = new ArrayList<>();
    StrikeMap map = new StrikeMap(strikes, values, underlying, references);
    for (ChainRange.Day day : range.days()) {
      work.checkWaitedFor();
      Part part = day.of(0);
      if (part == null) {
        continue;
      }
      ChainSource.Bars bars =
          work.bars(range.underlying(), part.key().expiry(), range.timeframe(), day.session());
      Part now = Part.of(bars, part.low(), part.end());
      if (!now.isSame(part)) {
        return Optional.empty();
      }
      map.take(work, range, day, bars.page(), measure);
      work.letGo();
    }
    return Optional.of(map);
  }

  private void take(
      Work work, ChainRange range, ChainRange.Day day, GridPage page, Measure measure) {
    int end = Math.max(day.first(), Math.min(day.end(), page.buckets()));
    for (int b = day.first(); b < end; b++) {
      underlying[day.offset() + b - day.first()] = page.bucketValue(BucketField.UNDERLYING, b);
    }
    StrikeSeries series = series(work, range, day, page, measure);
    for (int i = 0; i < strikes.length; i++) {
      int k = page.indexOf(strikes[i]);
      if (k >= 0) {
        series.fill(k, day.first(), end, values[i], day.offset());
      }
    }
  }

  private StrikeSeries series(
      Work work, ChainRange range, ChainRange.Day day, GridPage page, Measure measure) {
    Side side = measure.sides.one().orElse(null);
    if (measure.indicator != Indicator.OI_CHANGE) {
      return StrikeSeries.of(page, measure.indicator, side);
    }
    OiChange reference =
        measure.isSinceOpening()
            ? sinceOpening(work, range, day, page)
            : OiChange.previousClose(work.source(), range.underlying(), page, range.meta());
    references.add(
        new Reference(
            page.key().day(),
            reference.time(),
            reference.source(),
            shown(page, reference.calls()),
            shown(page, reference.puts())));
    return StrikeSeries.oiChange(page, side, reference.calls(), reference.puts());
  }

  /** Against each contract's first open interest, of one-minute bars whatever the timeframe. */
  private static OiChange sinceOpening(
      Work work, ChainRange range, ChainRange.Day day, GridPage page) {
    GridPage minutes =
        range.timeframe() == Timeframe.MIN1
            ? page
            : work.bars(range.underlying(), page.key().expiry(), Timeframe.MIN1, day.session())
                .page();
    Timeframe timeframe = range.timeframe();
    long end = page.bucketStart(day.end() - 1) + timeframe.seconds();
    int last = day.session().ended(Timeframe.MIN1, end) - 1;
    return OiChange.sessionOpen(minutes, last).of(minutes, page);
  }

  private double[] shown(GridPage page, double[] known) {
    double[] shown = new double[strikes.length];
    for (int i = 0; i < shown.length; i++) {
      int k = page.indexOf(strikes[i]);
      shown[i] = k < 0 ? Double.NaN : known[k];
    }
    return shown;
  }
}
