package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompareApiTest {

  private static final String NIFTY = "/fo/strike-distribution?symbol=NIFTY50";
  private static final String TUESDAY_NOON = "2025-04-22T12:00:00%2B05:30";
  private static final String MONDAY_CLOSE = "2025-04-21T15:30:00%2B05:30";
  private static final String COMPARED =
      NIFTY + "&at=" + TUESDAY_NOON + "&compare_at=" + MONDAY_CLOSE;

  private final ApiClient api = SampleServer.shared().client();

  private JsonNode chains(String path) {
    return api.json("StrikeDistribution", path).at("/chains");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&expiry=2025-05-29&expiry=2025-04-24&expiry=2025-04-30",
        "&timeframe=5min&max_level=1",
        "&oi_change=session_open",
        "&oi_change=minutes_back&minutes_back=5&timeframe=15min&oi_history=20"
      })
  void compare_withThePreviousClose_isTheAnswerOfThatTime(String more) {
    JsonNode chains = chains(COMPARED + more);
    JsonNode now = chains(NIFTY + "&at=" + TUESDAY_NOON + more);
    JsonNode then = chains(NIFTY + "&at=" + MONDAY_CLOSE + more);
    assertThat(chains).hasSameSizeAs(then);
    for (int i = 0; i < chains.size(); i++) {
      assertThat(chains.get(i).at("/compare")).isEqualTo(then.get(i));
      assertThat(chains.get(i).at("/strikes")).isEqualTo(now.get(i).at("/strikes"));
      assertThat(chains.get(i).at("/totals")).isEqualTo(now.get(i).at("/totals"));
      assertThat(chains.get(i).at("/oi_change_reference"))
          .isEqualTo(now.get(i).at("/oi_change_reference"));
    }
  }

  @Test
  void compare_thatWasNotAskedFor_isNull() {
    assertThat(chains(NIFTY).at("/0/compare").isNull()).isTrue();
  }

  @Test
  void compare_ofALabel_isTheSameExpiryAndNotTheSameLabel() {
    JsonNode chain = chains(NIFTY + "&compare_at=" + MONDAY_CLOSE).at("/0");
    assertThat(chain.at("/expiry").asText()).isEqualTo("2025-04-30");
    assertThat(chain.at("/compare/expiry").asText()).isEqualTo("2025-04-30");
    assertThat(chain.at("/compare/labels").toString()).isEqualTo("[\"NWeek+1\"]");
    assertThat(chain.at("/compare/days_to_expiry").asInt()).isEqualTo(9);
  }

  @Test
  void compare_ofAnExpiryWithoutBarsThatDay_isNull() {
    String friday = "2025-04-25T10:00:00%2B05:30";
    JsonNode chains =
        chains(
            NIFTY
                + "&at="
                + TUESDAY_NOON
                + "&compare_at="
                + friday
                + "&expiry=2025-04-24"
                + "&expiry=2025-04-30");
    assertThat(chains.at("/0/compare").isNull()).isTrue();
    assertThat(chains.at("/1/compare/expiry").asText()).isEqualTo("2025-04-30");
  }

  @Test
  void compare_beforeTheFirstBarOfItsDay_knowsNothing() {
    String early = "2025-04-21T08:00:00%2B05:30";
    JsonNode then = chains(NIFTY + "&at=" + TUESDAY_NOON + "&compare_at=" + early).at("/0/compare");
    assertThat(then.at("/bucket_time").isNull()).isTrue();
    assertThat(then.at("/strikes")).isEmpty();
    assertThat(then).isEqualTo(chains(NIFTY + "&at=" + early).at("/0"));
  }

  @Test
  void compare_withinTheDay_isTheChainThen() {
    String earlier = "2025-04-22T09:20:00%2B05:30";
    JsonNode then =
        chains(NIFTY + "&at=" + TUESDAY_NOON + "&compare_at=" + earlier).at("/0/compare");
    assertThat(then).isEqualTo(chains(NIFTY + "&at=" + earlier).at("/0"));
  }

  @Test
  void compare_withADayThatHasNothing_isNoData() {
    JsonNode problem = api.problem(NIFTY + "&compare_at=2025-04-23T10:00:00%2B05:30");
    assertThat(problem.at("/code").asText()).isEqualTo("no_data");
    assertThat(problem.at("/parameter").asText()).isEqualTo("compare_at");
    assertThat(problem.at("/value").asText()).isEqualTo("2025-04-23T10:00:00+05:30");
    assertThat(problem.at("/allowed").asText()).isEqualTo("2025-04-21 to 2025-04-25");
  }

  @Test
  void compare_ofAnAnswer_isAmongTheDaysThatItWasMadeOf() {
    JsonNode meta = api.json("StrikeDistribution", COMPARED).at("/meta");
    assertThat(meta.at("/days").findValuesAsText("trading_day"))
        .containsExactly("2025-04-21", "2025-04-22");
  }

  @Test
  void compare_inATable_isLeftOut() {
    assertThat(api.csv(COMPARED)).isEqualTo(api.csv(NIFTY + "&at=" + TUESDAY_NOON));
  }

  @Test
  void tag_afterAWriteToTheDayComparedWith_isAnother() {
    try (SampleServer server = SampleServer.start()) {
      ApiClient own = server.client();
      String path = NIFTY + "&compare_at=" + TUESDAY_NOON + "&oi_change=session_open";
      HttpResponse<String> before = own.get(path);
      String tag = before.headers().firstValue("ETag").orElseThrow();
      assertThat(own.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
      server.chains().addMinute(40, 99_000);
      HttpResponse<String> after = own.get(path, "If-None-Match", tag);
      assertThat(after.statusCode()).isEqualTo(200);
    }
  }
}
