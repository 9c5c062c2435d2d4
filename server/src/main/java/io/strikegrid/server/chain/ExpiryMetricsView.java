package io.strikegrid.server.chain;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stored figures of each asked expiry, for the buckets in which it has a bar. */
record ExpiryMetricsView(ChainRange range, MetricsFold fold) implements Answer {

  private static final List<BucketField> AFTER_SOURCE =
      List.of(
          BucketField.FORWARD,
          BucketField.RATE,
          BucketField.PCR,
          BucketField.PCR_VOLUME,
          BucketField.MAX_PAIN,
          BucketField.CALL_OI,
          BucketField.PUT_OI,
          BucketField.CALL_VOLUME_DAY,
          BucketField.PUT_VOLUME_DAY,
          BucketField.ATM_IV,
          BucketField.STRADDLE,
          BucketField.CONTRACTS,
          BucketField.CARRIED);

  @Override
  public Optional<String> version() {
    return Optional.of(range.meta().version());
  }

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    range.meta().write(out);
    out.startArray("series");
    for (int i = 0; i < range.asked().size(); i++) {
      out.startObject();
      out.text("expiry", range.asked().get(i).text());
      range.writeRolls(out, i);
      write(out, fold.runs(i));
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }

  private static void write(JsonWriter out, List<MetricsFold.Run> runs) throws IOException {
    out.startArray("time");
    for (MetricsFold.Run run : runs) {
      for (long time : run.times()) {
        out.whole(time);
      }
    }
    out.endArray();
    write(out, runs, BucketField.UNDERLYING);
    out.startArray("underlying_source");
    for (MetricsFold.Run run : runs) {
      for (int i = 0; i < run.times().length; i++) {
        out.text(run.source(i));
      }
    }
    out.endArray();
    for (BucketField field : AFTER_SOURCE) {
      write(out, runs, field);
    }
  }

  private static void write(JsonWriter out, List<MetricsFold.Run> runs, BucketField field)
      throws IOException {
    out.startArray(field.column());
    for (MetricsFold.Run run : runs) {
      for (int i = 0; i < run.times().length; i++) {
        out.number(run.value(field, i));
      }
    }
    out.endArray();
  }

  @Override
  public List<String> columns() {
    List<String> columns =
        new ArrayList<>(List.of("expiry", "time", "underlying", "underlying_source"));
    AFTER_SOURCE.forEach(field -> columns.add(field.column()));
    return columns;
  }

  @Override
  public void writeRows(CsvTable out) {
    for (int i = 0; i < range.asked().size(); i++) {
      for (MetricsFold.Run run : fold.runs(i)) {
        for (int b = 0; b < run.times().length; b++) {
          writeRow(out, range.asked().get(i).text(), run, b);
        }
      }
    }
  }

  private static void writeRow(CsvTable out, String expiry, MetricsFold.Run run, int bucket) {
    out.text(expiry)
        .whole(run.times()[bucket])
        .number(run.value(BucketField.UNDERLYING, bucket))
        .text(run.source(bucket));
    AFTER_SOURCE.forEach(field -> out.number(run.value(field, bucket)));
    out.end();
  }
}
