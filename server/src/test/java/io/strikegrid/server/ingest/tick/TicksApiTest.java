package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ContractSchemas;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.live.Tick;
import io.strikegrid.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TicksApiTest {

  private static final String NDJSON = "application/x-ndjson";

  private SampleServer server;

  @BeforeAll
  void start() {
    server = SampleServer.start();
  }

  @BeforeEach
  void empty() throws InterruptedException {
    server.sink().setRoom(true);
    Await.until(
        "the backlog is taken",
        () -> server.client().json("Status", "/status").at("/feeds/0/backlog/bytes").asLong() == 0);
    server.sink().clear();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void ticks_goodAndBad_goodOnesReachTheirMinuteAndEveryBadOneIsNamed() {
    JsonNode outcome =
        outcome(
            server
                .client()
                .post(
                    "/ingest/ticks",
                    "["
                        + String.join(
                            ",",
                            tick("\"ltp\": 410.5, \"oi\": 0"),
                            tick("\"ltp\": -1"),
                            tick("\"ltp\": 5, \"price\": 6"),
                            "5",
                            tick("\"ltp\": {\"last\": 5}"),
                            tick("\"lpt\": 5, \"bid\": 5"))
                        + "]"));

    assertThat(outcome.get("received").asInt()).isEqualTo(6);
    assertThat(outcome.get("accepted").asInt()).isEqualTo(2);
    assertThat(outcome.get("rejected_count").asInt()).isEqualTo(4);
    assertThat(outcome.get("rejected").findValuesAsText("code"))
        .containsExactly("negative_value", "repeated_field", "bad_tick", "bad_value");
    assertThat(outcome.get("rejected").findValuesAsText("index"))
        .containsExactly("1", "2", "3", "4");
    assertThat(outcome.at("/ignored/0/field").asText()).isEqualTo("lpt");
    assertThat(outcome.at("/ignored/0/count").asInt()).isOne();
    List<Tick> ticks = server.sink().await(2);
    assertThat(ticks).hasSize(2);
    assertThat(ticks.getFirst().observation().get(ObservationField.PRICE)).isEqualTo(410.5);
    assertThat(ticks.getFirst().observation().get(ObservationField.OI)).isZero();
  }

  @Test
  void ticks_exampleOfTheContract_isAnsweredAsItSays() throws IOException {
    String request = Files.readString(example("ingest_ticks_request"));

    JsonNode outcome = outcome(server.client().post("/ingest/ticks", request));

    assertThat(outcome).isEqualTo(ApiClient.read(Files.readString(example("ingest_ticks"))));
    assertThat(server.sink().await(3)).hasSize(3);
  }

  @Test
  void ticks_inAnObject_areTaken() {
    String body = "{\"ticks\": [" + tick("\"ltp\": 1") + "]}";

    assertThat(outcome(server.client().post("/ingest/ticks", body)).get("accepted").asInt())
        .isOne();
    assertThat(server.sink().await(1)).hasSize(1);
  }

  @Test
  void ticks_aLineEach_badLineIsOneRejectedTick() {
    String body =
        String.join(
            "\n",
            tick("\"ltp\": 1"),
            "",
            "{\"symbol\": ",
            "   \r",
            tick("\"ltp\": 2") + "\r",
            tick("\"ltp\": 3") + tick("\"ltp\": 4"),
            "{\"a\": 1, \"a\": 2}",
            tick("\"ltp\": 5"));

    JsonNode outcome = outcome(post(body.getBytes(StandardCharsets.UTF_8), NDJSON));

    assertThat(outcome.get("received").asInt()).isEqualTo(6);
    assertThat(outcome.get("accepted").asInt()).isEqualTo(3);
    assertThat(outcome.get("rejected").findValuesAsText("index")).containsExactly("1", "3", "4");
    assertThat(outcome.get("rejected").findValuesAsText("code")).containsOnly("bad_json");
    assertThat(server.sink().await(3)).hasSize(3);
  }

  @Test
  void ticks_linesThatAreNoText_areRejectedAlone() {
    byte[] good = (tick("\"ltp\": 1") + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(good, good.length + 3);
    Arrays.fill(body, good.length, body.length, (byte) 0xff);

    JsonNode outcome = outcome(post(body, NDJSON));

    assertThat(outcome.get("accepted").asInt()).isOne();
    assertThat(outcome.get("rejected_count").asInt()).isOne();
  }

  @Test
  void ticks_packed_areUnpacked() throws IOException {
    String body = "[" + tick("\"ltp\": 1") + "]";

    JsonNode outcome =
        outcome(post(gzip(body.getBytes(StandardCharsets.UTF_8)), "application/json", "gzip"));

    assertThat(outcome.get("accepted").asInt()).isOne();
  }

  @Test
  void ticks_packedBeyondTheBoundOfABody_areTooLarge() throws IOException {
    byte[] blanks = new byte[(32 << 20) + 1];
    Arrays.fill(blanks, (byte) ' ');

    HttpResponse<String> response = post(gzip(blanks), "application/json", "gzip");

    assertThat(code(response, 413)).isEqualTo("too_large");
  }

  @Test
  void ticks_saidToBePackedAndAreNot_areABadValue() {
    HttpResponse<String> response =
        post("[]".getBytes(StandardCharsets.UTF_8), "application/json", "gzip");

    assertThat(code(response, 400)).isEqualTo("bad_value");
  }

  @Test
  void ticks_packedAndCutOff_areABadValue() throws IOException {
    byte[] whole = gzip(("[" + tick("\"ltp\": 1") + "]").getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> response =
        post(Arrays.copyOf(whole, whole.length - 12), "application/json", "gzip");

    assertThat(code(response, 400)).isEqualTo("bad_value");
  }

  @Test
  void ticks_inAnotherEncodingOrType_areNotTaken() {
    byte[] body = "[]".getBytes(StandardCharsets.UTF_8);

    assertThat(code(post(body, "application/json", "br"), 415)).isEqualTo("unsupported_media_type");
    assertThat(code(post(body, "text/plain"), 415)).isEqualTo("unsupported_media_type");
  }

  @Test
  void ticks_moreThanABatchMayHold_areTooLarge() {
    String body = "{}\n".repeat(50_001);

    HttpResponse<String> response = post(body.getBytes(StandardCharsets.UTF_8), NDJSON);

    assertThat(code(response, 413)).isEqualTo("too_large");
  }

  @Test
  void ticks_manyRejected_areNamedUpToABoundAndCounted() {
    long before = server.ticksFeed().refused();
    String body = "{}\n".repeat(50_000);

    JsonNode outcome = outcome(post(body.getBytes(StandardCharsets.UTF_8), NDJSON));

    assertThat(outcome.get("rejected_count").asInt()).isEqualTo(50_000);
    assertThat(outcome.get("rejected")).hasSize(1_000);
    assertThat(outcome.at("/rejected/999/index").asInt()).isEqualTo(999);
    assertThat(server.ticksFeed().refused()).isEqualTo(before + 50_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "[",
        "[{}",
        "{\"ticks\": []}",
        "{\"ticks\": 5}",
        "{\"bars\": []}",
        "{\"ticks\": [{}], \"more\": 1}",
        "[{}] x",
        "[{\"a\": 1, \"a\": 2}]",
        "nonsense"
      })
  void ticks_bodyThatIsNone_isAProblemAndNothingIsTaken(String body) {
    assertThat(code(server.client().post("/ingest/ticks", body), 400)).isEqualTo("bad_value");
  }

  @Test
  void ticks_whereTheSinkHasNoRoom_waitAndReachItLater() {
    server.sink().setRoom(false);
    outcome(server.client().post("/ingest/ticks", "[" + tick("\"ltp\": 7") + "]"));
    assertThat(server.sink().await(0)).isEmpty();

    server.sink().setRoom(true);

    assertThat(server.sink().await(1)).hasSize(1);
  }

  @Test
  void ticks_moreThanMayWait_areToldToComeAgain() {
    server.sink().setRoom(false);
    String body = "[" + tick("\"ltp\": 7") + (", " + tick("\"ltp\": 7")).repeat(299) + "]";
    HttpResponse<String> response = server.client().post("/ingest/ticks", body);
    int accepted = 0;
    while (response.statusCode() == 200) {
      accepted += outcome(response).get("accepted").asInt();
      response = server.client().post("/ingest/ticks", body);
    }

    assertThat(code(response, 503)).isEqualTo("not_ready");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    JsonNode feed = server.client().json("Status", "/status").at("/feeds/0");
    assertThat(feed.at("/backlog/bytes").asLong())
        .isPositive()
        .isLessThanOrEqualTo(SampleServer.BACKLOG_BYTES);
    assertThat(feed.at("/backlog/max_bytes").asLong()).isEqualTo(SampleServer.BACKLOG_BYTES);

    server.sink().setRoom(true);
    assertThat(server.sink().await(accepted)).hasSize(accepted);
    assertThat(outcome(server.client().post("/ingest/ticks", body)).get("accepted").asInt())
        .isEqualTo(300);
    assertThat(server.sink().await(accepted + 300)).hasSize(accepted + 300);
  }

  @Test
  void ticks_taken_areInTheStateOfTheFeed() {
    long before = server.ticksFeed().ticks();
    outcome(
        server
            .client()
            .post("/ingest/ticks", "[" + tick("\"ltp\": 7") + "," + tick("\"ltp\": -7") + "]"));

    JsonNode feed = server.client().json("Status", "/status").at("/feeds/0");

    assertThat(feed.at("/name").asText()).isEqualTo("http");
    assertThat(feed.at("/state").asText()).isEqualTo("connected");
    assertThat(feed.at("/ticks").asLong()).isEqualTo(before + 1);
    assertThat(feed.at("/last_message").asText()).isEqualTo("2025-04-25T06:30:00Z");
    assertThat(feed.at("/last_event").asText()).isEqualTo("2025-04-25T06:29:58.250Z");
    assertThat(feed.at("/lag_seconds").asDouble()).isEqualTo(1.75);
    JsonNode letters = feed.at("/dead_letters");
    assertThat(letters.get(letters.size() - 1).get("message").asText())
        .isEqualTo("ltp must be 0 or more; have '-7'");
  }

  private static String tick(String values) {
    return "{\"symbol\": \"BANKNIFTY\", \"expiry\": \"2025-05-29\", \"strike\": 55000,"
        + " \"option_type\": \"CE\", \"ts\": \"2025-04-25T11:59:58.250+05:30\", "
        + values
        + "}";
  }

  private static Path example(String name) {
    return Path.of("..", "contract", "examples", name + ".json");
  }

  private HttpResponse<String> post(byte[] body, String type) {
    return server.client().post("/ingest/ticks", body, "Content-Type", type);
  }

  private HttpResponse<String> post(byte[] body, String type, String encoding) {
    return server
        .client()
        .post("/ingest/ticks", body, "Content-Type", type, "Content-Encoding", encoding);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    }
    return packed.toByteArray();
  }

  private static String code(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return ApiClient.problem(response).get("code").asText();
  }

  private static JsonNode outcome(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ContractSchemas.checked("TickResult", ApiClient.read(response.body()));
  }
}
