package io.strikegrid.server.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent over HTTP, and what is made of the answers; the receiver only records. */
final class HttpReplayTest {

  private static final long MONDAY = Instant.parse("2025-04-21T03:45:00Z").getEpochSecond();
  private static final Speed MAX = Speed.parse("max");
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path folder;

  private final long seed = RandomGenerator.getDefault().nextLong();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<JsonNode> bodies = new ArrayList<>();
  private String answer = "{\"rejected\":[]}";
  private HttpServer server;

  HttpReplayTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void listen() {
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    bodies.add(
        MAPPER.readTree(
            packed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body));
    requests.add(
        exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + packed);
    int status = statuses.isEmpty() ? 200 : statuses.pop();
    exchange.getResponseHeaders().set("Retry-After", "1");
    String said = status == 200 ? answer : "{\"detail\":\"said why\"}";
    exchange.sendResponseHeaders(status, said.length());
    exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Path day(LongChainCsv csv) throws IOException {
    return Files.writeString(folder.resolve("day.csv"), String.join("\n", csv.lines()) + "\n");
  }

  @Test
  void run_ticks_goInPackedBatchesWithTheToken() throws Exception {
    LongChainCsv csv = new LongChainCsv(seed, MONDAY, 300);
    ReplayConfig config = ReplayConfig.of(url() + "/", null, "a token", MAX, Replays.NONE);

    ReplayReport report = new Replays(config).run(day(csv));

    assertThat(report.sent()).isEqualTo(6_000);
    assertThat(requests).containsOnly("/ingest/ticks Bearer a token true");
    assertThat(bodies.stream().mapToInt(JsonNode::size).sum()).isEqualTo(6_000);
    JsonNode tick = bodies.getFirst().get(0);
    String[] cells = csv.rows().getFirst().split(",", -1);
    assertThat(tick.get("symbol").asText()).isEqualTo("NIFTY50");
    assertThat(tick.get("time").asLong()).isEqualTo(MONDAY * 1000);
    assertThat(tick.get("side").asText()).isEqualTo("call");
    assertThat(tick.get("price").doubleValue()).isEqualTo(Double.parseDouble(cells[6]));
    assertThat(tick.get("iv").doubleValue()).isEqualTo(Double.parseDouble(cells[10]) * 0.01);
    assertThat(tick.has("theta")).isFalse();
  }

  @Test
  void run_busyAndFailingReceiver_getsTheSameAgain() throws Exception {
    statuses.addAll(List.of(503, 200, 503, 500));
    LongChainCsv csv = new LongChainCsv(seed, MONDAY, 600 / 2);
    List<String> lines = new ArrayList<>(csv.lines());
    lines.addAll(new LongChainCsv(seed, MONDAY + 86_400, 20).rows());
    Path file = Files.writeString(folder.resolve("days.csv"), String.join("\n", lines) + "\n");

    ReplayReport report = new Replays(url(), MAX, Replays.NONE).run(file);

    assertThat(bodies).hasSize(5);
    assertThat(bodies.get(0)).isEqualTo(bodies.get(1));
    assertThat(bodies.get(2)).isEqualTo(bodies.get(3)).isEqualTo(bodies.get(4));
    assertThat(report.waits()).isEqualTo(2);
    assertThat(report.again()).isEqualTo(1);
    assertThat(report.sent()).isEqualTo(6_400);
  }

  @Test
  void run_refusedTicks_areCountedAndTheFirstShown() throws Exception {
    answer =
        """
        {"rejected_count":7,"rejected":[{"index":0,"code":"unknown_symbol","message":"symbol must be"}]}
        """;
    ReplayReport report =
        new Replays(url(), MAX, Replays.NONE).run(day(new LongChainCsv(seed, MONDAY, 2)));

    assertThat(report.refused()).isEqualTo(7);
    assertThat(report.lines()).anyMatch(l -> l.contains("unknown_symbol: symbol must be"));
  }

  @Test
  void run_refusedAsAWhole_endsWithWhatWasSaid() throws Exception {
    statuses.add(401);
    Path file = day(new LongChainCsv(seed, MONDAY, 2));

    assertThatThrownBy(() -> new Replays(url(), MAX, Replays.NONE).run(file))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("401")
        .hasMessageContaining("said why");
  }

  @Test
  void run_readyMadeBars_goToTheirOwnPathBothSidesTogether() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("bars.csv"),
            """
            bucket_time,symbol,expiry,strike,call_close,put_close,call_count,underlying_close,put_oi
            2025-04-21T04:00:00Z,NIFTY 50,2025-04-24,24000,1.5,2.5,3,24010.5,7
            2025-04-21T04:01:00Z,NIFTY 50,2025-04-24,24000,,2.25,,,
            2025-04-21T04:01:00Z,NIFTY 50,2025-04-24,24050,0.1,,,,
            """);

    ReplayReport report = new Replays(url(), MAX, Replays.NONE).run(file);

    assertThat(report.sent()).isEqualTo(3);
    assertThat(requests).containsExactly("/ingest/bars null false");
    assertThat(bodies.getFirst().get("provenance").asText()).isEqualTo("live");
    assertThat(bodies.getFirst().get("bars"))
        .isEqualTo(
            MAPPER.readTree(
                """
                [{"bucket_time":1745208000,"symbol":"NIFTY50","expiry":"2025-04-24","strike":24000,
                  "call_close":1.5,"call_count":3,"put_close":2.5,"put_oi_last":7,"underlying_close":24010.5},
                 {"bucket_time":1745208060,"symbol":"NIFTY50","expiry":"2025-04-24","strike":24000,"put_close":2.25},
                 {"bucket_time":1745208060,"symbol":"NIFTY50","expiry":"2025-04-24","strike":24050,"call_close":0.1}]
                """));
  }

  @Test
  void run_nobodyListens_failsAtOnce() throws Exception {
    Path file = day(new LongChainCsv(seed, MONDAY, 1));

    assertThatThrownBy(() -> new Replays("http://127.0.0.1:9", MAX, Replays.NONE).run(file))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("http://127.0.0.1:9/ingest/ticks: cannot be reached");
  }
}
