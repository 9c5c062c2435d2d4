package io.strikegrid.server.chain;

import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.SideField;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The bars of one strike. */
record StrikeHistoryView(ChainRange range, HistoryFold fold, double strike, Sides sides)
    implements Answer {

  @Override
  public Optional<String> version() {
    return Optional.of(range.meta().version());
  }

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    range.meta().write(out);
    out.text("expiry", range.asked().getFirst().text());
    range.writeRolls(out, 0);
    out.number("strike", strike);
    range.writeTimes(out);
    double[] underlying = values(fold.underlying());
    out.startArray("underlying");
    for (double price : underlying) {
      out.number(price);
    }
    out.endArray();
    out.startArray("level");
    for (double level : levels()) {
      out.number(level);
    }
    out.endArray();
    for (Side side : Side.values()) {
      if (sides.has(side)) {
        write(out, side);
      } else {
        out.nothing(side.label());
      }
    }
    out.endObject();
  }

  private void write(JsonWriter out, Side side) throws IOException {
    out.startObject(side.label());
    for (SideField field : SideField.SERIES) {
      out.startArray(field.name());
      for (double value : values(fold.line(side, field.field()))) {
        field.write(out, value);
      }
      out.endArray();
    }
    out.endObject();
  }

  private double[] unknown() {
    double[] values = new double[range.length()];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private double[] values(Line line) {
    double[] values = new double[range.length()];
    line.copyTo(range.days(), values);
    return values;
  }

  private double[] levels() {
    double[] atmStrike = values(fold.atmStrike());
    double[] levels = unknown();
    for (ChainRange.Day day : range.days()) {
      Part part = day.of(0);
      double gap = part == null ? Double.NaN : part.gap().size();
      for (int b = day.first(); b < day.end(); b++) {
        int at = day.offset() + b - day.first();
        if (!Double.isNaN(atmStrike[at]) && !Double.isNaN(gap)) {
          levels[at] = Moneyness.level(strike, atmStrike[at], gap);
        }
      }
    }
    return levels;
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("time", "underlying", "level"));
    for (Side side : Side.values()) {
      if (sides.has(side)) {
        SideField.SERIES.forEach(field -> columns.add(side.label() + "_" + field.name()));
      }
    }
    return columns;
  }

  @Override
  public void writeRows(CsvTable out) {
    double[] underlying = values(fold.underlying());
    double[] levels = levels();
    long[] times = range.times();
    List<SideField> fields = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (Side side : Side.values()) {
      if (sides.has(side)) {
        for (SideField field : SideField.SERIES) {
          fields.add(field);
          values.add(values(fold.line(side, field.field())));
        }
      }
    }
    for (int t = 0; t < range.length(); t++) {
      out.whole(times[t]).number(underlying[t]).number(levels[t]);
      for (int f = 0; f < fields.size(); f++) {
        fields.get(f).write(out, values.get(f)[t]);
      }
      out.end();
    }
  }
}
