package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.TokenLine;
import io.strikegrid.server.platform.http.Tokens;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that is for some symbols, wherever a symbol can be asked for. */
final class TokenScopeTest {

  private static final String AUTHORIZATION = "Authorization";
  private static final String OWN = "Bearer own";
  private static final String OTHER = "Bearer other";

  @TempDir private Path folder;
  private Path file;
  private SampleServer server;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("tokens");
    write("own", "other");
    server = SampleServer.start(Tokens.read(file));
  }

  private void write(String own, String other) throws IOException {
    Files.write(
        file,
        List.of(
            line(Role.READ, own, "NIFTY50"),
            line(Role.WRITE, own, "NIFTY50"),
            line(Role.READ, other, "BANKNIFTY"),
            line(Role.WRITE, other, "BANKNIFTY")));
  }

  private static String line(Role role, String token, String symbol) {
    return TokenLine.of(role, "for-" + symbol, token, Set.of(symbol), null).text();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String path, String bearer) {
    return server.client().get(path, AUTHORIZATION, bearer);
  }

  @Test
  void question_aboutAnotherSymbol_isRefused() {
    for (String path :
        List.of(
            "/fo/strike-distribution?symbol=NIFTY50",
            "/fo/strike-distribution?symbol=NIFTY%2050",
            "/fo/days?symbol=NIFTY50",
            "/fo/expiries?symbol=NIFTY50",
            "/fo/stream/events?symbol=NIFTY50",
            "/fo/instruments/search?symbol=NIFTY50",
            "/fo/instruments/search")) {
      JsonNode problem = ApiClient.problem(get(path, OTHER));
      assertThat(problem.at("/code").asText()).as(path).isEqualTo("forbidden");
      assertThat(problem.at("/allowed").asText()).as(path).isEqualTo("BANKNIFTY");
    }
    assertThat(get("/fo/strike-distribution?symbol=NIFTY%2050", OWN).statusCode()).isEqualTo(200);
  }

  @Test
  void list_ofSymbols_hasTheOwnAlone() {
    assertThat(get("/fo/symbols", OWN).body()).contains("NIFTY50");
    assertThat(get("/fo/symbols", OTHER).body()).doesNotContain("NIFTY50");
    assertThat(get("/fo/days?symbol=NOTHING", OTHER).body()).doesNotContain("NIFTY50");
  }

  @Test
  void ticksAndBars_ofAnotherSymbol_areRefusedRowsBesideThoseThatAreTaken() throws IOException {
    String tick =
        "{\"symbol\":\"%s\",\"expiry\":\"2025-05-29\",\"strike\":24500,\"side\":\"call\","
            + "\"time\":1745562600,\"price\":1}";
    JsonNode ticks =
        taken(
            "/ingest/ticks",
            "[" + tick.formatted("NIFTY50") + "," + tick.formatted("BANKNIFTY") + "]");
    assertThat(ticks.at("/accepted").asInt()).isOne();
    assertRefused(ticks);
    assertThat(server.sink().await(1))
        .extracting(one -> one.underlying().symbol())
        .containsExactly("BANKNIFTY");
    String bar =
        "{\"bucket_time\":1745562600,\"symbol\":\"%s\",\"expiry\":\"2025-05-29\","
            + "\"strike\":24500,\"call_close\":1}";
    JsonNode bars =
        taken(
            "/ingest/bars",
            "{\"bars\":[" + bar.formatted("NIFTY50") + "," + bar.formatted("BANKNIFTY") + "]}");
    assertThat(bars.at("/written").asInt()).isOne();
    assertRefused(bars);
  }

  private JsonNode taken(String path, String body) throws IOException {
    HttpResponse<String> answer = post(path, body, OTHER);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  private static void assertRefused(JsonNode outcome) {
    JsonNode row = outcome.at("/rejected/0");
    assertThat(outcome.at("/rejected")).hasSize(1);
    assertThat(row.at("/index").asInt()).isZero();
    assertThat(row.at("/code").asText()).isEqualTo("forbidden");
    assertThat(row.at("/field").asText()).isEqualTo("symbol");
    assertThat(row.at("/value").asText()).isEqualTo("NIFTY50");
    assertThat(row.at("/message").asText()).contains("one that the token is for: BANKNIFTY");
  }

  @Test
  void status_namesNoOtherSymbol() {
    server.ticksFeed().refused(server.clock().instant(), "too_late", "5 ticks of NIFTY50");
    assertThat(get("/status", OTHER).body()).doesNotContain("NIFTY50").contains("\"symbols\":[]");
    assertThat(get("/status", OWN).body()).contains("\"symbol\":\"NIFTY50\"");
    assertThat(get("/metrics", OTHER).body()).doesNotContain("NIFTY50");
  }

  private HttpResponse<String> post(String path, String body, String bearer) {
    return server
        .client()
        .post(
            path,
            body.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/json",
            AUTHORIZATION,
            bearer);
  }

  @Test
  void subscription_toAnotherSymbol_isRefusedByName() {
    try (StreamClient client = StreamClient.connect(server.client(), AUTHORIZATION, OTHER)) {
      client.send("{'type':'subscribe','id':'a','symbol':'NIFTY50'}");
      assertThat(client.next("error").at("/code").asText()).isEqualTo("forbidden");
    }
  }

  @Test
  void stream_ofATokenThatWasTakenBack_ends() throws IOException {
    try (StreamClient client = StreamClient.connect(server.client(), AUTHORIZATION, OWN)) {
      client.subscribe("a", "'symbol':'NIFTY50'");
      client.next("snapshot");
      write("another-secret", "other");
      assertThat(client.closed().code()).isEqualTo(4001);
      assertThat(get("/fo/symbols", OWN).statusCode()).isEqualTo(401);
    }
  }
}
