package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.measure.OiReference;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What open interest is compared with.
 *
 * @param kind what was asked for
 * @param time when the reference was, epoch seconds UTC; empty where there is none
 * @param source where it came from: exchange, last_bar, bar or none
 * @param calls open interest of the calls then, by strike number; NaN where unknown
 * @param puts the same of the puts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OiChange(Kind kind, OptionalLong time, String source, double[] calls, double[] puts) {

  /** References that can be asked for. */
  enum Kind {
    PREVIOUS_CLOSE,
    SESSION_OPEN,
    MINUTES_BACK;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Against the previous close of the page's trading day.
   *
   * @param meta notes that the answer depends on the day before
   */
  static OiChange previousClose(
      ChainSource source, Underlying underlying, GridPage page, Meta meta) {
    LocalDate before = underlying.calendar().previousTradingDay(page.key().day());
    meta.depend(
        "close " + before + " " + source.generations().generation(underlying.symbol(), before));
    var close = source.catalog().previousClose(underlying, page.key().expiry(), page.key().day());
    OptionalLong time =
        close.time().isPresent() ? OptionalLong.of(close.time().get()) : OptionalLong.empty();
    return new OiChange(
        Kind.PREVIOUS_CLOSE,
        time,
        close.source(page),
        close.of(page, Side.CALL),
        close.of(page, Side.PUT));
  }

  /**
   * Against each contract's first bar of the day.
   *
   * @param bucket the last one that may have the day's first bar; -1 for none
   */
  static OiChange sessionOpen(GridPage page, int bucket) {
    int first = OiReference.first(page, bucket);
    return first < 0
        ? none(Kind.SESSION_OPEN, page)
        : new OiChange(
            Kind.SESSION_OPEN,
            OptionalLong.of(page.bucketStart(first)),
            "bar",
            OiReference.sessionOpen(page, Side.CALL, bucket),
            OiReference.sessionOpen(page, Side.PUT, bucket));
  }

  /** The same by the strike numbers of another page. */
  OiChange of(GridPage page, GridPage other) {
    return page == other
        ? this
        : new OiChange(kind, time, source, of(page, other, calls), of(page, other, puts));
  }

  private static double[] of(GridPage page, GridPage other, double[] known) {
    double[] values = new double[other.strikes()];
    for (int k = 0; k < values.length; k++) {
      int at = page.indexOf(other.strike(k));
      values[k] = at < 0 ? Double.NaN : known[at];
    }
    return values;
  }

  /** Against the newest bar of the day that had ended so many minutes before. */
  static OiChange minutesBack(Snapshot chain, int minutes) {
    GridPage page = chain.page();
    int bucket = OiReference.newest(page, chain.bucketBack(minutes));
    if (bucket < 0) {
      return none(Kind.MINUTES_BACK, page);
    }
    return new OiChange(
        Kind.MINUTES_BACK,
        OptionalLong.of(page.bucketStart(bucket)),
        "bar",
        OiReference.at(page, Side.CALL, bucket),
        OiReference.at(page, Side.PUT, bucket));
  }

  private static OiChange none(Kind kind, GridPage page) {
    double[] unknown = new double[page.strikes()];
    Arrays.fill(unknown, Double.NaN);
    return new OiChange(kind, OptionalLong.empty(), "none", unknown, unknown);
  }

  double[] of(Side side) {
    return side == Side.CALL ? calls : puts;
  }

  void write(JsonWriter out) throws IOException {
    out.startObject("oi_change_reference");
    out.text("kind", kind.text());
    writeSource(out);
    out.endObject();
  }

  private void writeSource(JsonWriter out) throws IOException {
    writeSource(out, time, source);
  }

  /** Writes when a reference was, and where it came from. */
  static void writeSource(JsonWriter out, OptionalLong time, String source) throws IOException {
    if (time.isPresent()) {
      out.whole("time", time.getAsLong());
    } else {
      out.nothing("time");
    }
    out.text("source", source);
  }
}
