package io.strikegrid.server.rollup;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.DayVolumes;
import io.strikegrid.engine.grid.BarPages;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.grid.PageKey;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;

/**
 * One expiry of a day that is being written, as far as its writer has come: new minutes are
 * appended to it, and what is known before them is looked up here instead of in the store. Whoever
 * holds it is its only user.
 */
final class OpenDay implements DayVolumes.Before {

  private final Session session;
  private final double gap;
  private final GridWriter writer;
  private GridPage page;

  OpenDay(PageKey key, Session session, BarTable bars, double gap) {
    this.session = session;
    this.gap = gap;
    this.writer = BarPages.writer(key, session, bars);
    this.page = writer.publish();
  }

  PageKey key() {
    return page.key();
  }

  /** Every minute so far. */
  GridPage page() {
    return page;
  }

  double gap() {
    return gap;
  }

  /**
   * Whether bars come after every bar that is there, and leave the strike gap as it is: where the
   * gap is not configured, a new strike may change it.
   */
  boolean isContinuedBy(BarTable bars, Underlying underlying) {
    for (int row = 0; row < bars.rows(); row++) {
      boolean isLater = session.indexOf(Timeframe.MIN1, bars.bucket(row)) >= page.buckets();
      boolean keepsGap = underlying.strikeGap().isPresent() || page.indexOf(bars.strike(row)) >= 0;
      if (!isLater || !keepsGap) {
        return false;
      }
    }
    return bars.rows() > 0;
  }

  /** Day-cumulative volume of a contract so far; NaN where it has none. */
  @Override
  public double of(Side side, double strike) {
    int k = page.indexOf(strike);
    return k < 0 ? Double.NaN : page.at(side, GridField.VOLUME_DAY, page.buckets() - 1, k);
  }

  @Override
  public boolean isObserved(Side side, double strike) {
    int k = page.indexOf(strike);
    return k >= 0 && page.newest().newestBar(side, k) >= 0;
  }

  /** Whether every contract of the bars has been observed before. */
  boolean knows(BarTable bars) {
    for (int row = 0; row < bars.rows(); row++) {
      for (Side side : Side.values()) {
        if (bars.isObserved(row, side) && !isObserved(side, bars.strike(row))) {
          return false;
        }
      }
    }
    return true;
  }

  void append(BarTable bars) {
    BarPages.append(writer, session, bars);
    page = writer.publish();
  }
}
