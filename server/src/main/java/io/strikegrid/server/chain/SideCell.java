package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.SideField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How one contract at a time stands in answers: its last known values, and their time. */
final class SideCell {

  private SideCell() {}

  /**
   * Writes one side, or null where nothing is known of it.
   *
   * @param k number of the strike
   * @param reference open interest to compare with, by strike number
   */
  static void write(JsonWriter out, AsOf known, Side side, int k, double[] reference)
      throws IOException {
    int bucket = known.newestBar(side, k);
    if (bucket < 0) {
      out.nothing(side.label());
      return;
    }
    out.startObject(side.label());
    out.whole("time", known.page().bucketStart(bucket));
    for (SideField field : SideField.CELL) {
      field.writeNamed(out, known.at(side, field.field(), k));
    }
    out.number("oi_change", known.at(side, GridField.OI, k) - reference[k]);
    out.endObject();
  }

  /** Writes one side to a row. */
  static void write(CsvTable out, AsOf known, Side side, int k, double[] reference) {
    int bucket = known.newestBar(side, k);
    if (bucket < 0) {
      out.nothing(SideField.CELL.size() + 2);
      return;
    }
    out.whole(known.page().bucketStart(bucket));
    for (SideField field : SideField.CELL) {
      field.write(out, known.at(side, field.field(), k));
    }
    out.number(known.at(side, GridField.OI, k) - reference[k]);
  }

  /** Columns of one side in a table. */
  static List<String> columns(Side side) {
    List<String> columns = new ArrayList<>();
    columns.add(side.label() + "_time");
    SideField.CELL.forEach(field -> columns.add(side.label() + "_" + field.name()));
    columns.add(side.label() + "_oi_change");
    return columns;
  }
}
