package io.strikegrid.server.chain;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.Gap;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A measure by strike and time. */
record StrikeMapView(ChainRange range, StrikeMap map, StrikeMap.Measure measure) implements Answer {

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
    out.text("indicator", measure.indicator().text());
    out.text("unit", measure.indicator().unit());
    out.text("option_side", measure.sides().text());
    writeReference(out);
    range.writeTimes(out);
    out.startArray("underlying");
    for (double price : map.underlying()) {
      out.number(price);
    }
    out.endArray();
    out.startArray("strikes");
    for (double strike : map.strikes()) {
      out.number(strike);
    }
    out.endArray();
    out.startArray("values");
    for (double[] values : map.values()) {
      writeRow(out, values);
    }
    out.endArray();
    out.endObject();
  }

  private void writeReference(JsonWriter out) throws IOException {
    if (measure.indicator() != Indicator.OI_CHANGE) {
      out.nothing("oi_change_reference");
      return;
    }
    out.startObject("oi_change_reference");
    out.text("kind", measure.kind().text());
    out.startArray("days");
    for (StrikeMap.Reference reference : map.references()) {
      out.startObject();
      out.text("trading_day", reference.day().toString());
      OiChange.writeSource(out, reference.time(), reference.source());
      for (Side side : Side.values()) {
        if (measure.sides().has(side)) {
          out.startArray(side.label());
          for (double known : reference.of(side)) {
            out.number(known);
          }
          out.endArray();
        }
      }
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }

  private void writeRow(JsonWriter out, double[] values) throws IOException {
    out.startArray();
    for (double value : values) {
      if (measure.indicator().isExact()) {
        out.number(value);
      } else {
        out.single(value);
      }
    }
    out.endArray();
  }

  @Override
  public List<String> columns() {
    return List.of("time", "strike", "value");
  }

  @Override
  public void writeRows(CsvTable out) {
    long[] times = range.times();
    boolean isExact = measure.indicator().isExact();
    for (int i = 0; i < map.strikes().length; i++) {
      double[] values = map.values()[i];
      for (int t = 0; t < values.length; t++) {
        out.whole(times[t]).number(map.strikes()[i]);
        (isExact ? out.number(values[t]) : out.single(values[t])).end();
      }
    }
  }
}
