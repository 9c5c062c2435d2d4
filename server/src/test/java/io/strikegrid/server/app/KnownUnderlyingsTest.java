package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.ingest.journal.JournalConfig;
import io.strikegrid.server.ingest.journal.JournalException;
import io.strikegrid.server.jobs.KeepingConfig;
import io.strikegrid.server.live.LiveConfig;
import io.strikegrid.server.platform.http.HttpConfig;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.testkit.ManualClock;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server, on a store with a symbol whose market it was not given. */
final class KnownUnderlyingsTest {

  private final TestDatabase store = TestDatabase.create();

  @TempDir Path folder;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void symbol_ofAMarketThatIsNotGiven_costsItselfAlone() throws Exception {
    try (Node node = Node.start(config(), ManualClock.at("2025-04-25T06:30:00Z"))) {
      ApiClient client = new ApiClient(node.port());
      client.post(
          "/ingest/bars",
          "{\"bars\": [{\"bucket_time\": \"2025-04-25T10:00:00+05:30\", \"symbol\": \"BANKNIFTY\","
              + " \"expiry\": \"2025-05-29\", \"strike\": 55000, \"call_close\": 5}]}");
      strange();
    }
    try (Node node = Node.start(config(), ManualClock.at("2025-04-25T06:30:00Z"))) {
      ApiClient client = new ApiClient(node.port());

      JsonNode symbols = client.json("Symbols", "/fo/symbols");
      assertThat(symbols.findValuesAsText("symbol")).containsExactly("BANKNIFTY");
      for (String path :
          List.of(
              "/fo/latest?symbol=SPX&expiry=2025-05-29",
              "/fo/strike-distribution?symbol=SPX",
              "/fo/expiries?symbol=SPX",
              "/fo/stream/events?symbol=SPX&expiry=2025-05-29")) {
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(404);
        assertThat(ApiClient.problem(response).get("code").asText()).isEqualTo("unknown_symbol");
      }
      assertThat(client.get("/fo/strike-distribution?symbol=BANKNIFTY").statusCode())
          .isEqualTo(200);
      assertThat(client.get("/status").statusCode()).isEqualTo(200);
    }
    for (String job : List.of("audit", "partitions")) {
      assertThat(Main.commandLine().execute("jobs", "run", job, "--db", store.address()))
          .as(job)
          .isZero();
    }
  }

  @Test
  void find_symbolOfAMarketThatIsNotGiven_isEmptyAndAnotherIsFound() {
    strange();
    KnownUnderlyings known = new KnownUnderlyings(MarketCatalog.load(List.of()), store.database());

    assertThat(known.apply("SPX")).isEmpty();
    assertThat(known.apply("\u0000")).isEmpty();
    assertThat(known.apply(" ")).isEmpty();
    assertThat(known.apply("nifty")).isPresent();
  }

  @Test
  void start_whoseJournalCannotBeUsed_leavesNoThread() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Set<Thread> before = ours();

    Assertions.assertThatThrownBy(
            () -> Node.start(config(file), ManualClock.at("2025-04-25T06:30:00Z")))
        .isInstanceOf(JournalException.class);

    Set<Thread> after = ours();
    after.removeAll(before);
    for (Thread left : after) {
      assertThat(left.join(Duration.ofSeconds(10))).as(left.getName()).isTrue();
    }
  }

  private static Set<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> Set.of("minutes", "generations", "journal").contains(thread.getName()))
        .collect(Collectors.toSet());
  }

  /** What an import by a profile of a market of one's own leaves. */
  private void strange() {
    store
        .database()
        .jdbi()
        .useHandle(h -> {
          h.execute(
              "INSERT INTO underlyings (symbol, name, market, calendar, whole_units)"
                  + " VALUES ('SPX', 'SPX', 'US405', 'NSE', true)");
          h.execute(
              "INSERT INTO strikegrid.generation (symbol, trading_day, generation, rolled,"
                  + " has_bars, simulated) VALUES ('SPX', '2025-04-25', 1, 1, true, false)");
        });
  }

  private ServeConfig config() {
    return config(folder.resolve("journal"));
  }

  private ServeConfig config(Path journal) {
    return new ServeConfig(
        new StoreConfig(
            folder,
            Optional.of(store.address()),
            Optional.empty(),
            List.of(),
            new KeepingConfig(0, 0),
            10),
        new HttpConfig("127.0.0.1", 0, Optional.empty(), false),
        16 << 20,
        JournalConfig.in(journal),
        Duration.ofSeconds(60),
        LiveConfig.usual(),
        false,
        Optional.empty());
  }
}
