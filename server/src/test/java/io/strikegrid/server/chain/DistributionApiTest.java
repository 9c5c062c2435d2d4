package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.platform.http.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DistributionApiTest {

  private static final String NIFTY = "/fo/strike-distribution?symbol=NIFTY50";
  private static final String TUESDAY = NIFTY + "&at=2025-04-22T15:00:00%2B05:30";
  private static final String TWENTY = NIFTY + "&at=" + (SampleChains.TUESDAY_OPEN + 20 * 60);
  private static final double TOLERANCE = 1e-12;

  private final ApiClient api = SampleServer.shared().client();

  @Test
  void chain_withoutATime_isTheNewest() {
    JsonNode answer = api.json("StrikeDistribution", NIFTY);
    long friday = SampleChains.TUESDAY_OPEN + 3 * SampleChains.DAY;
    assertThat(answer.at("/at").asLong()).isEqualTo(friday + 9960);
    assertThat(answer.at("/chains/0/expiry").asText()).isEqualTo("2025-04-30");
    assertThat(answer.at("/chains/0/bucket_time").asLong()).isEqualTo(friday + 19 * 60);
    assertThat(answer.at("/meta/provenance").toString()).isEqualTo("[\"imported\"]");
  }

  @Test
  void chain_atAPastTime_usesThatDayAlone() {
    JsonNode chain = api.json("StrikeDistribution", TUESDAY).at("/chains/0");
    assertThat(chain.at("/expiry").asText()).isEqualTo("2025-04-24");
    assertThat(chain.at("/labels").toString()).isEqualTo("[\"NWeek+0\",\"NMonth+0\"]");
    assertThat(chain.at("/days_to_expiry").asInt()).isEqualTo(2);
    assertThat(chain.at("/underlying").asDouble()).isEqualTo(24_519);
    assertThat(chain.at("/underlying_source").asText()).isEqualTo("quoted");
    assertThat(chain.at("/atm_strike").asDouble()).isEqualTo(24_500);
    assertThat(chain.at("/straddle").asDouble()).isEqualTo(200);
    assertThat(chain.at("/contracts").asInt()).isEqualTo(10);
    assertThat(chain.at("/carried").asInt()).isEqualTo(1);
    assertThat(chain.at("/as_of").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN + 19 * 60 + 30);
  }

  @Test
  void chain_ofASilentContract_carriesItWithItsTime() {
    JsonNode strike = api.json("StrikeDistribution", TUESDAY).at("/chains/0/strikes/0");
    assertThat(strike.at("/put/time").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN + 15 * 60);
    assertThat(strike.at("/put/oi").asDouble()).isEqualTo(50_000 + 75 * 15);
    assertThat(strike.at("/call/time").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN + 19 * 60);
    assertThat(strike.at("/label").asText()).isEqualTo("-2");
  }

  @Test
  void chain_asAWhole_hasRatiosOfSums() {
    JsonNode chain = api.json("StrikeDistribution", TUESDAY).at("/chains/0");
    double calls = 150_000 + 5 * 75 * 19;
    double puts = 150_000 + 4 * 75 * 19 + 75 * 15;
    assertThat(chain.at("/totals/call_oi").asDouble()).isEqualTo(calls);
    assertThat(chain.at("/totals/put_oi").asDouble()).isEqualTo(puts);
    assertThat(chain.at("/pcr").asDouble()).isCloseTo(puts / calls, within(TOLERANCE));
    assertThat(chain.at("/max_pain").asDouble()).isEqualTo(24_500);
  }

  @Test
  void chain_withinALevel_sumsTheStrikesAnswered() {
    JsonNode chain = api.json("StrikeDistribution", TUESDAY + "&max_level=0").at("/chains/0");
    assertThat(chain.at("/strikes")).hasSize(1);
    assertThat(chain.at("/totals/call_oi").asDouble()).isEqualTo(30_000 + 75 * 19);
    assertThat(chain.at("/pcr").asDouble()).isEqualTo(1);
    assertThat(chain.at("/contracts").asInt()).isEqualTo(10);
  }

  @Test
  void chain_betweenBars_usesTheNewestBefore() {
    JsonNode answer =
        api.json("StrikeDistribution", NIFTY + "&at=" + (SampleChains.TUESDAY_OPEN + 7 * 60 + 12));
    assertThat(answer.at("/chains/0/bucket_time").asLong())
        .isEqualTo(SampleChains.TUESDAY_OPEN + 6 * 60);
    assertThat(answer.at("/chains/0/carried").asInt()).isZero();
  }

  @Test
  void chain_afterAMissingMinute_namesTheGapOfItsDay() {
    long missing = SampleChains.TUESDAY_OPEN + 7 * 60;
    JsonNode meta = api.json("StrikeDistribution", TWENTY).at("/meta");
    assertThat(meta.at("/gaps").toString())
        .isEqualTo("[{\"from\":" + missing + ",\"to\":" + (missing + 60) + "}]");
    assertThat(meta.at("/coverage").toString()).isEqualTo("{\"observed\":19,\"of\":20}");
    assertThat(api.json("StrikeDistribution", NIFTY + "&at=" + (missing + 60)).at("/meta/gaps"))
        .hasSize(1);
    assertThat(api.json("StrikeDistribution", NIFTY + "&at=" + missing).at("/meta/gaps")).isEmpty();
  }

  @Test
  void chain_atTheClose_saysHowMuchOfTheDayIsMissing() {
    JsonNode meta = api.json("StrikeDistribution", TUESDAY + "&timeframe=15min").at("/meta");
    long missing = SampleChains.TUESDAY_OPEN + 7 * 60;
    long silent = SampleChains.TUESDAY_OPEN + 20 * 60;
    assertThat(meta.at("/gaps").findValuesAsText("from"))
        .containsExactly(String.valueOf(missing), String.valueOf(silent));
    assertThat(meta.at("/gaps/1/to").asLong() - silent).isEqualTo(325 * 60);
    assertThat(meta.at("/coverage").toString()).isEqualTo("{\"observed\":19,\"of\":345}");
  }

  @Test
  void chain_beforeTheFirstBar_isEmptyAndNoError() {
    JsonNode answer =
        api.json("StrikeDistribution", NIFTY + "&at=" + (SampleChains.TUESDAY_OPEN - 3600));
    assertThat(answer.at("/chains/0/contracts").asInt()).isZero();
    assertThat(answer.at("/chains/0/bucket_time").isNull()).isTrue();
    assertThat(answer.at("/chains/0/strikes")).isEmpty();
  }

  @Test
  void chain_onADayWithoutBars_isNoData() {
    JsonNode problem = api.problem(NIFTY + "&at=2025-04-23T10:00:00%2B05:30");
    assertThat(problem.at("/code").asText()).isEqualTo("no_data");
    assertThat(problem.at("/value").asText()).isEqualTo("2025-04-23T10:00:00+05:30");
  }

  @Test
  void oiChange_withoutTheExchangesFigure_isAgainstTheLastBarOfTheDayBefore() {
    JsonNode chain = api.json("StrikeDistribution", TUESDAY).at("/chains/0");
    assertThat(chain.at("/oi_change_reference/source").asText()).isEqualTo("last_bar");
    assertThat(chain.at("/oi_change_reference/time").asLong())
        .isEqualTo(SampleChains.TUESDAY_OPEN - SampleChains.DAY + 19 * 60);
    assertThat(chain.at("/strikes/2/call/oi_change").asDouble()).isZero();
  }

  @Test
  void oiChange_withTheExchangesFigureOfSome_isAgainstTheLastBarForTheOthers() {
    JsonNode chain = api.json("StrikeDistribution", TUESDAY + "&expiry=NMonth%2B1").at("/chains/0");
    assertThat(chain.at("/expiry").asText()).isEqualTo("2025-05-29");
    assertThat(chain.at("/oi_change_reference/source").asText()).isEqualTo("mixed");
    assertThat(chain.at("/strikes/2/call/oi_change").asDouble()).isEqualTo(75 * 19);
    assertThat(chain.at("/strikes/2/put/oi_change").asDouble()).isZero();
    assertThat(chain.at("/strikes/1/call/oi_change").asDouble()).isZero();
  }

  @Test
  void oiChange_withoutADayBefore_isUnknown() {
    JsonNode chain =
        api.json("StrikeDistribution", NIFTY + "&at=2025-04-24T15:00:00%2B05:30").at("/chains/0");
    assertThat(chain.at("/oi_change_reference/source").asText()).isEqualTo("none");
    assertThat(chain.at("/oi_change_reference/time").isNull()).isTrue();
    assertThat(chain.at("/totals/call_oi_change").isNull()).isTrue();
  }

  @Test
  void oiChange_sinceTheOpening_isAgainstTheFirstBar() {
    JsonNode chain =
        api.json("StrikeDistribution", TUESDAY + "&oi_change=session_open").at("/chains/0");
    assertThat(chain.at("/oi_change_reference/time").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN);
    assertThat(chain.at("/strikes/1/put/oi_change").asDouble()).isEqualTo(75 * 19);
  }

  @Test
  void oiChange_minutesBack_isAgainstTheNewestBarAtOrBefore() {
    JsonNode chain =
        api.json("StrikeDistribution", TWENTY + "&oi_change=minutes_back&minutes_back=12")
            .at("/chains/0");
    assertThat(chain.at("/oi_change_reference/time").asLong())
        .isEqualTo(SampleChains.TUESDAY_OPEN + 6 * 60);
    assertThat(chain.at("/strikes/1/call/oi_change").asDouble()).isEqualTo(75 * 13);
  }

  @Test
  void oiChange_beforeTheDaysFirstBar_isUnknown() {
    JsonNode chain =
        api.json("StrikeDistribution", TWENTY + "&oi_change=minutes_back").at("/chains/0");
    assertThat(chain.at("/oi_change_reference/source").asText()).isEqualTo("none");
  }

  @Test
  void minutesBack_withAnotherReference_isRefused() {
    assertThat(api.problem(NIFTY + "&minutes_back=5").at("/parameter").asText())
        .isEqualTo("minutes_back");
  }

  @ParameterizedTest
  @CsvSource({"12, 6", "3&max_level=1, 16", "60, 0"})
  void oiHistory_askedFor_isTheOpenInterestKnownInEachMinute(String asked, int first) {
    JsonNode chain =
        api.json("StrikeDistribution", TWENTY + "&oi_history=" + asked).at("/chains/0");
    JsonNode times = chain.at("/oi_history/time");
    assertThat(times.get(0).asLong()).isEqualTo(SampleChains.TUESDAY_OPEN + first * 60L);
    assertThat(times.get(times.size() - 1)).isEqualTo(chain.at("/bucket_time"));
    for (int t = 0; t < times.size(); t++) {
      JsonNode then =
          api.json("StrikeDistribution", NIFTY + "&at=" + (times.get(t).asLong() + 60))
              .at("/chains/0");
      assertThat(then.at("/bucket_time")).isEqualTo(times.get(t));
      for (String side : List.of("call", "put")) {
        List<String> known = new ArrayList<>();
        for (JsonNode row : chain.at("/oi_history/" + side)) {
          known.add(row.get(t).asText());
        }
        assertThat(known).isEqualTo(openInterest(chain.at("/strikes"), then.at("/strikes"), side));
      }
    }
  }

  /** Open interest of those strikes in an earlier chain; "null" where it is unknown. */
  private static List<String> openInterest(JsonNode strikes, JsonNode then, String side) {
    Map<String, String> known = new HashMap<>();
    then.forEach(
        one -> known.put(one.at("/strike").asText(), one.at("/" + side + "/oi").asText("null")));
    List<String> wanted = new ArrayList<>();
    strikes.forEach(one -> wanted.add(known.getOrDefault(one.at("/strike").asText(), "null")));
    return wanted;
  }

  @Test
  void oiHistory_ofMoreThanAnAnswerHolds_isRefused() {
    DistributionResource.checkHistory(2_000_000, "1440");
    assertThatThrownBy(() -> DistributionResource.checkHistory(2_000_001, "1440"))
        .isInstanceOf(Problem.class)
        .hasMessage("the values of oi_history may be 2000000; have 2000001")
        .extracting(thrown -> ((Problem) thrown).parameter())
        .isEqualTo("oi_history");
  }

  @Test
  void oiHistory_beforeTheDaysFirstBar_isEmpty() {
    String early = NIFTY + "&oi_history=5&at=" + (SampleChains.TUESDAY_OPEN - 60);
    JsonNode history = api.json("StrikeDistribution", early).at("/chains/0/oi_history");
    assertThat(history.toString()).isEqualTo("{\"time\":[],\"call\":[],\"put\":[]}");
  }

  @Test
  void chains_ofSeveralExpiries_areInTheOrderAsked() {
    JsonNode answer =
        api.json("StrikeDistribution", TUESDAY + "&expiry=2025-05-29&expiry=NWeek%2B0");
    assertThat(answer.at("/chains/0/expiry").asText()).isEqualTo("2025-05-29");
    assertThat(answer.at("/chains/1/expiry").asText()).isEqualTo("2025-04-24");
  }

  @Test
  void chain_atALongerTimeframe_hasItsBuckets() {
    JsonNode chain = api.json("StrikeDistribution", TUESDAY + "&timeframe=5min").at("/chains/0");
    assertThat(chain.at("/bucket_time").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN + 900);
    assertThat(chain.at("/totals/call_oi").asDouble()).isEqualTo(150_000 + 5 * 75 * 19);
  }

  @Test
  void chain_asCsv_hasARowPerStrike() {
    assertThat(api.csv(TUESDAY))
        .hasSize(6)
        .first()
        .asString()
        .startsWith("expiry,bucket_time,strike,level,label,call_time,call_price,call_bid")
        .endsWith(
            "put_oi_change,put_iv_source,put_iv_reason,put_price_time,put_quote_time,put_iv_time,put_oi_time");
  }
}
