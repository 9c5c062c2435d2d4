package io.strikegrid.server.chain;

import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Gap;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A measure at each level of each asked expiry. */
record MoneynessView(
    ChainRange range, MoneynessFold fold, Indicator indicator, Sides sides, int maxLevel)
    implements Answer {

  @Override
  public Optional<String> version() {
    return Optional.of(range.meta().version());
  }

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    range.meta().write(out);
    out.text("indicator", indicator.text());
    out.text("unit", indicator.unit());
    out.text("option_side", sides.text());
    out.whole("max_level", maxLevel);
    range.writeTimes(out);
    out.startArray("expiries");
    for (int i = 0; i < range.asked().size(); i++) {
      Gap gap = range.gap(i);
      out.startObject();
      out.text("asked", range.asked().get(i).text());
      range.writeRolls(out, i);
      out.number("strike_gap", gap.size());
      out.text("gap_source", gap.source());
      out.endObject();
    }
    out.endArray();
    out.startArray("series");
    double[] values = new double[range.length()];
    for (int i = 0; i < range.asked().size(); i++) {
      for (int level = -maxLevel; level <= maxLevel; level++) {
        fold.line(i, level).copyTo(range.days(), values);
        if (isSeen(values)) {
          write(out, range.asked().get(i), level, values);
        }
      }
    }
    out.endArray();
    out.endObject();
  }

  private void write(JsonWriter out, AskedExpiry expiry, int level, double[] values)
      throws IOException {
    out.startObject();
    out.text("expiry", expiry.text());
    out.whole("level", level);
    out.text("label", Moneyness.label(sides.one().orElse(null), level));
    out.startArray("values");
    if (indicator.isExact()) {
      for (double value : values) {
        out.number(value);
      }
    } else {
      for (double value : values) {
        out.single(value);
      }
    }
    out.endArray();
    out.endObject();
  }

  private static boolean isSeen(double[] values) {
    for (double value : values) {
      if (!Double.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<String> columns() {
    return List.of("time", "expiry", "level", "label", "value");
  }

  @Override
  public void writeRows(CsvTable out) {
    long[] times = range.times();
    double[] values = new double[range.length()];
    for (int i = 0; i < range.asked().size(); i++) {
      for (int level = -maxLevel; level <= maxLevel; level++) {
        fold.line(i, level).copyTo(range.days(), values);
        if (isSeen(values)) {
          String label = Moneyness.label(sides.one().orElse(null), level);
          for (int t = 0; t < values.length; t++) {
            out.whole(times[t]).text(range.asked().get(i).text()).whole(level).text(label);
            (indicator.isExact() ? out.number(values[t]) : out.single(values[t])).end();
          }
        }
      }
    }
  }
}
