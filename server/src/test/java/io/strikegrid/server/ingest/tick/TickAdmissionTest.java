package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the store could not have is refused before it is answered for. */
final class TickAdmissionTest {

  private final SampleServer server = SampleServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void ticks_ofADayThatBeganSimulated_areRefusedAndNotAcknowledged() {
    bars("simulated", List.of(bar("FINNIFTY", 25_000)));

    JsonNode outcome =
        post(
            "/ingest/ticks",
            "[" + tick("FINNIFTY", 25_000) + "," + tick("BANKNIFTY", 55_000) + "]");

    assertThat(outcome.get("accepted").asInt()).isOne();
    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo("mixed_provenance");
    assertThat(server.sink().await(1)).hasSize(1);
  }

  @Test
  void ticks_ofAFullExpiry_areTakenOfItsStrikesAlone() {
    List<String> junk = new ArrayList<>();
    for (int strike = 1; strike <= 2_000; strike++) {
      junk.add(bar("FINNIFTY", strike));
    }
    bars("live", junk);

    JsonNode outcome =
        post("/ingest/ticks", "[" + tick("FINNIFTY", 25_000) + "," + tick("FINNIFTY", 7) + "]");

    assertThat(outcome.get("accepted").asInt()).isOne();
    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo("too_many_strikes");
    assertThat(outcome.at("/rejected/0/value").asText()).isEqualTo("25000");
    assertThat(server.sink().await(1).getFirst().observation().strike()).isEqualTo(7);
  }

  @Test
  void ticks_ofMoreStrikesThanAnExpiryMayHave_areTakenUpToTheBound() {
    List<String> ticks = new ArrayList<>();
    for (int strike = 1; strike <= 2_001; strike++) {
      ticks.add(tick("FINNIFTY", strike));
    }
    ticks.add(tick("FINNIFTY", 5));

    JsonNode outcome = post("/ingest/ticks", "[" + String.join(",", ticks) + "]");

    assertThat(outcome.get("accepted").asInt()).isEqualTo(2_001);
    assertThat(outcome.at("/rejected/0/index").asInt()).isEqualTo(2_000);
  }

  @Test
  void bars_ofAFullExpiry_areStoredForItsStrikesAlone() {
    List<String> junk = new ArrayList<>();
    for (int strike = 1; strike <= 2_000; strike++) {
      junk.add(bar("FINNIFTY", strike));
    }
    bars("live", junk);

    JsonNode outcome =
        bars(
            "live",
            List.of(
                bar("FINNIFTY", 25_000),
                bar("FINNIFTY", 7).replace("10:00:00", "10:01:00"),
                bar("BANKNIFTY", 55_000)));

    assertThat(outcome.get("accepted").asInt()).isEqualTo(2);
    assertThat(outcome.get("written").asInt()).isEqualTo(2);
    assertThat(outcome.at("/rejected/0/index").asInt()).isZero();
    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo("too_many_strikes");
  }

  private JsonNode bars(String provenance, List<String> bars) {
    return post(
        "/ingest/bars",
        "{\"provenance\": \"" + provenance + "\", \"bars\": [" + String.join(",", bars) + "]}");
  }

  private JsonNode post(String path, String body) {
    HttpResponse<String> response = server.client().post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ApiClient.read(response.body());
  }

  private static String bar(String symbol, int strike) {
    return "{\"bucket_time\": \"2025-04-25T10:00:00+05:30\", \"symbol\": \""
        + symbol
        + "\", \"expiry\": \"2025-05-29\", \"strike\": "
        + strike
        + ", \"call_close\": 5}";
  }

  private static String tick(String symbol, int strike) {
    return "{\"symbol\": \""
        + symbol
        + "\", \"expiry\": \"2025-05-29\", \"strike\": "
        + strike
        + ", \"side\": \"call\", \"time\": \"2025-04-25T11:59:58+05:30\", \"price\": 5}";
  }
}
