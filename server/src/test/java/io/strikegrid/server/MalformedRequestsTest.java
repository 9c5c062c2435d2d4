package io.strikegrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A thousand requests that no honest client would send, over a plain socket. */
final class MalformedRequestsTest {

  private static final long SEED = 20_250_422;
  private static final int REQUESTS = 1000;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final List<String> LEAKS =
      List.of(
          "Exception",
          "java.",
          "javax.",
          "org.",
          "io.strikegrid",
          "\tat ",
          ".java:",
          "SELECT",
          "relation",
          "PSQL",
          "jetty",
          "<html");
  private static final List<String> PARAMETERS =
      List.of(
          "symbol",
          "timeframe",
          "indicator",
          "option_side",
          "expiry",
          "from",
          "to",
          "max_level",
          "at",
          "oi_change",
          "minutes_back",
          "oi_history",
          "strike",
          "option_type",
          "limit",
          "offset",
          "expiry[]",
          "",
          "__proto__",
          "SYMBOL");
  private static final List<String> GOOD =
      List.of(
          "NIFTY50",
          "5min",
          "iv",
          "call",
          "NWeek+0",
          "2025-04-24",
          "1745293500",
          "2025-04-22T10:00:00+05:30",
          "3",
          "24500",
          "minutes_back");
  private static final List<String> BAD =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1e308",
          "1e309",
          "-1e400",
          "NaN",
          "Infinity",
          "0x10",
          "99999999999999999999999999",
          "-9223372036854775808",
          "9223372036854775807",
          "2147483648",
          "٣٤٥",
          "2025-13-40",
          "0000-00-00",
          "9999-12-31",
          "-999999999-01-01",
          "+999999999-12-31T23:59:59Z",
          "2025-04-22T25:61:61Z",
          "2025-04-22T10:00:00+99:99",
          "NWeek+-1",
          "NWeek+99999999999",
          "NFortnight+0",
          "' OR 1=1 --",
          "'; DROP TABLE instruments; --",
          "NIFTY50' UNION SELECT NULL--",
          "$(reboot)",
          "../../../../etc/passwd",
          "..\\..\\windows",
          "%2e%2e%2f",
          "\u0000",
          "a\r\nX-Injected: yes",
          "\u001b[31mred",
          "\u202eright",
          "\ud83d\ude00",
          "<script>alert(1)</script>",
          "{\"a\":1}",
          "true",
          "null",
          "x".repeat(4000),
          "9".repeat(2000));
  private static final List<String> RAW =
      List.of("%", "%zz", "%c0%ae", "%ff%fe", "=&=&", "&&&&", "symbol", "?", "a=b=c", "%00=%00");

  private final SampleServer server = SampleServer.shared();
  private final Random random = new Random(SEED);

  private record Reply(int status, String head, String body, Duration took) {}

  @Test
  void requests_thatAreMalformed_areAnsweredWithoutAFaultOrALeak() throws IOException {
    Duration slowest = Duration.ZERO;
    String slowestRequest = "";
    int refused = 0;
    for (int i = 0; i < REQUESTS; i++) {
      String target = target();
      Reply reply = send(target);
      String where = "seed " + SEED + ", request " + i + ": " + target;
      assertThat(reply.status).as(where).isBetween(200, 499);
      assertThat(reply.head).as(where).doesNotContain("X-Injected");
      if (reply.status >= 400) {
        refused++;
        check(reply, where);
      }
      if (reply.took.compareTo(slowest) > 0) {
        slowest = reply.took;
        slowestRequest = target;
      }
    }
    System.out.printf(
        "%d of %d malformed requests refused; slowest %d ms: %.100s%n",
        refused, REQUESTS, slowest.toMillis(), slowestRequest);
    assertThat(refused).isGreaterThan(REQUESTS / 2);
    assertThat(slowest).isLessThan(LONGEST);
  }

  private static void check(Reply reply, String where) {
    JsonNode problem = ContractSchemas.checked("Problem", ApiClient.read(reply.body));
    assertThat(problem.at("/status").asInt()).as(where).isEqualTo(reply.status);
    String said =
        problem.at("/detail").asText().replace(problem.at("/value").asText("-"), "")
            + problem.at("/title").asText()
            + problem.at("/allowed").asText();
    assertThat(said).as(where).doesNotContain(LEAKS);
  }

  private String target() {
    List<String> paths = new ArrayList<>();
    ContractSchemas.contract().get("paths").fieldNames().forEachRemaining(paths::add);
    paths.add("/docs/{part}");
    StringBuilder target =
        new StringBuilder(pick(paths).replaceAll("\\{\\w+}", encoded(pick(BAD))));
    if (random.nextInt(20) == 0) {
      target.append(pick(List.of("/", "//", "/../status", "/%2e%2e/", ";a=b", "/%00", "\\x")));
    }
    target.append('?');
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      target.append(i == 0 ? "" : "&");
      if (random.nextInt(12) == 0) {
        target.append(pick(RAW));
      } else {
        String value = random.nextInt(3) == 0 ? pick(BAD) : pick(GOOD);
        target.append(encoded(pick(PARAMETERS))).append('=').append(encoded(value));
      }
    }
    if (random.nextBoolean()) {
      target.append("&symbol=NIFTY50");
    }
    return target.toString();
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Reply send(String target) throws IOException {
    String method = target.startsWith("/ingest") ? "POST" : "GET";
    String request =
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    long start = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.client().port())) {
      socket.setSoTimeout((int) LONGEST.multipliedBy(4).toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = head(in, target);
      boolean isEndless = head.contains("text/event-stream");
      String body = isEndless ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (head.contains("Transfer-Encoding: chunked")) {
        body = body.substring(Math.max(0, body.indexOf("\r\n") + 2));
      }
      return new Reply(Integer.parseInt(head.substring(9, 12)), head, body, took);
    }
  }

  private static String head(InputStream in, String target) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as(target).isNotNegative();
      head.append((char) next);
    }
    return head.substring(0, head.length() - 4);
  }
}
