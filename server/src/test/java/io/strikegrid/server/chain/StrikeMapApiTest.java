package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.platform.http.Problem;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrikeMapApiTest {

  private static final String NIFTY = "/fo/strike-map?symbol=NIFTY50&indicator=";
  private static final String TUESDAY =
      "&from=2025-04-22T09:15:00%2B05:30&to=2025-04-22T15:30:00%2B05:30";
  private static final String WEEK =
      "&from=2025-04-21T09:15:00%2B05:30&to=2025-04-25T15:30:00%2B05:30";
  private static final double TOLERANCE = 1e-6;
  private static final double SILENT_STRIKE = 24_400;

  private final ApiClient api = SampleServer.shared().client();

  private JsonNode map(String indicatorAndMore) {
    return api.json("StrikeMap", NIFTY + indicatorAndMore);
  }

  private JsonNode history(JsonNode strike, String more) {
    return api.json(
        "StrikeHistory", "/fo/strike-history?symbol=NIFTY50&strike=" + strike.asText() + more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iv", "delta", "gamma", "theta", "vega", "rho", "price", "oi", "volume"})
  void map_ofASide_isTheHistoryOfEachStrike(String indicator) {
    String field = indicator.equals("price") ? "close" : indicator;
    for (String timeframe : new String[] {"1min", "5min", "15min"}) {
      for (String side : new String[] {"call", "put"}) {
        String more = "&timeframe=" + timeframe + "&option_side=" + side + TUESDAY;
        JsonNode map = map(indicator + more);
        assertThat(map.at("/strikes")).hasSize(5);
        for (int k = 0; k < map.at("/strikes").size(); k++) {
          JsonNode history = history(map.at("/strikes").get(k), more);
          assertThat(map.at("/values").get(k)).isEqualTo(history.at("/" + side + "/" + field));
          assertThat(map.at("/time")).isEqualTo(history.at("/time"));
          assertThat(map.at("/underlying")).isEqualTo(history.at("/underlying"));
          assertThat(map.at("/meta")).isEqualTo(history.at("/meta"));
          assertThat(map.at("/rolls")).isEqualTo(history.at("/rolls"));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"iv,MEAN", "gamma,MEAN", "delta,BOTH", "price,BOTH", "oi,SUM", "volume,SUM"})
  void map_ofBothSides_putsThemTogetherByTheMeasuresRule(String indicator, String rule) {
    String more = "&timeframe=1min" + TUESDAY;
    JsonNode both = map(indicator + more).at("/values");
    JsonNode calls = map(indicator + more + "&option_side=call").at("/values");
    JsonNode puts = map(indicator + more + "&option_side=put").at("/values");
    for (int k = 0; k < both.size(); k++) {
      for (int t = 0; t < both.get(k).size(); t++) {
        Double expected = together(rule, calls.get(k).get(t), puts.get(k).get(t));
        JsonNode value = both.get(k).get(t);
        String where = indicator + " of strike " + k + " at " + t;
        if (expected == null) {
          assertThat(value.isNull()).as(where).isTrue();
        } else {
          assertThat(value.asDouble()).as(where).isCloseTo(expected, within(TOLERANCE));
        }
      }
    }
  }

  private static @Nullable Double together(String rule, JsonNode call, JsonNode put) {
    if (call.isNull() && put.isNull()) {
      return null;
    }
    if (call.isNull() || put.isNull()) {
      return rule.equals("BOTH") ? null : call.isNull() ? put.asDouble() : call.asDouble();
    }
    double sum = call.asDouble() + put.asDouble();
    return rule.equals("MEAN") ? sum / 2 : sum;
  }

  @ParameterizedTest
  @CsvSource({
    "previous_close,1min,2025-04-24",
    "previous_close,5min,2025-05-29",
    "session_open,1min,2025-04-24",
    "session_open,15min,2025-04-30"
  })
  void map_ofTheChange_isThatOfEachChainOfTheDay(String kind, String timeframe, String expiry) {
    String more = "&oi_change=" + kind + "&timeframe=" + timeframe + "&expiry=" + expiry;
    JsonNode calls = map("oi_change&option_side=call" + more + TUESDAY);
    JsonNode puts = map("oi_change&option_side=put" + more + TUESDAY);
    JsonNode reference = calls.at("/oi_change_reference");
    long length = 60 * Long.parseLong(timeframe.replace("min", ""));
    assertThat(calls.at("/time").size()).isGreaterThan(1);
    for (int t = 0; t < calls.at("/time").size(); t++) {
      long at = calls.at("/time").get(t).asLong();
      JsonNode chain =
          api.json(
                  "StrikeDistribution",
                  "/fo/strike-distribution?symbol=NIFTY50&at=" + (at + length) + more)
              .at("/chains/0");
      JsonNode chains = chain.at("/oi_change_reference");
      assertThat(reference.at("/kind")).isEqualTo(chains.at("/kind"));
      assertThat(reference.at("/days/0/source")).isEqualTo(chains.at("/source"));
      assertThat(reference.at("/days/0/time")).isEqualTo(chains.at("/time"));
      for (int k = 0; k < calls.at("/strikes").size(); k++) {
        JsonNode strike = chain.at("/strikes").get(k);
        assertThat(strike.at("/strike")).isEqualTo(calls.at("/strikes").get(k));
        assertThat(calls.at("/values").get(k).get(t)).isEqualTo(strike.at("/call/oi_change"));
        assertThat(puts.at("/values").get(k).get(t)).isEqualTo(strike.at("/put/oi_change"));
        assertReference(reference.at("/days/0/call").get(k), strike.at("/call"));
        assertReference(puts.at("/oi_change_reference/days/0/put").get(k), strike.at("/put"));
      }
    }
  }

  private static void assertReference(JsonNode reference, JsonNode side) {
    if (side.path("oi_change").isNumber()) {
      double change = side.at("/oi_change").asDouble();
      assertThat(side.at("/oi").asDouble() - reference.asDouble()).isEqualTo(change);
    }
  }

  @Test
  void map_ofALabelOverDays_rollsAndTakesEachDaysReference() {
    JsonNode map = map("oi_change&timeframe=1min" + WEEK);
    assertThat(map.at("/rolls").findValuesAsText("expiry"))
        .containsExactly("2025-04-24", "2025-04-30");
    assertThat(map.at("/time")).hasSize(80);
    JsonNode days = map.at("/oi_change_reference/days");
    assertThat(days.findValuesAsText("trading_day"))
        .containsExactly("2025-04-21", "2025-04-22", "2025-04-24", "2025-04-25");
    assertThat(days.findValuesAsText("source"))
        .containsExactly("none", "last_bar", "none", "last_bar");
    JsonNode atTheMoney = map.at("/values/2");
    assertThat(atTheMoney.get(19).isNull()).isTrue();
    assertThat(atTheMoney.get(20).asDouble()).isEqualTo(-2 * 75 * 19);
    assertThat(atTheMoney.get(79).asDouble()).isZero();
  }

  @Test
  void map_inAGapAndInSilence_hasTheLastOpenInterestAndNoPrice() {
    JsonNode oi = map("oi&option_side=put&timeframe=1min" + TUESDAY);
    assertThat(oi.at("/strikes/0").asDouble()).isEqualTo(SILENT_STRIKE);
    assertThat(oi.at("/values/0/7").asDouble()).isEqualTo(50_000 + 75 * 6);
    assertThat(oi.at("/values/0/19").asDouble()).isEqualTo(50_000 + 75 * 15);
    JsonNode price = map("price&option_side=put&timeframe=1min" + TUESDAY);
    assertThat(price.at("/values/0/19").isNull()).isTrue();
    assertThat(price.at("/oi_change_reference").isNull()).isTrue();
    assertThat(price.at("/meta/gaps")).as("a minute, and the rest of the day").hasSize(2);
    assertThat(price.at("/meta/coverage").toString()).isEqualTo("{\"observed\":19,\"of\":375}");
  }

  @ParameterizedTest
  @CsvSource({"0,24500,24500", "1,24450,24550", "2,24400,24600", "500,24400,24600"})
  void map_withinALevel_hasWholeRowsOfThoseStrikes(int level, double first, double last) {
    JsonNode map = map("oi&max_level=" + level + TUESDAY);
    JsonNode strikes = map.at("/strikes");
    assertThat(strikes.get(0).asDouble()).isEqualTo(first);
    assertThat(strikes.get(strikes.size() - 1).asDouble()).isEqualTo(last);
    assertThat(map.at("/values")).hasSameSizeAs(strikes);
    map.at("/values").forEach(row -> assertThat(row).hasSameSizeAs(map.at("/time")));
  }

  @Test
  void map_asCsv_hasARowPerValue() {
    assertThat(api.csv(NIFTY + "oi&option_side=call&max_level=0" + TUESDAY))
        .containsExactly(
            "time,strike,value",
            SampleChains.TUESDAY_OPEN + ",24500," + (30_000 + 75 * 4),
            SampleChains.TUESDAY_OPEN + 300 + ",24500," + (30_000 + 75 * 9),
            SampleChains.TUESDAY_OPEN + 600 + ",24500," + (30_000 + 75 * 14),
            SampleChains.TUESDAY_OPEN + 900 + ",24500," + (30_000 + 75 * 19));
  }

  @Test
  void map_ofMoreThanAnAnswerHolds_isTooLong() {
    TimeRange.Asked asked = new TimeRange.Asked(Optional.empty(), Optional.of(9L), null, "9");
    StrikeMapResource.checkSize(2_000, 1_000, asked);
    assertThatThrownBy(() -> StrikeMapResource.checkSize(2_000, 1_001, asked))
        .isInstanceOf(Problem.class)
        .hasMessage("strikes times buckets may be 2000000; have 2000 times 1001")
        .extracting(thrown -> ((Problem) thrown).parameter())
        .isEqualTo("to");
  }

  @Test
  void tag_afterAWriteToTheDayBefore_isAnotherWhereItIsComparedWith() {
    try (SampleServer server = SampleServer.start()) {
      ApiClient own = server.client();
      String close =
          NIFTY
              + "oi_change&expiry=2025-04-24"
              + "&from=2025-04-22T00:00:00Z&to=2025-04-23T00:00:00Z";
      String open = close + "&oi_change=session_open";
      HttpResponse<String> before = own.get(close);
      HttpResponse<String> opening = own.get(open);
      server
          .chains()
          .add(
              SampleChains.MONDAY,
              SampleChains.NEAREST,
              List.of(
                  SampleChains.observation(
                      24_500,
                      Side.CALL,
                      SampleChains.TUESDAY_OPEN - SampleChains.DAY + 3_000,
                      24_500,
                      1_000,
                      75_000,
                      0.14)));
      HttpResponse<String> after = own.get(close, "If-None-Match", tag(before));
      assertThat(after.statusCode()).isEqualTo(200);
      assertThat(ApiClient.read(after.body()).at("/values/2/0").asDouble())
          .isEqualTo(30_000 + 75 * 4 - 1_000 + 30_000 + 75 * 4 - (30_000 + 75 * 19));
      assertThat(own.get(open, "If-None-Match", tag(opening)).statusCode()).isEqualTo(304);
    }
  }

  private static String tag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }
}
