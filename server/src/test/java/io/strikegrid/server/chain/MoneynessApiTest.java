package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class MoneynessApiTest {

  private static final String TUESDAY_AT_1MIN =
      "/fo/moneyness-series?symbol=NIFTY50&timeframe=1min&from=2025-04-22T09:15:00%2B05:30"
          + "&to=2025-04-22T09:35:00%2B05:30&indicator=";

  private final ApiClient api = SampleServer.shared().client();

  private static JsonNode series(JsonNode answer, String expiry, int level) {
    return StreamSupport.stream(answer.at("/series").spliterator(), false)
        .filter(one -> one.get("level").asInt() == level)
        .filter(one -> one.get("expiry").asText().equals(expiry))
        .findFirst()
        .orElseThrow()
        .get("values");
  }

  @Test
  void series_ofIv_hasTheBucketsOwnValues() {
    JsonNode answer = api.json("MoneynessSeries", TUESDAY_AT_1MIN + "iv&option_side=call");
    assertThat(answer.at("/time")).hasSize(20);
    assertThat(answer.at("/time/0").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN);
    assertThat(series(answer, "NWeek+0", 0).get(0).asDouble()).isEqualTo(0.142);
    assertThat(series(answer, "NWeek+0", 0).get(7).isNull()).isTrue();
    assertThat(answer.at("/series/0/label").asText()).isEqualTo("ITM2");
    assertThat(answer.at("/expiries/0/gap_source").asText()).isEqualTo("instrument");
  }

  @Test
  void series_acrossAMissingMinute_namesTheGap() {
    JsonNode answer = api.json("MoneynessSeries", TUESDAY_AT_1MIN + "price");
    long missing = SampleChains.TUESDAY_OPEN + 7 * 60;
    assertThat(answer.at("/meta/gaps").toString())
        .isEqualTo("[{\"from\":" + missing + ",\"to\":" + (missing + 60) + "}]");
    assertThat(answer.at("/meta/as_of").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN + 19 * 60);
  }

  @Test
  void series_ofBothSides_addsOpenInterest() {
    JsonNode answer = api.json("MoneynessSeries", TUESDAY_AT_1MIN + "oi");
    assertThat(series(answer, "NWeek+0", -2).get(19).asDouble())
        .isEqualTo(10_000 + 75 * 19 + 50_000 + 75 * 15);
  }

  @Test
  void series_beyondTheLimit_leavesStrikesOutAndNeverFoldsThem() {
    JsonNode answer = api.json("MoneynessSeries", TUESDAY_AT_1MIN + "oi&max_level=1");
    assertThat(answer.at("/series")).hasSize(3);
    assertThat(series(answer, "NWeek+0", 1).get(0).asDouble()).isEqualTo(60_000);
  }

  @Test
  void series_ofPcr_isARatioOfSums() {
    JsonNode answer = api.json("MoneynessSeries", TUESDAY_AT_1MIN + "pcr&max_level=0");
    assertThat(series(answer, "NWeek+0", 0).get(0).asDouble()).isEqualTo(1);
  }

  @Test
  void series_withALabel_rolls() {
    JsonNode answer =
        api.json(
            "MoneynessSeries",
            "/fo/moneyness-series?symbol=NIFTY50&timeframe=15min&indicator=oi&expiry=NWeek%2B0"
                + "&expiry=2025-05-29&from=2025-04-24T00:00:00%2B05:30&to=2025-04-26T00:00:00Z");
    long thursday = SampleChains.TUESDAY_OPEN + 2 * SampleChains.DAY;
    long friday = SampleChains.TUESDAY_OPEN + 3 * SampleChains.DAY;
    assertThat(answer.at("/expiries/0/rolls").toString())
        .isEqualTo(
            "[{\"from\":%d,\"expiry\":\"2025-04-24\"},{\"from\":%d,\"expiry\":\"2025-04-30\"}]"
                .formatted(thursday, friday));
    assertThat(answer.at("/expiries/1/rolls")).hasSize(1);
    assertThat(answer.at("/time").toString())
        .isEqualTo("[%d,%d,%d,%d]".formatted(thursday, thursday + 900, friday, friday + 900));
    assertThat(answer.at("/meta/days")).hasSize(2);
    assertThat(answer.at("/meta/gaps").toString())
        .as("to the close of the one day, to now on the other")
        .isEqualTo(
            "[{\"from\":%d,\"to\":%d},{\"from\":%d,\"to\":%d}]"
                .formatted(thursday + 1800, thursday + 375 * 60, friday + 1800, friday + 11 * 900));
    assertThat(answer.at("/meta/coverage").toString()).isEqualTo("{\"observed\":4,\"of\":36}");
  }

  @Test
  void series_withAPlusLostInTheUrl_isUnderstood() {
    JsonNode answer =
        api.json(
            "MoneynessSeries",
            "/fo/moneyness-series?symbol=NIFTY50&indicator=iv&expiry=NWeek+1"
                + "&from=2025-04-22T09:15:00+05:30");
    assertThat(answer.at("/expiries/0/asked").asText()).isEqualTo("NWeek+1");
    assertThat(answer.at("/time/0").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN);
  }

  @Test
  void series_withoutARange_isTheNewestDays() {
    JsonNode answer =
        api.json("MoneynessSeries", "/fo/moneyness-series?symbol=NIFTY50&indicator=volume");
    assertThat(answer.at("/meta/days/0/trading_day").asText()).isEqualTo("2025-04-25");
    assertThat(answer.at("/meta/timeframe").asText()).isEqualTo("5min");
    assertThat(answer.at("/time")).hasSize(4);
  }

  @Test
  void series_ofEveryAdvertisedIndicator_isAnswered() {
    JsonNode indicators = api.json("Indicators", "/fo/indicators");
    for (JsonNode indicator : indicators.at("/indicators")) {
      if (indicator.at("/orientation/0").asText().equals("horizontal")) {
        JsonNode answer =
            api.json("MoneynessSeries", TUESDAY_AT_1MIN + indicator.get("name").asText());
        assertThat(answer.at("/series")).as(indicator.toString()).hasSize(5);
      }
    }
  }

  @Test
  void series_ofASymbolWithoutAGap_saysThatItIsInferred() {
    JsonNode answer =
        api.json("MoneynessSeries", "/fo/moneyness-series?symbol=btc&indicator=oi&option_side=put");
    assertThat(answer.at("/expiries/0/gap_source").asText()).isEqualTo("inferred");
    assertThat(answer.at("/expiries/0/strike_gap").asInt()).isEqualTo(1000);
    assertThat(series(answer, "NWeek+0", 1).get(0).asDouble()).isEqualTo(12.5);
  }

  @Test
  void series_asCsv_hasARowPerValue() {
    assertThat(api.csv(TUESDAY_AT_1MIN + "iv&option_side=call&max_level=0"))
        .startsWith(
            "time,expiry,level,label,value", SampleChains.TUESDAY_OPEN + ",NWeek+0,0,ATM,0.142")
        .contains((SampleChains.TUESDAY_OPEN + 420) + ",NWeek+0,0,ATM,")
        .hasSize(21);
  }
}
