package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.engine.measure.MoneynessSeries;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Gap;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A measure at each level of each asked expiry, computed one expiry at a time while written. */
record MoneynessView(ChainRange range, Indicator indicator, Sides sides, int maxLevel)
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
    for (int i = 0; i < range.asked().size(); i++) {
      double[][] values = values(i);
      for (int level = -maxLevel; level <= maxLevel; level++) {
        if (isSeen(values[level + maxLevel])) {
          write(out, range.asked().get(i), level, values[level + maxLevel]);
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

  /** Values of an asked expiry by level, the lowest first, and position on the axis. */
  private double[][] values(int expiry) {
    double[][] values = new double[2 * maxLevel + 1][range.length()];
    for (double[] level : values) {
      Arrays.fill(level, Double.NaN);
    }
    for (ChainRange.Day day : range.days()) {
      ChainSource.Bars bars = day.of(expiry);
      if (bars != null) {
        GridPage page = bars.page();
        MoneynessSeries.fill(
            page,
            indicator,
            sides.one().orElse(null),
            bars.gap().size(),
            maxLevel,
            day.first(),
            day.end(page),
            values,
            day.offset());
      }
    }
    return values;
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
    for (int i = 0; i < range.asked().size(); i++) {
      double[][] values = values(i);
      for (int level = -maxLevel; level <= maxLevel; level++) {
        double[] ofLevel = values[level + maxLevel];
        if (isSeen(ofLevel)) {
          String label = Moneyness.label(sides.one().orElse(null), level);
          for (int t = 0; t < ofLevel.length; t++) {
            out.whole(range.time(t)).text(range.asked().get(i).text()).whole(level).text(label);
            (indicator.isExact() ? out.number(ofLevel[t]) : out.single(ofLevel[t])).end();
          }
        }
      }
    }
  }
}
