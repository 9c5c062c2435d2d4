package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import org.junit.jupiter.api.Test;

final class InstrumentsApiTest {

  private final ApiClient api = SampleServer.shared().client();

  @Test
  void search_bySymbol_isPagedWithTheTotal() {
    JsonNode first =
        api.json("Instruments", "/fo/instruments/search?symbol=NIFTY&limit=4&offset=0");
    JsonNode last =
        api.json("Instruments", "/fo/instruments/search?symbol=NIFTY&limit=4&offset=28");
    assertThat(first.at("/total").asInt()).isEqualTo(30);
    assertThat(first.at("/instruments")).hasSize(4);
    assertThat(last.at("/total").asInt()).isEqualTo(30);
    assertThat(last.at("/instruments")).hasSize(2);
    assertThat(first.at("/instruments/0/option_type").asText()).isEqualTo("call");
    assertThat(first.at("/instruments/1/option_type").asText()).isEqualTo("put");
  }

  @Test
  void search_byEveryFilter_findsTheOne() {
    JsonNode answer =
        api.json(
            "Instruments",
            "/fo/instruments/search?symbol=NIFTY50&expiry=2025-04-24&strike=24500&option_type=put");
    assertThat(answer.at("/total").asInt()).isEqualTo(1);
    assertThat(answer.at("/instruments/0/first_seen").asText()).isEqualTo("2025-04-21");
    assertThat(answer.at("/instruments/0/last_seen").asText()).isEqualTo("2025-04-24");
    assertThat(answer.at("/instruments/0/expiry_type").asText()).isEqualTo("monthly");
    assertThat(answer.at("/instruments/0/strike_gap").asInt()).isEqualTo(50);
  }

  @Test
  void search_withoutAFilter_coversAllSymbols() {
    JsonNode answer = api.json("Instruments", "/fo/instruments/search?limit=1000");
    assertThat(answer.at("/total").asInt()).isEqualTo(36);
    assertThat(answer.at("/instruments/0/symbol").asText()).isEqualTo("BTC");
    assertThat(answer.at("/instruments/0/lot_size").isNull()).isTrue();
  }

  @Test
  void search_thatMatchesNothing_isNoError() {
    JsonNode answer = api.json("Instruments", "/fo/instruments/search?strike=1");
    assertThat(answer.at("/total").asInt()).isZero();
    assertThat(answer.at("/instruments")).isEmpty();
  }

  @Test
  void search_asCsv_hasARowEach() {
    assertThat(api.csv("/fo/instruments/search?symbol=NIFTY50&strike=24500&option_type=call"))
        .hasSize(4)
        .element(1)
        .isEqualTo("NIFTY50,2025-04-24,24500,call,1745488800,monthly,50,75,2025-04-21,2025-04-24");
  }
}
