package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarBuilder;
import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.MinuteMetrics;
import io.strikegrid.engine.pricing.ChainTerms;
import io.strikegrid.engine.pricing.Forward;
import io.strikegrid.engine.pricing.ParityForward;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The price that stands in for an underlying that the feed does not quote: per minute, the forward
 * of the nearest unexpired expiry that has one, discounted.
 */
final class StandIn {

  private final Map<Long, Double> byMinute = new HashMap<>();

  private StandIn() {}

  /**
   * Works out the stand-in of every minute that has a bar without a quoted underlying.
   *
   * @param before what the store knows of an expiry
   */
  static StandIn of(
      DaySource source,
      Function<LocalDate, BarBuilder.VolumeBefore> before,
      Underlying underlying,
      Session session)
      throws IOException {
    StandIn standIn = new StandIn();
    TreeSet<Long> missing = new TreeSet<>(source.minutes());
    for (LocalDate expiry : source.expiries()) {
      if (missing.isEmpty()) {
        break;
      }
      BarBuilder.Result result = source.bars(expiry, before.apply(expiry));
      removeQuoted(missing, result.bars());
      if (!missing.isEmpty()) {
        standIn.addForwards(missing, result, underlying, session, expiry);
      }
    }
    return standIn;
  }

  private static void removeQuoted(TreeSet<Long> missing, BarTable bars) {
    for (int row = 0; row < bars.rows(); row++) {
      if (bars.get(row, BarColumns.UNDERLYING_SOURCE) == UnderlyingSource.QUOTED.ordinal()) {
        missing.remove(bars.bucket(row));
      }
    }
  }

  private void addForwards(
      TreeSet<Long> missing,
      BarBuilder.Result result,
      Underlying underlying,
      Session session,
      LocalDate expiry) {
    PageKey key = new PageKey(underlying.symbol(), expiry, Timeframe.MIN1, session.day());
    BarTable bars = BarMerging.with(result.bars(), Provenance.IMPORTED);
    TooManyStrikesException.check(expiry, bars);
    if (bars.rows() == 0) {
      return;
    }
    GridPage page = BarPages.of(key, session, bars);
    long expiryAt = underlying.calendar().expiryAt(expiry).getEpochSecond();
    double rate = underlying.rate(session.day());
    for (Long minute : new TreeSet<>(missing)) {
      Long observed = result.lastObservation().get(minute);
      if (observed == null) {
        continue;
      }
      double years = ParityForward.years(observed, expiryAt);
      int bucket = session.indexOf(Timeframe.MIN1, minute);
      ChainTerms terms =
          new ChainTerms(
              Double.NaN,
              false,
              rate,
              underlying.yield(session.day()),
              years,
              underlying.pricing());
      Forward forward = Forward.of(MinuteMetrics.quotes(page, bucket), terms);
      if (forward.price() > 0) {
        byMinute.put(minute, ParityForward.standIn(forward.price(), rate, years));
        missing.remove(minute);
      }
    }
  }

  /** Gives bars without an underlying the stand-in of their minute, where there is one. */
  void apply(BarTable bars) {
    for (int row = 0; row < bars.rows() && !byMinute.isEmpty(); row++) {
      Double price = byMinute.get(bars.bucket(row));
      if (price != null
          && bars.get(row, BarColumns.UNDERLYING_SOURCE) == UnderlyingSource.NONE.ordinal()) {
        bars.set(row, BarColumns.UNDERLYING_CLOSE, price);
        bars.set(row, BarColumns.UNDERLYING_LAST, price);
        bars.set(row, BarColumns.UNDERLYING_SOURCE, UnderlyingSource.PARITY.ordinal());
      }
    }
  }

  /** Minutes that have a stand-in. */
  int minutes() {
    return byMinute.size();
  }
}
