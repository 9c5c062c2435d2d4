package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.SampleServer;
import io.strikegrid.server.StoredRows;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a chain is as of a time: what had ended by then, each thing as old as it says. Rows are
 * those of the definitions' list of cases.
 */
class AsOfApiTest {

  private static final long TEN = 1_745_469_000L; // 2025-04-24T10:00:00+05:30
  private static final String EXPIRY = "2025-05-29";

  private static SampleServer server;

  @BeforeAll
  static void start() {
    server = SampleServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A chain is named by its symbol, with another expiry than the usual behind a slash. */
  private static String symbol(String chain) {
    return chain.replaceAll("/.*", "");
  }

  private static String expiry(String chain) {
    return chain.contains("/") ? chain.replaceAll(".*/", "") : EXPIRY;
  }

  private static String bar(String chain, int minute, double strike, String values) {
    return """
    {"bucket_time": %d, "symbol": "%s", "expiry": "%s", "strike": %s, "underlying_close": 24010, %s}\
    """
        .formatted(TEN + 60L * minute, symbol(chain), expiry(chain), strike, values);
  }

  private static void send(String... bars) {
    HttpResponse<String> answer =
        server.client().post("/ingest/bars", "{\"bars\": [" + String.join(",", bars) + "]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** The chain so many seconds after ten. */
  private static JsonNode chain(String chain, long second, String more) {
    String asked = "/fo/strike-distribution?symbol=" + symbol(chain) + "&expiry=" + expiry(chain);
    return server
        .client()
        .json("StrikeDistribution", asked + "&at=" + (TEN + second) + more)
        .at("/chains/0");
  }

  private static JsonNode call(JsonNode chain) {
    return chain.at("/strikes/0/call");
  }

  @Test
  void row1_priceWithoutAVolatility_hasNoneAndSaysWhy() {
    String neighbours =
        bar("BANKNIFTY", 0, 24_000, "\"call_close\": 400, \"put_close\": 300")
            + ","
            + bar("BANKNIFTY", 0, 24_100, "\"call_close\": 350, \"put_close\": 350")
            + ","
            + bar("BANKNIFTY", 0, 24_200, "\"call_close\": 300, \"put_close\": 400");
    send(neighbours, bar("BANKNIFTY", 0, 23_000, "\"call_close\": 1300, \"call_iv_avg\": 0.46"));
    send(bar("BANKNIFTY", 15, 23_000, "\"call_close\": 900"));
    send(bar("BANKNIFTY", 16, 23_000, "\"call_oi_last\": 75"));
    JsonNode before = call(chain("BANKNIFTY", 60, ""));
    assertThat(before.at("/iv").asDouble()).isEqualTo(0.46);
    assertThat(before.at("/iv_reason").isNull()).isTrue();
    assertThat(before.at("/iv_source").asText()).isEqualTo("feed");
    assertThat(chain("BANKNIFTY", 60, "").at("/strikes/1/call/iv_source").asText())
        .isEqualTo("computed");
    JsonNode call = call(chain("BANKNIFTY", 17 * 60, ""));
    assertThat(call.at("/price").asDouble()).isEqualTo(900);
    assertThat(call.at("/iv").isNull()).as("none that is older than the price").isTrue();
    assertThat(call.at("/delta").isNull()).isTrue();
    assertThat(call.at("/iv_reason").asText()).isEqualTo("below_intrinsic");
    assertThat(call.at("/time").asLong()).isEqualTo(TEN + 16 * 60);
    assertThat(call.at("/price_time").asLong()).isEqualTo(TEN + 15 * 60);
    assertThat(call.at("/iv_time").asLong()).isEqualTo(TEN + 15 * 60);
    assertThat(call.at("/oi_time").asLong()).isEqualTo(TEN + 16 * 60);
    assertThat(call.at("/quote_time").isNull()).isTrue();
  }

  @Test
  void row7_askThatWasWithdrawn_isUnknown() {
    send(bar("FINNIFTY", 0, 24_000, "\"call_bid\": 100, \"call_ask\": 101"));
    send(bar("FINNIFTY", 1, 24_000, "\"call_bid\": 300, \"call_ask\": 0"));
    send(bar("FINNIFTY", 60, 24_000, "\"call_oi_last\": 5"));
    JsonNode call = call(chain("FINNIFTY", 61 * 60, ""));
    assertThat(call.at("/bid").asDouble()).isEqualTo(300);
    assertThat(call.at("/ask").isNull()).isTrue();
    assertThat(call.at("/quote_time").asLong()).isEqualTo(TEN + 60);
    String latest = "/fo/latest?symbol=FINNIFTY&expiry=" + EXPIRY;
    JsonNode row = server.client().json("Latest", latest).at("/rows/0/call");
    assertThat(row.at("/bid").isNull()).as("nothing is carried into the newest row").isTrue();
    assertThat(row.at("/oi").asDouble()).isEqualTo(5);
    assertThat(row.at("/quote_time").isNull()).isTrue();
    send(bar("FINNIFTY", 61, 24_000, "\"call_bid\": 0, \"call_ask\": 90"));
    JsonNode ask = server.client().json("Latest", latest).at("/rows/0/call");
    assertThat(ask.at("/ask").asDouble()).isEqualTo(90);
    assertThat(ask.at("/quote_time").asLong()).isEqualTo(TEN + 61 * 60);
  }

  @Test
  void reference_whereTheFirstBarsHaveNoOpenInterest_isOfThatWhichHas() {
    String chain = "BANKNIFTY/2025-06-26";
    send(
        bar(chain, 0, 50_000, "\"call_close\": 5"), bar(chain, 20, 50_000, "\"call_oi_last\": 75"));
    send(bar(chain, 25, 50_000, "\"call_close\": 6"));
    JsonNode since = chain(chain, 26 * 60, "&oi_change=session_open").at("/oi_change_reference");
    assertThat(since.at("/time").asLong()).isEqualTo(TEN + 20 * 60);
    String back = "&oi_change=minutes_back&minutes_back=";
    assertThat(chain(chain, 26 * 60, back + 1).at("/oi_change_reference/time").asLong())
        .isEqualTo(TEN + 20 * 60);
    assertThat(chain(chain, 26 * 60, back + 10).at("/oi_change_reference/source").asText())
        .isEqualTo("none");
  }

  @Test
  void row4_strikesListedLater_changeNoEarlierAnswer() {
    String item =
        "{\"bucket_time\": %d, \"symbol\": \"BTC\", \"expiry\": \"2025-05-30\", \"strike\": %d,"
            + " \"underlying_close\": 150, \"call_close\": 5}";
    send(item.formatted(TEN, 140));
    String asked = "/fo/strike-distribution?symbol=BTC&expiry=2025-05-30&at=" + (TEN + 60);
    JsonNode before = server.client().json("StrikeDistribution", asked).at("/chains");
    send(
        item.formatted(TEN + 600, 145),
        item.formatted(TEN + 600, 150),
        item.formatted(TEN + 600, 155));
    JsonNode after = server.client().json("StrikeDistribution", asked).at("/chains");
    assertThat(after).isEqualTo(before);
    assertThat(after.at("/0/strike_gap").isNull()).isTrue();
  }

  @Test
  void row10_carriedAt5Minutes_areTheSameInTheChainAndItsMetrics() {
    String both = "\"call_close\": 100, \"call_oi_last\": 50, \"put_close\": 90";
    send(bar("MIDCPNIFTY", 1, 24_000, both), bar("MIDCPNIFTY", 1, 24_050, both));
    send(bar("MIDCPNIFTY", 4, 24_000, both));
    assertThat(chain("MIDCPNIFTY", 300, "").at("/carried").asInt()).isEqualTo(2);
    assertThat(chain("MIDCPNIFTY", 300, "&timeframe=5min").at("/carried").asInt()).isZero();
    String metrics = "/fo/expiry-metrics?symbol=MIDCPNIFTY&timeframe=5min&expiry=" + EXPIRY;
    assertThat(
            server
                .client()
                .json("ExpiryMetrics", metrics + "&from=" + TEN + "&to=" + (TEN + 300))
                .at("/series/0/carried/0")
                .asInt())
        .isZero();
    assertThat(
            StoredRows.number(
                server.database(),
                "SELECT carried FROM fo_expiry_metrics_5min WHERE symbol = 'MIDCPNIFTY' AND expiry"
                    + " = '"
                    + EXPIRY
                    + "'"))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1min", "5min", "15min"})
  void row11_changeSinceTheOpening_isTheSameAtEachTimeframe(String timeframe) {
    send(bar("FINNIFTY/2025-06-26", 0, 80_000, "\"call_oi_last\": 100"));
    send(bar("FINNIFTY/2025-06-26", 7, 80_000, "\"call_oi_last\": 175"));
    send(bar("FINNIFTY/2025-06-26", 20, 80_000, "\"call_oi_last\": 225"));
    JsonNode chain =
        chain("FINNIFTY/2025-06-26", 1260, "&oi_change=session_open&timeframe=" + timeframe);
    assertThat(call(chain).at("/oi_change").asDouble()).isEqualTo(125);
    assertThat(chain.at("/oi_change_reference/time").asLong()).isEqualTo(TEN);
    String map =
        "/fo/strike-map?symbol=FINNIFTY&indicator=oi_change&oi_change=session_open&option_side=call";
    JsonNode values =
        server
            .client()
            .json(
                "StrikeMap",
                "%s&expiry=%s&timeframe=%s&from=%d&to=%d"
                    .formatted(map, "2025-06-26", timeframe, TEN, TEN + 1800))
            .at("/values/0");
    assertThat(values.get(values.size() - 1).asDouble()).isEqualTo(125);
  }

  @Test
  void row12_minutesBack_areOfTheTimeAsked() {
    send(bar("MIDCPNIFTY/2025-06-26", 30, 60_000, "\"call_oi_last\": 100"));
    send(bar("MIDCPNIFTY/2025-06-26", 45, 60_000, "\"call_oi_last\": 150"));
    String back = "&oi_change=minutes_back&minutes_back=5";
    assertThat(call(chain("MIDCPNIFTY/2025-06-26", 61 * 60 + 59, back)).at("/oi_change").asDouble())
        .isZero();
    JsonNode soon = chain("MIDCPNIFTY/2025-06-26", 46 * 60, back);
    assertThat(call(soon).at("/oi_change").asDouble()).isEqualTo(50);
    assertThat(soon.at("/oi_change_reference/time").asLong()).isEqualTo(TEN + 30 * 60);
    assertThat(call(chain("MIDCPNIFTY/2025-06-26", 51 * 60, back)).at("/oi_change").asDouble())
        .isZero();
    assertThat(call(chain("MIDCPNIFTY/2025-06-26", 51 * 60 - 1, back)).at("/oi_change").asDouble())
        .isEqualTo(50);
  }

  @Test
  void row13_bucketThatIsNotOver_isMadeOfItsEndedMinutes() {
    List<String> bars = new ArrayList<>();
    for (int minute = 0; minute < 20; minute++) {
      String values =
          "\"call_close\": %d, \"call_volume_day\": %d".formatted(100 + minute, 75 * (minute + 1));
      bars.add(bar("NIFTYNXT50", minute, 60_000, values));
    }
    send(bars.toArray(String[]::new));
    JsonNode ended = chain("NIFTYNXT50", 900, "&timeframe=15min");
    assertThat(ended.at("/bucket_time").asLong()).isEqualTo(TEN);
    assertThat(call(ended).at("/price").asDouble()).isEqualTo(114);
    JsonNode running = chain("NIFTYNXT50", 1019, "&timeframe=15min");
    assertThat(running.at("/bucket_time").asLong()).isEqualTo(TEN + 900);
    assertThat(running.at("/as_of").asLong()).isLessThanOrEqualTo(TEN + 960);
    assertThat(call(running).at("/price").asDouble()).isEqualTo(115);
    assertThat(call(running).at("/volume").asDouble()).as("of one minute").isEqualTo(75);
    assertThat(call(running).at("/time").asLong()).isEqualTo(TEN + 900);
    assertThat(chain("NIFTYNXT50", 59, "").at("/bucket_time").isNull()).isTrue();
  }

  @Test
  void row8_labelOnExpiryDay_rollsAtTheTimeOfExpiry() {
    long eight = 1_745_481_600L; // 2025-04-24T08:00:00Z, the 24th's expiry
    String[] bars = new String[4];
    for (int i = 0; i < 2; i++) {
      String item =
          "{\"bucket_time\": %d, \"symbol\": \"ETH\", \"expiry\": \"%s\", \"strike\": 1800,"
              + " \"underlying_close\": 1800, \"call_close\": 5}";
      bars[i] = item.formatted(eight - 3600, i == 0 ? "2025-04-24" : "2025-04-25");
      bars[2 + i] = item.formatted(eight + 3600, i == 0 ? "2025-04-25" : "2025-04-26");
    }
    send(bars);
    String asked = "/fo/strike-distribution?symbol=ETH&expiry=NWeek%2B0&at=";
    assertThat(expiryOf(asked + eight)).isEqualTo("2025-04-24");
    assertThat(expiryOf(asked + (eight + 1))).isEqualTo("2025-04-25");
    assertThat(expiryOf(asked + (eight + 12 * 3600))).isEqualTo("2025-04-25");
    String second = asked.replace("NWeek%2B0", "NWeek%2B1");
    assertThat(expiryOf(second + (eight + 12 * 3600))).isEqualTo("2025-04-26");
    assertThat(server.client().problem(second + (eight + 1)).at("/code").asText())
        .as("not listed yet")
        .isEqualTo("unknown_label");
    JsonNode series =
        server
            .client()
            .json(
                "MoneynessSeries",
                "/fo/moneyness-series?symbol=ETH&indicator=price&option_side=call&timeframe=15min&max_level=0"
                    + "&from=2025-04-24T00:00:00Z&to=2025-04-25T00:00:00Z");
    assertThat(series.at("/time").size()).isEqualTo(2);
    assertThat(series.at("/expiries/0/rolls").findValuesAsText("expiry"))
        .containsExactly("2025-04-24", "2025-04-25");
    assertThat(series.at("/expiries/0/rolls/1/from").asLong()).isEqualTo(eight);
    assertThat(series.at("/meta/coverage").toString()).isEqualTo("{\"observed\":2,\"of\":96}");
    String evening =
        "/fo/moneyness-series?symbol=ETH&indicator=price&timeframe=15min&max_level=0"
            + "&from=2025-04-24T09:00:00Z&to=2025-04-24T22:00:00Z";
    JsonNode later = server.client().json("MoneynessSeries", evening);
    assertThat(later.at("/expiries/0/rolls/0/from").asLong()).isEqualTo(eight);
    assertThat(later.at("/expiries/0/rolls/0/expiry").asText()).isEqualTo("2025-04-25");
  }

  private static String expiryOf(String path) {
    return server.client().json("StrikeDistribution", path).at("/chains/0/expiry").asText();
  }
}
