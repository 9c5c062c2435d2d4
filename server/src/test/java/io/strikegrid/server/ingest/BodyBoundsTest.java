package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ContractSchemas;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies whose items are deeper, wider or longer than an item may be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BodyBoundsTest {

  private static final String NDJSON = "application/x-ndjson";

  private SampleServer server;

  @BeforeAll
  void start() {
    server = SampleServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** What is too much, and the code that it is refused by. */
  enum TooMuch {
    MEMBERS("too_many_members"),
    ELEMENTS("too_many_members"),
    VALUES("too_many_values"),
    DEPTH("too_deep"),
    BYTES("too_long"),
    NUMBER("too_long"),
    TEXT("too_long");

    private final String code;

    TooMuch(String code) {
      this.code = code;
    }

    String item() {
      return switch (this) {
        case MEMBERS -> {
          StringBuilder item = new StringBuilder("{\"symbol\":\"NIFTY50\"");
          for (int i = 0; i < 256; i++) {
            item.append(",\"m").append(i).append("\":").append(i);
          }
          yield item.append('}').toString();
        }
        case ELEMENTS -> "[" + "{},".repeat(256) + "{}]";
        case VALUES -> "{\"x\":[" + "{},".repeat(2_000) + "{}]}";
        case DEPTH -> "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        case BYTES -> "{\"x\":\"" + "}],".repeat(30_000) + "\"}";
        case NUMBER -> "{\"symbol\":\"NIFTY50\",\"strike\":" + "1".repeat(2_000) + "}";
        case TEXT -> "{\"symbol\":\"" + "N".repeat(2_000) + "\"}";
      };
    }
  }

  @ParameterizedTest
  @EnumSource(TooMuch.class)
  void bar_beyondABound_refusesItselfAndTheOthersAreStored(TooMuch what) {
    String bad =
        what == TooMuch.TEXT ? bar(61_000).replace("BANKNIFTY", "N".repeat(2_000)) : what.item();

    JsonNode outcome =
        bars(
            "{\"bars\": ["
                + bar(61_000 + what.ordinal())
                + ","
                + bad
                + ","
                + bar(62_000 + what.ordinal())
                + "]}");

    assertThat(outcome.get("accepted").asInt()).isEqualTo(2);
    assertThat(outcome.get("written").asInt()).isEqualTo(2);
    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo(what.code);
    assertThat(outcome.at("/rejected/0/index").asInt()).isOne();
    assertThat(outcome.at("/rejected/0/message").asText().length()).isLessThan(400);
  }

  @ParameterizedTest
  @EnumSource(TooMuch.class)
  void tick_beyondABound_refusesItselfAndTheOthersAreTaken(TooMuch what) {
    JsonNode outcome =
        ticks("[" + tick() + "," + what.item() + "," + tick() + "]", "application/json");

    assertThat(outcome.get("accepted").asInt()).isEqualTo(2);
    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo(what.code);
    assertThat(outcome.at("/rejected/0/index").asInt()).isOne();
  }

  @ParameterizedTest
  @EnumSource(TooMuch.class)
  void line_beyondABound_refusesItselfAndTheOthersAreTaken(TooMuch what) {
    JsonNode outcome = ticks(tick() + "\n" + what.item() + "\n" + tick(), NDJSON);

    assertThat(outcome.get("accepted").asInt()).isEqualTo(2);
    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo(what.code);
  }

  @Test
  void body_ofMoreValuesThanOneMayHave_isRefusedWholeNamingTheBound() {
    String many = "[" + "1,".repeat(4_000_001) + "1]";

    for (HttpResponse<String> response :
        List.of(
            post(
                "/ingest/bars",
                "{\"bars\":[" + bar(63_000) + "," + many + "]}",
                "application/json"),
            post("/ingest/ticks", "[" + tick() + ",{\"x\":" + many + "}]", "application/json"))) {
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(ApiClient.problem(response).get("detail").asText()).contains("4000000 values");
    }
  }

  @Test
  void item_withManyFieldsWithinTheBounds_isTaken() {
    StringBuilder extra = new StringBuilder(tick().replace("}", ""));
    for (int i = 0; i < 200; i++) {
      extra.append(",\"extra").append(i).append("\":[{\"a\":").append(i).append("}]");
    }

    assertThat(ticks("[" + extra + "}]", "application/json").get("accepted").asInt()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"a\":1}{\"a\":1}]",
        "[,]",
        "[{},]",
        "[}",
        "[{]",
        "[\"a]",
        "[\"\\",
        "[:]",
        "[1 2]",
        "[{\"a\" 1}]",
        "[{\"a\":}]",
        "[{,}]",
        "[[}]]",
        "{\"ticks\" []}",
        "{\"ticks\": [{}]",
        "[\u0000\u0000\u0000{}]",
        "\uFFFE[{}]"
      })
  void body_thatIsNoJson_isRefusedWholeWithItsLine(String body) {
    HttpResponse<String> response = post("/ingest/ticks", body, "application/json");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(ApiClient.problem(response).get("code").asText()).isEqualTo("bad_value");
  }

  @Test
  void body_withAByteOrderMarkAndEscapes_isTaken() {
    String tick = tick().replace("\"CE\"", "\"\\u0043E\"");

    assertThat(
            ticks("\uFEFF [ " + tick + " ,\n" + tick() + "]", "application/json")
                .get("accepted")
                .asInt())
        .isEqualTo(2);
  }

  private static String bar(int strike) {
    return "{\"bucket_time\": \"2025-04-25T10:00:00+05:30\", \"symbol\": \"BANKNIFTY\","
        + " \"expiry\": \"2025-05-29\", \"strike\": "
        + strike
        + ", \"call_close\": 5}";
  }

  private static String tick() {
    return "{\"symbol\": \"BANKNIFTY\", \"expiry\": \"2025-05-29\", \"strike\": 55000,"
        + " \"option_type\": \"CE\", \"ts\": \"2025-04-25T11:59:58.250+05:30\", \"ltp\": 5}";
  }

  private HttpResponse<String> post(String path, String body, String type) {
    return server.client().post(path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
  }

  private JsonNode bars(String body) {
    HttpResponse<String> response = post("/ingest/bars", body, "application/json");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ContractSchemas.checked("IngestResult", ApiClient.read(response.body()));
  }

  private JsonNode ticks(String body, String type) {
    HttpResponse<String> response = post("/ingest/ticks", body, type);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ContractSchemas.checked("TickResult", ApiClient.read(response.body()));
  }
}
