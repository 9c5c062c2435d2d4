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

/** What is no request, or hardly one, is told why like any other. */
final class ProtocolErrorsTest {

  private final HttpServer server =
      HttpServer.create(
          new HttpConfig("127.0.0.1", 0, Optional.empty(), false),
          List.of(routes -> routes.get("/read", context -> context.result("data"), Role.OPEN)),
          new SimpleMeterRegistry(),
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

  private RawHttp.Reply ask(String line, String... headers) throws IOException {
    String request =
        line + "\r\nHost: localhost\r\nConnection: close\r\n" + String.join("\r\n", headers);
    return RawHttp.ask(server.port(), request + "\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /read HTTP/1.1, Expect: x, 400, bad_value",
    "DELETE /read HTTP/1.1, Expect: x, 400, bad_value",
    "PROPFIND /read HTTP/2.0, A: b, 400, bad_value",
    "OPTIONS /read HTTP/1.1, Content-Length: x, 400, bad_value",
    "TRACE /read HTTP/1.1, no header, 400, bad_value",
    "GET ?a=b HTTP/1.1, A: b, 400, bad_value",
    "PATCH /read HTTP/1.1, LONG, 414, url_too_long"
  })
  void request_thatIsNotWellFormed_isAProblemWhateverItsMethod(
      String line, String header, int status, String code) throws IOException {
    RawHttp.Reply reply = ask(line, header.replace("LONG", "Long: " + "x".repeat(40_000)));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).contains("Content-Type: application/problem+json", "X-Request-Id: ");
    assertThat(reply.problem().at("/code").asText()).isEqualTo(code);
  }

  @Test
  void request_withTheVersionOfAWebSocket_isOneAsAnyOtherAndBeginsNoSession() throws IOException {
    RawHttp.Reply reply = ask("GET /read HTTP/1.1", "Sec-WebSocket-Version: 13");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).endsWith("data").doesNotContain("Set-Cookie");
  }
}
