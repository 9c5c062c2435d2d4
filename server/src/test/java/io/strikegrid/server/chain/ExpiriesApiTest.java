package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import org.junit.jupiter.api.Test;

final class ExpiriesApiTest {

  private final ApiClient api = SampleServer.shared().client();

  @Test
  void expiries_ofADate_haveTheLabelsOfThatDate() {
    JsonNode answer = api.json("Expiries", "/fo/expiries?symbol=NIFTY50&at=2025-04-22");
    assertThat(answer.at("/meta/days/0/trading_day").asText()).isEqualTo("2025-04-22");
    assertThat(answer.findValuesAsText("expiry"))
        .containsExactly("2025-04-24", "2025-04-30", "2025-05-29");
    assertThat(answer.at("/expiries/0/labels").toString()).isEqualTo("[\"NWeek+0\",\"NMonth+0\"]");
    assertThat(answer.at("/expiries/1/type").asText()).isEqualTo("weekly");
    assertThat(answer.at("/expiries/2/labels").toString()).isEqualTo("[\"NWeek+2\",\"NMonth+1\"]");
    assertThat(answer.at("/expiries/2/days_to_expiry").asInt()).isEqualTo(37);
    assertThat(answer.at("/expiries/0/lot_size").asInt()).isEqualTo(75);
    assertThat(answer.at("/expiries/0/expiry_at").asLong()).isEqualTo(1_745_488_800L);
  }

  @Test
  void expiries_onTheDayOfExpiry_stillCountIt() {
    JsonNode answer = api.json("Expiries", "/fo/expiries?symbol=NIFTY50&at=2025-04-24");
    assertThat(answer.at("/expiries/0/expiry").asText()).isEqualTo("2025-04-24");
    assertThat(answer.at("/expiries/0/days_to_expiry").asInt()).isZero();
  }

  @Test
  void expiries_withoutADate_areTodays() {
    JsonNode answer = api.json("Expiries", "/fo/expiries?symbol=NIFTY%2050");
    assertThat(answer.at("/meta/symbol").asText()).isEqualTo("NIFTY50");
    assertThat(answer.at("/at").asText()).isEqualTo("2025-04-25");
    assertThat(answer.at("/expiries/0/expiry").asText()).isEqualTo("2025-04-30");
  }

  @Test
  void expiries_betweenTradingDays_areThoseListedBefore() {
    JsonNode answer = api.json("Expiries", "/fo/expiries?symbol=NIFTY50&at=2025-04-23");
    assertThat(answer.at("/meta/days/0/trading_day").asText()).isEqualTo("2025-04-22");
    assertThat(answer.at("/expiries/0/days_to_expiry").asInt()).isEqualTo(1);
  }

  @Test
  void expiries_beforeTheFirstDay_areNoData() {
    JsonNode problem = api.problem("/fo/expiries?symbol=NIFTY50&at=2025-04-20");
    assertThat(problem.at("/code").asText()).isEqualTo("no_data");
    assertThat(problem.at("/allowed").asText()).isEqualTo("2025-04-21 to 2025-04-25");
  }

  @Test
  void expiries_asCsv_haveARowEach() {
    assertThat(api.csv("/fo/expiries?symbol=NIFTY50&at=2025-04-22"))
        .startsWith(
            "expiry,expiry_at,type,quarterly,inferred,labels,days_to_expiry,lot_size",
            "2025-04-24,1745488800,monthly,false,false,NWeek+0 NMonth+0,2,75")
        .hasSize(4);
  }
}
