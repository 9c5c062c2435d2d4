package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ContractSchemas;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.StoredRows;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IngestApiTest {

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
  void bars_goodAndBad_goodOnesKeptAndEveryBadOneNamed() {
    JsonNode outcome =
        send(
            bar("\"call_close\": 410.5, \"call_oi_last\": 0"),
            bar("\"put_close\": -1"),
            bar("\"call_price\": 5"),
            "{\"symbol\": \"NOPE\", \"bucket_time\": 0, \"expiry\": \"2025-05-29\", \"strike\":"
                + " 1}");

    assertThat(outcome.get("received").asInt()).isEqualTo(4);
    assertThat(outcome.get("accepted").asInt()).isEqualTo(1);
    assertThat(outcome.get("written").asInt()).isEqualTo(1);
    assertThat(outcome.get("rejected").findValuesAsText("field"))
        .containsExactly("put_close", "call_price", "symbol");
    assertThat(
            StoredRows.number(
                server.database(),
                "SELECT call_oi_last FROM fo_option_strike_bars WHERE strike = 55000"
                    + " AND symbol = 'BANKNIFTY'"))
        .isZero();
  }

  @Test
  void bars_volumeFallsToZeroInALaterRequest_sideIsHeldBackAndNamed() {
    String first =
        bar("\"call_volume_day\": 900, \"call_oi_last\": 5000").replace("55000", "54100");
    assertThat(send(first).get("written").asInt()).isEqualTo(1);
    String later =
        bar("\"call_volume_day\": 0, \"call_oi_last\": 0, \"put_close\": 7")
            .replace("55000", "54100")
            .replace("T10:00:00", "T10:01:00");

    JsonNode outcome = send(later);

    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo("dropout");
    assertThat(outcome.at("/rejected/0/field").asText()).isEqualTo("call_volume_day");
    String of = " FROM fo_option_strike_bars WHERE symbol = 'BANKNIFTY' AND strike = 54100";
    assertThat(StoredRows.number(server.database(), "SELECT count(*)" + of)).isEqualTo(2);
    assertThat(StoredRows.number(server.database(), "SELECT min(call_oi_last)" + of))
        .isEqualTo(5000);
    assertThat(StoredRows.number(server.database(), "SELECT max(put_close)" + of)).isEqualTo(7);
  }

  @Test
  void bars_ofMoreStrikesThanADayMayHave_areRefusedAndTheRestIsKept() {
    String[] bars = new String[2_002];
    for (int i = 0; i < 2_001; i++) {
      bars[i] =
          bar("\"call_close\": 1")
              .replace("55000", "" + (i + 1))
              .replace("2025-05-29", "2025-06-26");
    }
    bars[2_001] = bar("\"call_close\": 1").replace("BANKNIFTY", "FINNIFTY");

    JsonNode outcome = send(bars);

    assertThat(outcome.get("accepted").asInt()).isEqualTo(2_001);
    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo("too_many_strikes");
    assertThat(outcome.at("/rejected/0/index").asInt()).isEqualTo(2_000);
  }

  @Test
  void body_beyondTheBoundsOfJson_isABadValue() {
    for (String bars :
        new String[] {
          "[".repeat(5_000), "{\"" + "x".repeat(60_000) + "\": 1}", "1".repeat(2_000)
        }) {
      HttpResponse<String> response = server.client().post("/ingest/bars", "{\"bars\": [" + bars);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(ApiClient.problem(response).get("code").asText()).isEqualTo("bad_value");
    }
  }

  @Test
  void bars_sameAgain_changeNothing() {
    String bar = bar("\"put_close\": 300, \"put_volume_day\": 900").replace("55000", "54900");
    assertThat(send(bar).get("written").asInt()).isEqualTo(1);

    JsonNode again = send(bar);

    assertThat(again.get("written").asInt()).isZero();
    assertThat(again.get("unchanged").asInt()).isEqualTo(1);
  }

  @Test
  void bars_answered_areInTheNextAnswer() {
    send(bar("\"call_close\": 77.5").replace("55000", "60000"));

    JsonNode latest =
        server
            .client()
            .json("Latest", "/fo/latest?symbol=BANKNIFTY&expiry=2025-05-29&strike=60000");

    assertThat(latest.at("/rows/0/call/price").asDouble()).isEqualTo(77.5);
    assertThat(latest.at("/meta/provenance/0").asText()).isEqualTo("live");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-04-25T09:00:00+05:30|outside_session",
        "2025-04-20T10:00:00+05:30|closed_day",
        "2025-04-25T10:00:30+05:30|bad_time",
        "2025-04-25T10:00:00|bad_time",
        "2025-04-25T12:30:00+05:30|in_future"
      })
  void bars_timeThatCannotBe_refused(String time, String code) {
    JsonNode outcome = send(bar("\"call_close\": 5").replace("2025-04-25T10:00:00+05:30", time));

    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo(code);
  }

  @Test
  void bars_simulatedOntoRealDay_refused() {
    send(bar("\"call_close\": 5"));

    HttpResponse<String> response =
        server
            .client()
            .post(
                "/ingest/bars",
                "{\"provenance\": \"simulated\", \"bars\": [" + bar("\"call_close\": 6") + "]}");

    assertThat(ApiClient.read(response.body()).at("/rejected/0/code").asText())
        .isEqualTo("mixed_provenance");
  }

  @Test
  void bars_explicitCountOfZero_refused() {
    JsonNode outcome = send(bar("\"call_iv_avg\": 0.2, \"call_iv_count\": 0"));

    assertThat(outcome.at("/rejected/0/code").asText()).isEqualTo("count_of_zero");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"bars\": []}",
        "{\"bars\": 5}",
        "{\"rows\": []}",
        "{\"provenance\": \"dreamt\", \"bars\": [{}]}",
        "{\"bars\": [{}]} x",
        "{\"bars\": [{\"a\": 1, \"a\": 2}]}",
        "nonsense"
      })
  void bars_bodyThatIsNone_isAProblem(String body) {
    HttpResponse<String> response = server.client().post("/ingest/bars", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ApiClient.problem(response).get("code").asText()).isEqualTo("bad_value");
  }

  private static String bar(String values) {
    return """
    {"bucket_time": "2025-04-25T10:00:00+05:30", "symbol": "BANKNIFTY", "expiry": "2025-05-29",
     "strike": 55000, "underlying_close": 55010.5, %s}\
    """
        .formatted(values);
  }

  private JsonNode send(String... bars) {
    HttpResponse<String> response =
        server.client().post("/ingest/bars", "{\"bars\": [" + String.join(",", bars) + "]}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ContractSchemas.checked("IngestResult", ApiClient.read(response.body()));
  }
}
