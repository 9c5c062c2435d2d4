package io.strikegrid.server.chain;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.server.platform.http.Answer;
import io.strikegrid.server.platform.http.CsvTable;
import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stored figures of each asked expiry, for the buckets in which it has a bar. */
record ExpiryMetricsView(ChainRange range) implements Answer {

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

  /** One bucket of one page. */
  private record Bucket(GridPage page, int number) {

    long time() {
      return page.bucketStart(number);
    }

    /** A value; a count that is not known is 0. */
    double value(BucketField field) {
      double value = page.bucketValue(field, number);
      boolean isCount = field == BucketField.CONTRACTS || field == BucketField.CARRIED;
      return isCount && Double.isNaN(value) ? 0 : value;
    }

    String source() {
      double source = page.bucketValue(BucketField.UNDERLYING_SOURCE, number);
      return UnderlyingSource.values()[Double.isNaN(source) ? 0 : (int) source].label();
    }
  }

  private List<Bucket> buckets(int expiry) {
    List<Bucket> buckets = new ArrayList<>();
    for (ChainRange.Day day : range.days()) {
      ChainSource.Bars bars = day.of(expiry);
      if (bars != null) {
        int end = day.end(bars.page());
        for (int b = day.first(); b < end; b++) {
          if (bars.page().hasBar(b)) {
            buckets.add(new Bucket(bars.page(), b));
          }
        }
      }
    }
    return buckets;
  }

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
      write(out, buckets(i));
      out.endObject();
    }
    out.endArray();
    out.endObject();
  }

  private static void write(JsonWriter out, List<Bucket> buckets) throws IOException {
    out.startArray("time");
    for (Bucket bucket : buckets) {
      out.whole(bucket.time());
    }
    out.endArray();
    write(out, buckets, BucketField.UNDERLYING);
    out.startArray("underlying_source");
    for (Bucket bucket : buckets) {
      out.text(bucket.source());
    }
    out.endArray();
    for (BucketField field : AFTER_SOURCE) {
      write(out, buckets, field);
    }
  }

  private static void write(JsonWriter out, List<Bucket> buckets, BucketField field)
      throws IOException {
    out.startArray(field.column());
    for (Bucket bucket : buckets) {
      out.number(bucket.value(field));
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
      for (Bucket bucket : buckets(i)) {
        out.text(range.asked().get(i).text())
            .whole(bucket.time())
            .number(bucket.value(BucketField.UNDERLYING))
            .text(bucket.source());
        AFTER_SOURCE.forEach(field -> out.number(bucket.value(field)));
        out.end();
      }
    }
  }
}
