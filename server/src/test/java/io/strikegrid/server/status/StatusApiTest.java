package io.strikegrid.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.platform.watch.Vital;
import io.strikegrid.testkit.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StatusApiTest {

  private final ApiClient api = SampleServer.shared().client();

  @Test
  void status_ofAServer_hasEveryPart() {
    api.json("Latest", "/fo/latest?symbol=NIFTY50");
    JsonNode status = api.json("Status", "/status");
    assertThat(status.at("/store/ok").asBoolean()).isTrue();
    assertThat(status.at("/aggregates")).hasSize(2);
    for (JsonNode aggregate : status.at("/aggregates")) {
      assertThat(aggregate.at("/rows_with_oi").asLong())
          .isEqualTo(aggregate.at("/row_count").asLong())
          .isPositive();
      assertThat(aggregate.at("/lag_seconds").asDouble()).isZero();
      assertThat(aggregate.at("/failure").isNull()).isTrue();
      assertThat(aggregate.at("/awaiting_refresh").asLong()).isZero();
    }
    assertThat(status.at("/pages/count").asInt()).isPositive();
    assertThat(status.at("/pages/bytes").asLong()).isPositive();
    assertThat(status.at("/live/max_bytes").asLong()).isPositive();
    assertThat(status.at("/live/trouble").isNull()).isTrue();
    assertThat(status.at("/symbols/1/symbol").asText()).isEqualTo("NIFTY50");
    assertThat(status.at("/symbols/1/newest_day").asText()).isEqualTo("2025-04-25");
  }

  @Test
  void health_ofAServerThatCanServe_isReady() {
    api.json("Alive", "/health/live");
    api.json("Ready", "/health/ready");
  }

  @Test
  void health_withoutADatabase_isNotReadyYetAlive() {
    try (SampleServer server = SampleServer.start()) {
      server.database().close();
      ApiClient client = server.client();
      assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = client.get("/health/ready");
      assertThat(ApiClient.problem(ready).at("/code").asText()).isEqualTo("not_ready");
      assertThat(ready.headers().firstValue("Retry-After")).isPresent();
      assertThat(client.get("/fo/instruments/search").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void health_threadThatDied_isNotReadyAndNamesIt() throws InterruptedException {
    try (SampleServer server = SampleServer.start()) {
      server
          .watch()
          .start(
              new Vital("sample", Duration.ofMinutes(1), 0),
              heartbeat -> {
                throw new OutOfMemoryError("Java heap space");
              });
      Await.until("it is noticed", () -> server.watch().hopeless().isPresent());
      String reason = "thread sample is dead: OutOfMemoryError: Java heap space";
      ApiClient client = server.client();
      HttpResponse<String> ready = client.get("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ApiClient.problem(ready).at("/code").asText()).isEqualTo("not_ready");
      assertThat(ApiClient.problem(ready).at("/detail").asText()).isEqualTo(reason);
      assertThat(ApiClient.problem(client.get("/health/live")).at("/detail").asText())
          .isEqualTo(reason + "; start the server again");
      JsonNode status = client.json("Status", "/status");
      assertThat(status.at("/state").asText()).isEqualTo("not_ready");
      assertThat(status.at("/reasons/0").asText()).isEqualTo(reason);
      assertThat(client.get("/metrics").body())
          .contains("strikegrid_threads_alive{thread=\"sample\"} 0.0")
          .contains("strikegrid_threads_alive{thread=\"minutes\"} 1.0")
          .contains("strikegrid_store_up 1.0");
    }
  }

  @Test
  void status_ofAServer_listsTheThreadsThatMustLive() {
    JsonNode status = api.json("Status", "/status");
    assertThat(status.at("/threads").findValuesAsText("name"))
        .contains("generations", "minutes", "journal", "ticks", "stream", "store-look");
    assertThat(status.at("/threads").findValuesAsText("state")).containsOnly("alive");
  }

  @Test
  void metrics_afterRequests_countThemByRoute() {
    api.get("/fo/indicators");
    HttpResponse<String> metrics =
        api.get("/metrics", "Accept", "application/openmetrics-text;q=0.9, text/plain;q=0.5");
    assertThat(metrics.body())
        .contains("strikegrid_http_requests_seconds_count")
        .contains("route=\"/fo/indicators\"")
        .contains("status=\"200\"");
  }

  @Test
  void contract_asServed_isTheOneInTheRepository() throws IOException {
    assertThat(api.get("/openapi.yaml").body())
        .isEqualTo(Files.readString(Path.of("..", "contract", "openapi.yaml")));
  }

  @Test
  void docs_asAPage_loadNothingFromElsewhere() {
    HttpResponse<String> page = api.get("/docs");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'self'");
    assertThat(page.body()).doesNotContain("http:", "https:", "<script>", "style=");
    assertThat(page.body()).contains("id=\"unknown_label\"");
    page.body()
        .lines()
        .filter(line -> line.contains("src=") || line.contains("href="))
        .map(line -> line.replaceAll(".*(?:src|href)=\"([^\"]*)\".*", "$1"))
        .forEach(part -> assertThat(api.get(part).statusCode()).as(part).isEqualTo(200));
  }

  @Test
  void docs_withAnotherPart_haveNone() {
    assertThat(api.get("/docs/..%5c..%5cpasswd").statusCode()).isBetween(400, 404);
    assertThat(api.problem("/docs/index.html").at("/code").asText()).isEqualTo("not_found");
  }
}
