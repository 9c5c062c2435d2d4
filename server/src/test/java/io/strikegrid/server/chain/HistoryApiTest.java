package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import org.junit.jupiter.api.Test;

final class HistoryApiTest {

  private static final String TUESDAY =
      "&from=2025-04-22T09:15:00%2B05:30&to=2025-04-22T15:30:00%2B05:30";
  private static final String STRIKE = "/fo/strike-history?symbol=NIFTY50&strike=24400" + TUESDAY;
  private static final String METRICS = "/fo/expiry-metrics?symbol=NIFTY50" + TUESDAY;

  private final ApiClient api = SampleServer.shared().client();

  @Test
  void history_ofAStrike_hasTheOptionsPricesAndNotTheUnderlyings() {
    JsonNode answer = api.json("StrikeHistory", STRIKE + "&timeframe=1min");
    assertThat(answer.at("/time")).hasSize(20);
    assertThat(answer.at("/call/close/0").asDouble()).isEqualTo(150);
    assertThat(answer.at("/put/close/0").asDouble()).isEqualTo(50);
    assertThat(answer.at("/underlying/0").asDouble()).isEqualTo(24_500);
    assertThat(answer.at("/level/0").asInt()).isEqualTo(-2);
  }

  @Test
  void history_inSilence_hasNoPriceAndTheLastOpenInterest() {
    JsonNode answer = api.json("StrikeHistory", STRIKE + "&timeframe=1min");
    assertThat(answer.at("/put/close/19").isNull()).isTrue();
    assertThat(answer.at("/put/oi/19").asDouble()).isEqualTo(50_000 + 75 * 15);
    assertThat(answer.at("/call/close/7").isNull()).isTrue();
    assertThat(answer.at("/underlying/7").isNull()).isTrue();
  }

  @Test
  void history_rolledUp_hasOpenHighLowCloseOfTheBucket() {
    JsonNode answer = api.json("StrikeHistory", STRIKE + "&option_side=call");
    assertThat(answer.at("/time")).hasSize(4);
    assertThat(answer.at("/call/open/0").asDouble()).isEqualTo(150);
    assertThat(answer.at("/call/high/0").asDouble()).isEqualTo(152);
    assertThat(answer.at("/call/close/0").asDouble()).isEqualTo(152);
    assertThat(answer.at("/call/volume_day/0").asDouble()).isEqualTo(375);
    assertThat(answer.at("/put").isNull()).isTrue();
  }

  @Test
  void history_withoutAnExactTime_takesWhatBeginsInTheRange() {
    JsonNode answer =
        api.json(
            "StrikeHistory",
            "/fo/strike-history?symbol=NIFTY50&strike=24500&timeframe=5min&from="
                + (SampleChains.TUESDAY_OPEN + 61)
                + "&to="
                + (SampleChains.TUESDAY_OPEN + 601));
    assertThat(answer.at("/time").toString())
        .isEqualTo(
            "[%d,%d]".formatted(SampleChains.TUESDAY_OPEN + 300, SampleChains.TUESDAY_OPEN + 600));
  }

  @Test
  void history_ofAStrikeThatIsNotThere_namesTheNearest() {
    JsonNode problem = api.problem("/fo/strike-history?symbol=NIFTY50&strike=24525");
    assertThat(problem.at("/code").asText()).isEqualTo("unknown_strike");
    assertThat(problem.at("/allowed").asText()).isEqualTo("24400, 24450, 24500, 24550, 24600");
  }

  @Test
  void history_asCsv_hasARowPerBucket() {
    assertThat(api.csv(STRIKE + "&option_side=put"))
        .startsWith(
            "time,underlying,level,put_open,put_high,put_low,put_close,put_bid,put_ask,put_iv,"
                + "put_delta,put_gamma,put_theta,put_vega,put_rho,put_volume,put_volume_day,put_oi")
        .hasSize(5);
  }

  @Test
  void metrics_throughTime_areKnownAtTheEndOfEachBucket() {
    JsonNode series = api.json("ExpiryMetrics", METRICS + "&expiry=2025-04-24").at("/series/0");
    assertThat(series.at("/time")).hasSize(4);
    assertThat(series.at("/call_oi/0").asDouble()).isEqualTo(150_000 + 5 * 75 * 4);
    assertThat(series.at("/put_oi/3").asDouble()).isEqualTo(150_000 + 4 * 75 * 19 + 75 * 15);
    assertThat(series.at("/underlying/3").asDouble()).isEqualTo(24_519);
    assertThat(series.at("/max_pain/0").asDouble()).isEqualTo(24_500);
    assertThat(series.at("/contracts/3").asInt()).isEqualTo(10);
  }

  @Test
  void metrics_ofAMissingMinute_haveNoRowForIt() {
    JsonNode answer = api.json("ExpiryMetrics", METRICS + "&timeframe=1min");
    assertThat(answer.at("/series/0/time")).hasSize(19);
    assertThat(answer.at("/series/0/carried/18").asInt()).isEqualTo(1);
    assertThat(answer.at("/meta/gaps")).as("a minute, and the rest of the day").hasSize(2);
  }

  @Test
  void metrics_asCsv_haveARowPerBucket() {
    assertThat(api.csv(METRICS))
        .hasSize(5)
        .first()
        .isEqualTo(
            "expiry,time,underlying,underlying_source,forward,rate,pcr,pcr_volume,max_pain,"
                + "call_oi,put_oi,call_volume_day,put_volume_day,atm_iv,straddle,contracts,carried");
  }
}
