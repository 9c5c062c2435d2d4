package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another site can do to an open server on loopback: nothing. */
final class GateTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final HttpServer server =
      HttpServer.create(
          new HttpConfig("127.0.0.1", 0, Optional.empty(), false),
          List.of(routes -> {
            routes.get("/read", context -> context.result("data"), Role.READ);
            routes.post("/write", context -> context.result("written"), Role.WRITE);
            routes.get("/endless", context -> context.result("event"), Role.READ, RouteKind.STREAM);
          }),
          registry,
          "test",
          List.of());

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RawHttp.Reply ask(String method, String path, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return RawHttp.ask(
        server.port(), request.append("Content-Length: 0\r\nConnection: close\r\n\r\n").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /read", "POST /write", "GET /endless", "GET /nothing", "PUT /read"})
  void name_thatWasMadeToLeadHere_isRefusedWhateverIsAsked(String what) throws IOException {
    String[] words = what.split(" ", 2);
    RawHttp.Reply reply =
        ask(
            words[0],
            words[1],
            "Host: evil.example:" + server.port(),
            "Origin: http://evil.example:" + server.port(),
            "Sec-Fetch-Site: same-origin");
    assertThat(reply.status()).isEqualTo(421);
    assertThat(reply.problem().at("/code").asText()).isEqualTo("misdirected");
    assertThat(reply.problem().at("/value").asText()).startsWith("evil.example");
    assertThat(reply.text()).contains("Content-Type: application/problem+json", "X-Request-Id: ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /read, http://evil.example, 200",
    "POST, /write, http://evil.example, 403",
    "POST, /write, null, 403",
    "DELETE, /nothing, http://evil.example, 403",
    "GET, /endless, http://evil.example, 403",
    "GET, /endless/, http://evil.example, 403",
    "POST, /write, http://localhost, 200",
    "GET, /endless, http://localhost, 200"
  })
  void page_ofAnotherSite_changesNothingAndTakesNoStream(
      String method, String path, String origin, int status) throws IOException {
    RawHttp.Reply reply = ask(method, path, "Host: localhost", "Origin: " + origin);
    assertThat(reply.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"no-cors, 403", "cors, 403", "navigate, 200"})
  void answer_loadedByAPageOfAnotherSite_isRefusedUnlessAPersonOpensIt(String mode, int status)
      throws IOException {
    RawHttp.Reply reply =
        ask(
            "GET",
            "/read",
            "Host: localhost",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: " + mode);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void picture_ofAnotherSite_takesNoStream() throws IOException {
    RawHttp.Reply reply = ask("GET", "/endless", "Host: localhost", "Sec-Fetch-Site: cross-site");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.problem().at("/parameter").asText()).isEqualTo("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-No: host",
        "Host:",
        "Host: a@127.0.0.1",
        "Host: xx yy",
        "Host: 127.0.0.1:99999",
        "Host: localhost\r\nHost: localhost"
      })
  void host_thatIsOdd_isAProblem(String header) throws IOException {
    RawHttp.Reply reply = ask("GET", "/read", header);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem().at("/code").asText()).isEqualTo("bad_value");
  }

  @Test
  void refusals_areCounted() throws IOException {
    ask("GET", "/read", "Host: evil.example");
    assertThat(registry.get("strikegrid.http.refused").tag("code", "misdirected").counter().count())
        .isEqualTo(1);
  }
}
