package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.engine.measure.StrikeSeries;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.Gap;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A measure by strike and time, computed one strike at a time while written.
 *
 * @param kind what a change of open interest is against; without meaning for other measures
 * @param parts days of the range that have the expiry, ascending
 * @param strikes those shown, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StrikeMapView(
    ChainRange range,
    Indicator indicator,
    Sides sides,
    OiChange.Kind kind,
    List<Part> parts,
    double[] strikes)
    implements Answer {

  /**
   * A day of the map.
   *
   * @param series of the page's strikes
   * @param reference what a change of open interest is against; empty for other measures
   */
  record Part(
      ChainRange.Day day, GridPage page, StrikeSeries series, Optional<OiChange> reference) {

    private void fill(double strike, double[] values) {
      int k = page.indexOf(strike);
      if (k >= 0) {
        series.fill(k, day.first(), day.end(page), values, day.offset());
      }
    }
  }

  @Override
  public Optional<String> version() {
    return Optional.of(range.meta().version());
  }

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    Gap gap = range.gap(0);
    out.startObject();
    range.meta().write(out);
    out.text("expiry", range.asked().getFirst().text());
    range.writeRolls(out, 0);
    out.number("strike_gap", gap.size());
    out.text("gap_source", gap.source());
    out.text("indicator", indicator.text());
    out.text("unit", indicator.unit());
    out.text("option_side", sides.text());
    writeReference(out);
    range.writeTimes(out);
    out.startArray("underlying");
    for (double price : range.values(0, BucketField.UNDERLYING)) {
      out.number(price);
    }
    out.endArray();
    out.startArray("strikes");
    for (double strike : strikes) {
      out.number(strike);
    }
    out.endArray();
    out.startArray("values");
    for (double strike : strikes) {
      writeRow(out, values(strike));
    }
    out.endArray();
    out.endObject();
  }

  private void writeReference(JsonWriter out) throws IOException {
    if (indicator != Indicator.OI_CHANGE) {
      out.nothing("oi_change_reference");
      return;
    }
    out.startObject("oi_change_reference");
    out.text("kind", kind.text());
    out.startArray("days");
    for (Part part : parts) {
      if (part.reference.isPresent()) {
        out.startObject();
        out.text("trading_day", part.page.key().day().toString());
        part.reference.get().writeSource(out);
        for (Side side : Side.values()) {
          if (sides.has(side)) {
            writeReference(out, side, part);
          }
        }
        out.endObject();
      }
    }
    out.endArray();
    out.endObject();
  }

  private void writeReference(JsonWriter out, Side side, Part part) throws IOException {
    double[] known = part.reference.orElseThrow().of(side);
    out.startArray(side.label());
    for (double strike : strikes) {
      int k = part.page.indexOf(strike);
      out.number(k < 0 ? Double.NaN : known[k]);
    }
    out.endArray();
  }

  private void writeRow(JsonWriter out, double[] values) throws IOException {
    out.startArray();
    for (double value : values) {
      if (indicator.isExact()) {
        out.number(value);
      } else {
        out.single(value);
      }
    }
    out.endArray();
  }

  private double[] values(double strike) {
    double[] values = new double[range.length()];
    Arrays.fill(values, Double.NaN);
    parts.forEach(part -> part.fill(strike, values));
    return values;
  }

  @Override
  public List<String> columns() {
    return List.of("time", "strike", "value");
  }

  @Override
  public void writeRows(CsvTable out) {
    for (double strike : strikes) {
      double[] values = values(strike);
      for (int t = 0; t < values.length; t++) {
        out.whole(range.time(t)).number(strike);
        (indicator.isExact() ? out.number(values[t]) : out.single(values[t])).end();
      }
    }
  }
}
