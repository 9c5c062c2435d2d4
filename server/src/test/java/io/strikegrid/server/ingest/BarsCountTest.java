package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ContractSchemas;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a batch of bars is said to have come to, counted by bars that came. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BarsCountTest {

  private SampleServer server;

  @BeforeAll
  void start() {
    server = SampleServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void bar_betweenTwoOthers_isOneWrittenAndTheLaterIsRederived() {
    send(
        bar(51_000, "10:00", "\"call_volume_day\": 1000"),
        bar(51_000, "10:02", "\"call_volume_day\": 1900"));

    JsonNode outcome = send(bar(51_000, "10:01", "\"call_volume_day\": 1700"));

    assertCounts(outcome, 1, 1, 1, 0, 1);
  }

  @Test
  void bar_withBothSidesHeldBack_isOneRejectedBar() {
    send(bar(51_100, "10:00", "\"call_volume_day\": 900, \"put_volume_day\": 900"));

    JsonNode outcome = send(bar(51_100, "10:01", "\"call_volume_day\": 0, \"put_volume_day\": 0"));

    assertCounts(outcome, 1, 0, 0, 0, 0);
    assertThat(outcome.get("rejected")).hasSize(1);
  }

  @Test
  void bar_thatIsThereTwiceWithOtherValues_isOneRejectedBar() {
    JsonNode outcome =
        send(
            bar(51_200, "10:00", "\"call_close\": 5, \"put_close\": 5"),
            bar(51_200, "10:00", "\"call_close\": 6, \"put_close\": 6"));

    assertCounts(outcome, 2, 1, 1, 0, 0);
    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo("second_bar");
  }

  @Test
  void bars_twoOfOneRow_areBothWritten() {
    JsonNode outcome =
        send(bar(51_300, "10:00", "\"call_close\": 5"), bar(51_300, "10:00", "\"put_close\": 6"));

    assertCounts(outcome, 2, 2, 2, 0, 0);
  }

  @Test
  void bars_onMoreNewDaysThanARequestMayOpen_areRefusedByName() {
    List<String> bars = new ArrayList<>();
    for (int day = 1; day <= 14; day++) {
      bars.add(
          """
          {"bucket_time": "2024-03-%02dT10:00:00Z", "symbol": "BTC", "expiry": "2024-06-28",
           "strike": 50000, "call_close": 1}\
          """
              .formatted(day));
    }

    JsonNode outcome = send(bars.toArray(String[]::new));

    assertCounts(outcome, 14, 10, 10, 0, 0);
    assertThat(outcome.get("rejected").findValuesAsText("code"))
        .hasSize(4)
        .containsOnly("too_many_new_days");
    assertThat(outcome.get("rejected").findValuesAsText("index"))
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void bars_newAndOld_areToldApart() {
    String old = bar(51_400, "10:00", "\"call_close\": 5");
    send(old);

    JsonNode outcome = send(old, bar(51_400, "10:01", "\"call_close\": 6"), "{}", "7");

    assertCounts(outcome, 4, 2, 1, 1, 0);
    assertThat(outcome.get("rejected").findValuesAsText("index")).containsExactly("2", "3");
  }

  @Test
  void expiry_withTooManyStrikes_costsItsOwnBarsAlone() {
    String[] bars = new String[2_002];
    for (int i = 0; i < 2_001; i++) {
      bars[i] = bar(i + 1, "10:00", "\"call_close\": 1").replace("2025-05-29", "2025-07-31");
    }
    bars[2_001] = bar(51_500, "10:00", "\"call_close\": 1");

    JsonNode outcome = send(bars);

    assertThat(outcome.get("accepted").asInt() + outcome.get("rejected").size()).isEqualTo(2_002);
    assertThat(outcome.get("rejected").findValuesAsText("index")).doesNotContain("2001");
  }

  private static void assertCounts(
      JsonNode outcome, int received, int accepted, int written, int unchanged, int rederived) {
    assertThat(outcome.get("received").asInt()).isEqualTo(received);
    assertThat(outcome.get("accepted").asInt()).isEqualTo(accepted);
    assertThat(outcome.get("written").asInt()).isEqualTo(written);
    assertThat(outcome.get("unchanged").asInt()).isEqualTo(unchanged);
    assertThat(outcome.get("rederived").asInt()).isEqualTo(rederived);
    assertThat(outcome.get("rejected")).hasSize(received - accepted);
  }

  private static String bar(int strike, String time, String values) {
    return """
    {"bucket_time": "2025-04-25T%s:00+05:30", "symbol": "BANKNIFTY", "expiry": "2025-05-29",
     "strike": %d, %s}\
    """
        .formatted(time, strike, values);
  }

  private JsonNode send(String... bars) {
    HttpResponse<String> response =
        server.client().post("/ingest/bars", "{\"bars\": [" + String.join(",", bars) + "]}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ContractSchemas.checked("IngestResult", ApiClient.read(response.body()));
  }
}
