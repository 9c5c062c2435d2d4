package io.strikegrid.server.status;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.strikegrid.server.pages.Generations;
import io.strikegrid.server.pages.Pages;
import io.strikegrid.server.platform.http.JsonBody;
import io.strikegrid.server.platform.http.JsonWriter;
import io.strikegrid.server.platform.postgres.ServerState;
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
 * @param server how the embedded database server is; empty where it is somebody else's
 * @param canServe whether nothing stops it from serving
 * @param reasons what is wrong; empty where nothing is
 * @param shown what whoever asks may see
 */
record StatusView(
    String version,
    Instant startedAt,
    Instant now,
    Database database,
    boolean isAlive,
    Optional<ServerState> server,
    boolean canServe,
    List<String> reasons,
    AggregatesView aggregates,
    Generations generations,
    Pages pages,
    LiveView live,
    FeedsView feeds,
    JobsView jobs,
    RefusedView refused,
    ThreadsView threads,
    Shown shown)
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
      out.text(shown.text(reason));
    }
    out.endArray();
    out.startObject("store");
    out.text("engine", database.engine().label());
    out.text("server_version", database.serverVersion());
    out.flag("ok", isAlive);
    out.text("server", server.map(ServerState::toString).orElse(null));
    if (server.isPresent()) {
      out.whole("restarts", server.get().restarts());
    } else {
      out.nothing("restarts");
    }
    out.endObject();
    aggregates.write(out, shown);
    writePages(out);
    writeSymbols(out);
    live.write(out, shown);
    feeds.write(out, shown);
    jobs.write(out, shown);
    refused.write(out);
    threads.write(out);
    out.endObject();
  }

  private String state() {
    if (!canServe) {
      return "not_ready";
    }
    return reasons.isEmpty() ? "ready" : "degraded";
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
      if (newest.isPresent() && shown.has(symbol)) {
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
