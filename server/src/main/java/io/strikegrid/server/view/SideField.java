package io.strikegrid.server.view;

import io.strikegrid.engine.grid.GridField;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.List;

/**
 * A field of one side as it stands in answers.
 *
 * @param name its name there
 * @param field where it is kept
 */
public record SideField(String name, GridField field) {

  private static final List<SideField> MEASURES =
      List.of(
          new SideField("bid", GridField.BID),
          new SideField("ask", GridField.ASK),
          new SideField("iv", GridField.IV),
          new SideField("delta", GridField.DELTA),
          new SideField("gamma", GridField.GAMMA),
          new SideField("theta", GridField.THETA),
          new SideField("vega", GridField.VEGA),
          new SideField("rho", GridField.RHO),
          new SideField("volume", GridField.VOLUME),
          new SideField("volume_day", GridField.VOLUME_DAY),
          new SideField("oi", GridField.OI));

  /** Fields of one contract at a time. */
  public static final List<SideField> CELL = with(new SideField("price", GridField.PRICE));

  /** Fields of one contract through time. */
  public static final List<SideField> SERIES =
      with(
          new SideField("open", GridField.OPEN),
          new SideField("high", GridField.HIGH),
          new SideField("low", GridField.LOW),
          new SideField("close", GridField.PRICE));

  private static List<SideField> with(SideField... first) {
    List<SideField> fields = new java.util.ArrayList<>(List.of(first));
    fields.addAll(MEASURES);
    return List.copyOf(fields);
  }

  /** Writes a value, as short as the page knows it exactly. */
  public void write(JsonWriter out, double value) throws IOException {
    if (field.isExact()) {
      out.number(value);
    } else {
      out.single(value);
    }
  }

  /** Writes a value under the field's name. */
  public void writeNamed(JsonWriter out, double value) throws IOException {
    if (field.isExact()) {
      out.number(name, value);
    } else {
      out.single(name, value);
    }
  }

  /** Writes a value to a row. */
  public void write(CsvTable out, double value) {
    if (field.isExact()) {
      out.number(value);
    } else {
      out.single(value);
    }
  }
}
