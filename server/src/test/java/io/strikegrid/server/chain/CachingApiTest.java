package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CachingApiTest {

  private static final String CHAIN =
      "/fo/strike-distribution?symbol=NIFTY50&at=2025-04-22T15:00:00Z";
  private static final SampleServer SERVER = SampleServer.start();

  private final ApiClient api = SERVER.client();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static String tag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fo/indicators",
        "/fo/symbols",
        "/fo/days?symbol=NIFTY50",
        "/fo/expiries?symbol=NIFTY50",
        "/fo/instruments/search",
        "/fo/moneyness-series?symbol=NIFTY50&indicator=iv",
        "/fo/strike-distribution?symbol=NIFTY50",
        "/fo/strike-history?symbol=NIFTY50&strike=24500",
        "/fo/strike-map?symbol=NIFTY50&indicator=oi_change",
        "/fo/expiry-metrics?symbol=NIFTY50",
        "/fo/latest?symbol=NIFTY50",
        "/openapi.yaml",
        "/docs"
      })
  void answer_thatIsKnownAlready_isNotSentAgain(String path) {
    HttpResponse<String> first = api.get(path);
    HttpResponse<String> again = api.get(path, "If-None-Match", "\"other\", W/" + tag(first));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(tag(again)).isEqualTo(tag(first));
  }

  @Test
  void tag_ofAnotherForm_isAnother() {
    HttpResponse<String> json = api.get(CHAIN);
    HttpResponse<String> csv = api.get(CHAIN, "Accept", "text/csv");
    HttpResponse<String> gzip = api.get(CHAIN, "Accept-Encoding", "gzip");
    assertThat(tag(json)).isNotEqualTo(tag(csv)).isNotEqualTo(tag(gzip));
    assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(json.headers().firstValue("Vary")).hasValue("Accept, Accept-Encoding");
  }

  @Test
  void tag_afterAWrite_isAnotherAndTheAnswerNew() {
    HttpResponse<String> before = api.get(CHAIN);
    SERVER.chains().addMinute(40, 99_000);
    HttpResponse<String> after = api.get(CHAIN, "If-None-Match", tag(before));
    assertThat(after.statusCode()).isEqualTo(200);
    JsonNode chain = ApiClient.read(after.body()).at("/chains/0");
    assertThat(chain.at("/strikes/2/call/oi").asDouble()).isEqualTo(99_000);
    assertThat(chain.at("/carried").asInt()).isEqualTo(9);
  }

  @Test
  void tag_ofASeriesOfARunningDay_changesAsMinutesGoByWithoutAny() {
    String series = "/fo/moneyness-series?symbol=NIFTY50&indicator=oi&timeframe=1min";
    HttpResponse<String> before = api.get(series);
    assertThat(api.get(series, "If-None-Match", tag(before)).statusCode()).isEqualTo(304);
    SERVER.clock().advance(Duration.ofMinutes(1));
    HttpResponse<String> after = api.get(series, "If-None-Match", tag(before));
    assertThat(after.statusCode()).as("the gap has grown").isEqualTo(200);
    assertThat(ApiClient.read(after.body()).at("/meta/coverage/of").asInt())
        .isEqualTo(ApiClient.read(before.body()).at("/meta/coverage/of").asInt() + 1);
  }

  @Test
  void tag_ofTheExpiries_changesWithTheDayBeforeThatListsThem() {
    String expiries = "/fo/expiries?symbol=NIFTY50&at=2025-04-22";
    HttpResponse<String> before = api.get(expiries);
    long monday = SampleChains.TUESDAY_OPEN - SampleChains.DAY + 600;
    addCall(SampleChains.MONDAY, LocalDate.of(2025, 5, 8), monday);
    HttpResponse<String> after = api.get(expiries, "If-None-Match", tag(before));
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(ApiClient.read(after.body()).findValuesAsText("expiry")).contains("2025-05-08");
  }

  @Test
  void tag_comparedWithADayThatDidNotListTheExpiry_changesOnceItDoes() {
    LocalDate june = LocalDate.of(2025, 6, 26);
    long monday = SampleChains.TUESDAY_OPEN - SampleChains.DAY + 600;
    addCall(SampleChains.FRIDAY, june, monday + 4 * SampleChains.DAY);
    String compared =
        "/fo/strike-distribution?symbol=NIFTY50&expiry=2025-06-26&oi_change=session_open&compare_at="
            + (monday + 3600);
    HttpResponse<String> before = api.get(compared);
    assertThat(ApiClient.read(before.body()).at("/chains/0/compare").isNull()).isTrue();
    addCall(SampleChains.MONDAY, june, monday);
    HttpResponse<String> after = api.get(compared, "If-None-Match", tag(before));
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(ApiClient.read(after.body()).at("/chains/0/compare/contracts").asInt()).isOne();
  }

  private static void addCall(LocalDate day, LocalDate expiry, long time) {
    SERVER
        .chains()
        .add(
            day,
            expiry,
            List.of(SampleChains.observation(24_500, Side.CALL, time, 24_500, 750, 75, 0.14)));
  }

  @Test
  void tag_ofAnotherStoreAtTheSameGeneration_isNotKnown() {
    HttpResponse<String> before = api.get(CHAIN);
    try (SampleServer other = SampleServer.start()) {
      HttpResponse<String> there = other.client().get(CHAIN, "If-None-Match", tag(before));
      assertThat(there.statusCode()).isEqualTo(200);
      assertThat(tag(there)).isNotEqualTo(tag(before));
      assertThat(other.client().get(CHAIN, "If-None-Match", tag(there)).statusCode())
          .isEqualTo(304);
    }
  }

  @Test
  void tag_afterAWriteToTheDayBefore_isAnotherWhereItIsComparedWith() {
    String path = "/fo/strike-history?symbol=NIFTY50&strike=24500&from=2025-04-25T00:00:00Z";
    HttpResponse<String> before = api.get(path);
    SERVER.chains().addMinute(50, 98_000);
    assertThat(api.get(path, "If-None-Match", tag(before)).statusCode()).isEqualTo(304);
  }
}
