package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.platform.http.Role;
import io.strikegrid.server.platform.http.Tokens;
import io.strikegrid.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamAccessTest {

  /** The lines of the head of the answer to a handshake. */
  private static List<String> handshake(int port, String host, String... headers)
      throws IOException {
    StringBuilder request =
        new StringBuilder("GET /fo/stream HTTP/1.1\r\nHost: " + host + "\r\n")
            .append("Upgrade: websocket\r\nConnection: Upgrade\r\n")
            .append("Sec-WebSocket-Version: 13\r\n")
            .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return head(port, request.append("\r\n").toString());
  }

  /** The lines of the head of the answer to a request. */
  private static List<String> head(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        lines.add(line);
      }
      return lines;
    }
  }

  private static int status(List<String> head) {
    return Integer.parseInt(head.getFirst().split(" ", 3)[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1, 101",
    "localhost, http://localhost, 101",
    "127.0.0.1, http://evil.example, 403",
    "127.0.0.1, http://localhost, 403",
    "evil.example, http://evil.example, 421",
    "127.0.0.1, null, 403",
  })
  void origin_onAServerWithoutTokens_mustBeItsOwn(String host, String origin, int status)
      throws IOException {
    int port = SampleServer.shared().client().port();
    String of = origin.startsWith("http") ? origin + ":" + port : origin;
    assertThat(status(handshake(port, host + ":" + port, "Origin: " + of))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1, 200",
    "127.0.0.1, http://evil.example, 403",
    "evil.example, http://evil.example, 421"
  })
  void origin_ofServerSentEvents_mustBeItsOwnToo(String host, String origin, int status)
      throws IOException {
    int port = SampleServer.shared().client().port();
    List<String> head =
        head(
            port,
            "GET /fo/stream/events?symbol=NIFTY50 HTTP/1.1\r\nHost: "
                + host
                + ":"
                + port
                + "\r\nOrigin: "
                + origin
                + ":"
                + port
                + "\r\n\r\n");
    assertThat(status(head)).isEqualTo(status);
  }

  @Test
  void program_withoutOrigin_isLetIn() throws IOException {
    int port = SampleServer.shared().client().port();
    assertThat(status(handshake(port, "127.0.0.1"))).isEqualTo(101);
  }

  @Test
  void tokens_whereTheServerHasSome_areNeededBeforeTheUpgrade(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("tokens");
    Files.writeString(
        file,
        Tokens.line(Role.READ, "reader", "secret-r")
            + "\n"
            + Tokens.line(Role.WRITE, "writer", "secret-w"));
    try (SampleServer server = SampleServer.start(Tokens.read(file))) {
      int port = server.client().port();
      List<String> refused = handshake(port, "localhost");
      assertThat(status(refused)).isEqualTo(401);
      assertThat(refused).contains("WWW-Authenticate: Bearer");
      assertThat(refused).contains("Content-Type: application/problem+json");
      assertThat(status(handshake(port, "localhost", "Authorization: Bearer nobody")))
          .isEqualTo(401);
      assertThat(status(handshake(port, "localhost", "Authorization: Bearer secret-w")))
          .isEqualTo(403);
      assertThat(status(handshake(port, "localhost", "Authorization: bearer secret-r")))
          .isEqualTo(101);
      assertThat(
              status(handshake(port, "localhost", "Sec-WebSocket-Protocol: strikegrid, bearer.no")))
          .isEqualTo(401);
      List<String> accepted =
          handshake(
              port,
              "localhost",
              "Origin: https://dashboard.example",
              "Sec-WebSocket-Protocol: strikegrid, bearer.secret-r");
      assertThat(status(accepted)).isEqualTo(101);
      assertThat(accepted).contains("Sec-WebSocket-Protocol: strikegrid");
      assertThat(accepted.toString()).doesNotContain("secret");
      assertThat(server.client().get("/fo/stream/events?symbol=NIFTY50").statusCode())
          .isEqualTo(401);
      try (StreamClient client =
          StreamClient.connect(server.client(), "Authorization", "Bearer secret-r")) {
        client.subscribe("a", "'symbol':'NIFTY50'");
        client.next("snapshot");
      }
    }
  }

  @Test
  void client_withAsManyConnectionsAsItMayHave_isRefused() throws IOException {
    StreamConfig config = StreamConfig.USUAL.withConnectionsPerClient(2);
    try (SampleServer server = SampleServer.start(config);
        EventsClient second = new EventsClient(server.client(), "symbol=NIFTY50")) {
      StreamClient first = StreamClient.connect(server.client());
      first.send("{'type':'ping'}");
      first.next("pong");
      second.next();
      assertThat(status(handshake(server.client().port(), "localhost"))).isEqualTo(429);
      HttpResponse<String> refused = server.client().get("/fo/stream/events?symbol=NIFTY50");
      JsonNode problem = ApiClient.problem(refused);
      assertThat(problem.get("code").asText()).isEqualTo("too_many_requests");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      first.close();
      Await.until(
          "a place is free", () -> status(handshake(server.client().port(), "localhost")) == 101);
    }
  }

  @Test
  void handshake_withAQueryThatIsNoText_isRefusedWithoutAFault() throws IOException {
    List<String> answer =
        head(
            SampleServer.shared().client().port(),
            String.join(
                "\r\n",
                "GET /fo/stream?a=%ED%A0%80 HTTP/1.1",
                "Host: localhost",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                ""));
    assertThat(status(answer)).isEqualTo(400);
    assertThat(answer).contains("Content-Type: application/problem+json");
  }

  @Test
  void request_thatAsksForNoWebSocket_isToldSo() {
    HttpResponse<String> answer = SampleServer.shared().client().get("/fo/stream");
    JsonNode problem = ApiClient.problem(answer);
    assertThat(answer.statusCode()).isEqualTo(426);
    assertThat(problem.get("code").asText()).isEqualTo("upgrade_required");
  }
}
