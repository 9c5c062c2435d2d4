package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.live.RunningMinutes;
import io.strikegrid.server.pages.Admission;
import io.strikegrid.testkit.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests may take of the memory. */
final class MemoryApiTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WEEK =
      "&from=%d&to=%d"
          .formatted(
              SampleChains.TUESDAY_OPEN - SampleChains.DAY,
              SampleChains.TUESDAY_OPEN + 4 * SampleChains.DAY);
  private static final Admission LITTLE = new Admission(2 << 20);
  private static final SampleServer SERVER = SampleServer.start(LITTLE);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "moneyness-series?symbol=NIFTY50&indicator=iv",
        "expiry-metrics?symbol=NIFTY50",
        "strike-history?symbol=NIFTY50&strike=24500",
        "strike-map?symbol=NIFTY50&indicator=oi",
        "strike-distribution?symbol=NIFTY50",
        "latest?symbol=NIFTY50",
        "expiries?symbol=NIFTY50"
      })
  void request_forMoreThanThereIsMemoryFor_isTooMuchBeforeAnythingIsRead(String query) {
    try (SampleServer server = SampleServer.start(new Admission(1024))) {
      JsonNode problem = server.client().problem("/fo/" + query);
      assertThat(problem.at("/code").asText()).isEqualTo("too_much");
      assertThat(problem.at("/status").asInt()).isEqualTo(400);
      assertThat(problem.at("/detail").asText()).contains("MiB");
      assertThat(problem.at("/allowed").asText()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expiry-metrics?symbol=NIFTY50",
        "moneyness-series?symbol=NIFTY50&indicator=oi&max_level=3",
        "strike-history?symbol=NIFTY50&strike=24500",
        "strike-map?symbol=NIFTY50&indicator=oi_change"
      })
  void range_ofMorePagesThanThereIsMemoryFor_isReadPageByPage(String query) {
    HttpResponse<String> answer = SERVER.client().get("/fo/" + query + "&timeframe=1min" + WEEK);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    until(() -> LITTLE.used() == 0); // given back after the last byte is out
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void request_onPagesWithARunningMinute_countsTheirCopies() {
    List<Long> used = new CopyOnWriteArrayList<>();
    List<Long> copied = new CopyOnWriteArrayList<>();
    Admission room = new Admission(1 << 30);
    try (SampleServer server = SampleServer.start(room)) {
      server.run((underlying, committed) -> {
        used.add(room.used());
        GridPage copy = GridWriter.after(committed.page()).publish();
        copied.add(copy.bytes());
        return Optional.of(new RunningMinutes.Running(copy, copy.buckets() - 1, 1));
      });
      HttpResponse<String> answer =
          server
              .client()
              .get(
                  "/fo/strike-distribution?symbol=NIFTY50&expiry=2025-04-30&expiry=2025-05-29&timeframe=1min");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(used).hasSizeGreaterThan(1);
      assertThat(used.get(1)).isEqualTo(used.get(0) + copied.get(0));
      Await.until("it is given back", () -> room.used() == 0);
    }
  }

  @Test
  void request_onPagesInMemory_doesNotWaitForLargeWork() {
    String path = "/fo/strike-distribution?symbol=NIFTY50&oi_change=session_open";
    HttpResponse<String> before = SERVER.client().get(path);
    try (Admission.Permit _ = LITTLE.admit(LITTLE.most())) {
      assertThat(SERVER.client().get(path).body()).isEqualTo(before.body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expiry-metrics?symbol=NIFTY50, application/json, gzip",
    "expiry-metrics?symbol=NIFTY50, text/csv, identity",
    "moneyness-series?symbol=NIFTY50&indicator=iv, text/csv, gzip",
    "strike-map?symbol=NIFTY50&indicator=oi, application/json, identity"
  })
  void range_whoseStoreFailsAfterSomeDays_isNotReadyAndNoHalfAnswer(
      String query, String form, String encoding) {
    try (SampleServer server = SampleServer.start()) {
      ApiClient client = server.client();
      String path = "/fo/" + query + "&timeframe=1min";
      String monday =
          "&from=%d&to=%d"
              .formatted(SampleChains.TUESDAY_OPEN - SampleChains.DAY, SampleChains.TUESDAY_OPEN);
      assertThat(client.get(path + monday).statusCode()).isEqualTo(200);
      server
          .database()
          .jdbi()
          .useHandle(h -> h.execute("ALTER TABLE fo_option_strike_bars RENAME TO hidden"));
      HttpResponse<String> answer =
          client.get(path + WEEK, "Accept", form, "Accept-Encoding", encoding);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(ApiClient.problem(answer).at("/code").asText()).isEqualTo("not_ready");
    }
  }
}
