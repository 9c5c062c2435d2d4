package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.IvReason;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.PartTime;
import io.strikegrid.server.view.SideField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one contract at a time stands in answers: what is known of it, and how old each thing is.
 *
 * @param time start of its newest one-minute bar, epoch seconds UTC
 * @param values in the order of {@link SideField#CELL}; NaN where unknown
 * @param times in the order of {@link PartTime#ALL}: start of the one-minute bar that each part is
 *     from; NaN where there is none
 * @param ivSource whether a feed gave the IV or it was computed; null where there is none
 * @param ivReason why it has no IV; null where it has one, or nobody knows
 * @param oiChange change of open interest; NaN where unknown
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SideCell(
    long time,
    double[] values,
    double[] times,
    @Nullable String ivSource,
    @Nullable IvReason ivReason,
    double oiChange) {

  /**
   * What is known of a contract of a chain.
   *
   * @param k number of the strike
   * @param reference open interest to compare with, by strike number
   * @return null where nothing is known
   */
  static @Nullable SideCell of(Snapshot chain, Side side, int k, double[] reference) {
    AsOf known = chain.known();
    int bucket = known.newestBar(side, k);
    if (bucket < 0) {
      return null;
    }
    double[] values = new double[SideField.CELL.size()];
    for (int i = 0; i < values.length; i++) {
      GridField field = SideField.CELL.get(i).field();
      values[i] =
          field == GridField.VOLUME
              ? known.volume(chain.timeframe(), side, k)
              : known.at(side, field, k);
    }
    double[] times = new double[PartTime.ALL.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = PartTime.ALL.get(i).of(known, side, k);
    }
    double change = known.at(side, GridField.OI, k) - reference[k];
    return new SideCell(
        chain.page().bucketStart(bucket),
        values,
        times,
        ivSource(known.at(side, GridField.IV, k), known.isFeedIv(side, k)),
        chain.ivReason(side, k),
        change);
  }

  /**
   * What one bar says of a contract, without anything from before.
   *
   * @return null where it has nothing of the side
   */
  static @Nullable SideCell ofBar(
      Snapshot chain, Side side, int bucket, int k, double[] reference) {
    GridPage page = chain.page();
    if (!page.isObserved(side, bucket, k)) {
      return null;
    }
    double[] values = new double[SideField.CELL.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = own(page, side, SideField.CELL.get(i).field(), bucket, k);
    }
    long time = page.bucketStart(bucket);
    double tick = chain.underlying().pricing().tick();
    double[] times = new double[PartTime.ALL.size()];
    for (int i = 0; i < times.length; i++) {
      AsOf.Part part = PartTime.ALL.get(i).part();
      times[i] = part.isToldBy(page, side, bucket, k, tick) ? time : Double.NaN;
    }
    double change = own(page, side, GridField.OI, bucket, k) - reference[k];
    return new SideCell(
        time,
        values,
        times,
        ivSource(page.at(side, GridField.IV, bucket, k), page.isFeedIv(side, bucket, k)),
        chain.ivReason(side, bucket, k),
        change);
  }

  private static double own(GridPage page, Side side, GridField field, int bucket, int k) {
    boolean isOwn = !field.isCarried() || page.isOwn(side, field, bucket, k);
    return isOwn ? page.at(side, field, bucket, k) : Double.NaN;
  }

  private static @Nullable String ivSource(double iv, boolean isFeed) {
    return Double.isNaN(iv) ? null : isFeed ? "feed" : "computed";
  }

  /** Writes one side, or null where nothing is known of it. */
  static void write(JsonWriter out, Side side, @Nullable SideCell cell) throws IOException {
    if (cell == null) {
      out.nothing(side.label());
      return;
    }
    out.startObject(side.label());
    out.whole("time", cell.time);
    for (int i = 0; i < cell.values.length; i++) {
      SideField.CELL.get(i).writeNamed(out, cell.values[i]);
    }
    out.number("oi_change", cell.oiChange);
    out.text("iv_source", cell.ivSource);
    out.text("iv_reason", cell.ivReason == null ? null : cell.ivReason.label());
    for (int i = 0; i < cell.times.length; i++) {
      out.number(PartTime.ALL.get(i).text(), cell.times[i]);
    }
    out.endObject();
  }

  /** Writes one side to a row. */
  static void write(CsvTable out, @Nullable SideCell cell) {
    if (cell == null) {
      out.nothing(SideField.CELL.size() + 4 + PartTime.ALL.size());
      return;
    }
    out.whole(cell.time);
    for (int i = 0; i < cell.values.length; i++) {
      SideField.CELL.get(i).write(out, cell.values[i]);
    }
    out.number(cell.oiChange);
    out.text(cell.ivSource);
    out.text(cell.ivReason == null ? null : cell.ivReason.label());
    for (double time : cell.times) {
      out.number(time);
    }
  }

  /** Columns of one side in a table. */
  static List<String> columns(Side side) {
    List<String> columns = new ArrayList<>();
    columns.add(side.label() + "_time");
    SideField.CELL.forEach(field -> columns.add(side.label() + "_" + field.name()));
    columns.add(side.label() + "_oi_change");
    columns.add(side.label() + "_iv_source");
    columns.add(side.label() + "_iv_reason");
    PartTime.ALL.forEach(part -> columns.add(side.label() + "_" + part.text()));
    return columns;
  }
}
