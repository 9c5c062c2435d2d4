package io.strikegrid.server.status;

import io.strikegrid.server.platform.http.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The roll-ups at one moment, with the rows that were counted last.
 *
 * @param aggregates empty where the store does not answer
 */
record AggregatesView(List<AggregateStore.Row> aggregates, StoreLook look) {

  void write(JsonWriter out, Shown shown) throws IOException {
    out.startArray("aggregates");
    for (AggregateStore.Row row : aggregates) {
      out.startObject();
      write(out, row, look.counted(row.name()), shown);
      out.endObject();
    }
    out.endArray();
  }

  private void write(
      JsonWriter out, AggregateStore.Row row, Optional<AggregateStore.Count> counted, Shown shown)
      throws IOException {
    out.text("name", row.name());
    out.text("counted_at", look.countedAt().map(Instant::toString).orElse(null));
    if (counted.isPresent()) {
      out.whole("row_count", counted.get().rows());
      out.whole("rows_with_oi", counted.get().rowsWithOi());
    } else {
      out.nothing("row_count");
      out.nothing("rows_with_oi");
    }
    out.text(
        "newest_bucket",
        counted.flatMap(AggregateStore.Count::newest).map(Instant::toString).orElse(null));
    out.number("lag_seconds", counted.map(AggregateStore.Count::lagSeconds).orElse(Double.NaN));
    out.text("last_refresh", row.lastRefresh().map(Instant::toString).orElse(null));
    out.number("refresh_seconds", row.refreshSeconds());
    out.whole("failures", row.failures());
    out.text("failure", shown.text(row.failure()));
    out.whole("awaiting_refresh", row.awaiting());
    out.text("last_audit", row.lastAudit().map(Instant::toString).orElse(null));
    out.whole("cells_checked", row.cellsChecked());
    out.whole("cells_differing", row.cellsDiffering());
    out.whole("rows_repaired", row.rowsRepaired());
  }
}
