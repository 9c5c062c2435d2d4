package io.strikegrid.engine.grid;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;

/** What tests write to pages. */
final class Cells {

  static final LocalDate DAY = LocalDate.of(2025, 8, 29);
  static final long OPEN = 1_756_439_100L;
  static final Session NSE = new Session(DAY, OPEN, OPEN + 375 * 60);
  static final PageKey KEY = new PageKey("NIFTY50", LocalDate.of(2025, 9, 2), Timeframe.MIN1, DAY);

  private Cells() {}

  static Session session(int minutes) {
    return new Session(DAY, OPEN, OPEN + minutes * 60L);
  }

  static GridWriter writer(double... strikes) {
    return new GridWriter(KEY, NSE, strikes);
  }

  static void put(
      GridWriter writer, int bucket, double strike, Side side, GridField field, double value) {
    writer.open(bucket);
    int k = writer.strikeIndex(strike);
    writer.observe(side, bucket, k);
    writer.set(side, field, bucket, k, value);
    writer.add(Provenance.LIVE);
  }

  static double get(GridPage page, int bucket, double strike, Side side, GridField field) {
    return page.at(side, field, bucket, page.indexOf(strike));
  }

  /** What a page keeps of a value. */
  static double kept(GridField field, double value) {
    return field.isExact() ? value : (float) value;
  }
}
