package io.strikegrid.server.status;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.JsonBody;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.store.Database;
import io.strikegrid.server.store.GenerationStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The state of the parts at one moment.
 *
 * @param version of the server
 * @param startedAt when the process began to serve
 * @param now when it is asked
 * @param isAlive whether the database answered just now
 * @param reasons what is wrong; empty where nothing is
 * @param aggregates empty where it did not
 */
record StatusView(
    String version,
    Instant startedAt,
    Instant now,
    Database database,
    boolean isAlive,
    List<String> reasons,
    List<AggregateStore.Row> aggregates,
    Generations generations,
    Pages pages,
    LiveView live,
    FeedsView feeds,
    JobsView jobs,
    RefusedView refused)
    implements JsonBody {

  private static final double MILLISECONDS = 1000;

  @Override
  public void writeJson(JsonWriter out) throws IOException {
    out.startObject();
    out.text("version", version);
    out.text("started_at", startedAt.toString());
    out.number(
        "uptime_seconds", Math.max(0, Duration.between(startedAt, now).toMillis() / MILLISECONDS));
    out.text("state", state());
    out.startArray("reasons");
    for (String reason : reasons) {
      out.text(reason);
    }
    out.endArray();
    out.startObject("store");
    out.text("engine", database.engine().label());
    out.text("server_version", database.serverVersion());
    out.flag("ok", isAlive);
    out.endObject();
    writeAggregates(out);
    writePages(out);
    writeSymbols(out);
    live.write(out);
    feeds.write(out);
    jobs.write(out);
    refused.write(out);
    out.endObject();
  }

  private String state() {
    if (!isAlive) {
      return "not_ready";
    }
    return reasons.isEmpty() ? "ready" : "degraded";
  }

  private void writeAggregates(JsonWriter out) throws IOException {
    out.startArray("aggregates");
    for (AggregateStore.Row row : aggregates) {
      out.startObject();
      out.text("name", row.name());
      out.whole("row_count", row.rows());
      out.whole("rows_with_oi", row.rowsWithOi());
      out.text("newest_bucket", row.newest().map(Instant::toString).orElse(null));
      out.number("lag_seconds", row.lagSeconds());
      out.text("last_refresh", row.lastRefresh().map(Instant::toString).orElse(null));
      out.number("refresh_seconds", row.refreshSeconds());
      out.whole("failures", row.failures());
      out.text("failure", row.failure().orElse(null));
      out.whole("awaiting_refresh", row.awaiting());
      out.text("last_audit", row.lastAudit().map(Instant::toString).orElse(null));
      out.whole("cells_checked", row.cellsChecked());
      out.whole("cells_differing", row.cellsDiffering());
      out.whole("rows_repaired", row.rowsRepaired());
      out.endObject();
    }
    out.endArray();
  }

  private void writePages(JsonWriter out) throws IOException {
    CacheStats stats = pages.stats();
    out.startObject("pages");
    out.whole("count", pages.count());
    out.whole("bytes", pages.bytes());
    out.whole("max_bytes", pages.maxBytes());
    out.whole("hits", stats.hitCount());
    out.whole("misses", stats.missCount());
    out.whole("loads", stats.loadSuccessCount());
    out.whole("load_failures", stats.loadFailureCount());
    out.whole("evictions", stats.evictionCount());
    out.endObject();
  }

  private void writeSymbols(JsonWriter out) throws IOException {
    out.startArray("symbols");
    for (String symbol : new TreeSet<>(generations.symbols())) {
      Optional<GenerationStore.Row> newest =
          generations
              .newestBarDay(symbol, LocalDate.MAX)
              .flatMap(day -> generations.find(symbol, day));
      if (newest.isPresent()) {
        out.startObject();
        out.text("symbol", symbol);
        out.text("newest_day", newest.get().day().toString());
        out.whole("generation", newest.get().generation());
        out.flag("simulated", newest.get().simulated());
        out.endObject();
      }
    }
    out.endArray();
  }
}
