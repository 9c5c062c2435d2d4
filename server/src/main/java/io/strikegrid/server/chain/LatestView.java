package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.view.Sides;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The newest one-minute bar of each strike, as it is: nothing is carried into it. */
record LatestView(Meta meta, List<Row> rows, Sides sides) implements Answer {

  /**
   * A strike.
   *
   * @param chain newest state of its expiry
   * @param k number of the strike
   * @param reference open interest at the previous close
   */
  record Row(Snapshot chain, int k, OiChange reference) {

    private int bucket() {
      return Math.max(chain.known().newestBar(Side.CALL, k), chain.known().newestBar(Side.PUT, k));
    }

    private @Nullable SideCell cell(Side side) {
      return SideCell.ofBar(chain, side, bucket(), k, reference.of(side));
    }

    /** Start of the strike's newest bar. */
    long bucketTime() {
      return chain.page().bucketStart(bucket());
    }

    private double underlying() {
      return chain.page().bucketValue(BucketField.UNDERLYING, bucket());
    }

    private double level() {
      OptionalInt level = chain.level(k, bucket());
      return level.isPresent() ? level.getAsInt() : Double.NaN;
    }

    private String expiry() {
      return chain.page().key().expiry().toString();
    }

    private double strike() {
      return chain.page().strike(k);
    }
  }

  @Override
  public Optional<String> version() {
    return Optional.of(meta.version());
  }

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    meta.write(out);
    out.startArray("rows");
    for (Row row : rows) {
      out.startObject();
      out.text("expiry", row.expiry());
      out.number("strike", row.strike());
      out.whole("bucket_time", row.bucketTime());
      out.number("underlying", row.underlying());
      out.number("level", row.level());
      for (Side side : Side.values()) {
        if (sides.has(side)) {
          SideCell.write(out, side, row.cell(side));
        } else {
          out.nothing(side.label());
        }
      }
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }

  @Override
  public List<String> columns() {
    List<String> columns =
        new ArrayList<>(List.of("expiry", "strike", "bucket_time", "underlying", "level"));
    for (Side side : Side.values()) {
      if (sides.has(side)) {
        columns.addAll(SideCell.columns(side));
      }
    }
    return columns;
  }

  @Override
  public void writeRows(CsvTable out) {
    for (Row row : rows) {
      out.text(row.expiry())
          .number(row.strike())
          .whole(row.bucketTime())
          .number(row.underlying())
          .number(row.level());
      for (Side side : Side.values()) {
        if (sides.has(side)) {
          SideCell.write(out, row.cell(side));
        }
      }
      out.end();
    }
  }
}
