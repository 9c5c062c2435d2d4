package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoredApiTest {

  private static final String DAYS = "/fo/days?symbol=NIFTY50";

  private final ApiClient api = SampleServer.shared().client();

  @Test
  void symbols_thatAreStored_haveTheirNamesAndDays() {
    JsonNode symbols = api.json("Symbols", "/fo/symbols").at("/symbols");
    assertThat(symbols.findValuesAsText("symbol")).containsExactly("BTC", "NIFTY50");
    JsonNode nifty = symbols.get(1);
    assertThat(nifty.at("/name").asText()).isEqualTo("Nifty 50");
    assertThat(nifty.at("/aliases").toString())
        .isEqualTo("[\"NIFTY\",\"NIFTY 50\",\"NIFTY_50\",\"^NSEI\"]");
    assertThat(nifty.at("/market").asText()).isEqualTo("NSE");
    assertThat(nifty.at("/zone").asText()).isEqualTo("Asia/Kolkata");
    assertThat(nifty.at("/first_day").asText()).isEqualTo("2025-04-21");
    assertThat(nifty.at("/newest_day").asText()).isEqualTo("2025-04-25");
    assertThat(nifty.at("/days").asInt()).isEqualTo(4);
    assertThat(nifty.at("/simulated").asBoolean()).isFalse();
    assertThat(nifty.at("/strike_gap").asDouble()).isEqualTo(50);
    assertThat(symbols.at("/0/strike_gap").isNull()).isTrue();
  }

  @Test
  void symbols_byEachAlias_areFound() {
    for (JsonNode symbol : api.json("Symbols", "/fo/symbols").at("/symbols")) {
      for (JsonNode alias : symbol.at("/aliases")) {
        String encoded = alias.asText().replace(" ", "%20").replace("^", "%5E");
        assertThat(api.json("Days", "/fo/days?symbol=" + encoded).at("/symbol"))
            .as(alias.asText())
            .isEqualTo(symbol.at("/symbol"));
      }
    }
  }

  @Test
  void symbols_asCsv_haveARowEach() {
    assertThat(api.csv("/fo/symbols"))
        .containsExactly(
            "symbol,name,aliases,market,zone,first_day,newest_day,days,simulated,strike_gap",
            "BTC,Bitcoin,BITCOIN;XBT,CRYPTO,UTC,2025-04-22,2025-04-22,1,false,",
            "NIFTY50,Nifty 50,NIFTY;NIFTY 50;NIFTY_50;^NSEI,NSE,Asia/Kolkata,2025-04-21,"
                + "2025-04-25,4,false,50");
  }

  @Test
  void days_ofASymbol_areNewestFirstWithTheirSessions() {
    JsonNode answer = api.json("Days", DAYS);
    assertThat(answer.at("/zone").asText()).isEqualTo("Asia/Kolkata");
    assertThat(answer.at("/days").findValuesAsText("trading_day"))
        .containsExactly("2025-04-25", "2025-04-24", "2025-04-22", "2025-04-21");
    JsonNode tuesday = answer.at("/days/2");
    assertThat(tuesday.at("/open").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN);
    assertThat(tuesday.at("/close").asLong()).isEqualTo(SampleChains.TUESDAY_OPEN + 375 * 60);
    assertThat(tuesday.at("/generation").asLong()).isEqualTo(1);
    assertThat(tuesday.at("/in_session").asBoolean()).isFalse();
    assertThat(answer.at("/days/0/in_session").asBoolean()).isTrue();
    assertThat(answer.at("/session/trading_day").asText()).isEqualTo("2025-04-25");
    assertThat(answer.at("/session/open")).isEqualTo(answer.at("/days/0/open"));
    assertThat(answer.at("/session/close")).isEqualTo(answer.at("/days/0/close"));
  }

  @Test
  void days_asCsv_haveARowEach() {
    List<String> lines = api.csv(DAYS);
    assertThat(lines)
        .hasSize(5)
        .startsWith("trading_day,open,close,generation,simulated,in_session")
        .contains(
            "2025-04-22,%d,%d,1,false,false"
                .formatted(SampleChains.TUESDAY_OPEN, SampleChains.TUESDAY_OPEN + 375 * 60));
  }

  @Test
  void days_afterAWriteOrTheClose_areOthersWithAnotherTag() {
    try (SampleServer server = SampleServer.start()) {
      ApiClient own = server.client();
      HttpResponse<String> before = own.get(DAYS);
      String tag = before.headers().firstValue("ETag").orElseThrow();
      assertThat(own.get(DAYS, "If-None-Match", tag).statusCode()).isEqualTo(304);
      server.chains().addMinute(40, 99_000);
      HttpResponse<String> written = own.get(DAYS, "If-None-Match", tag);
      assertThat(ApiClient.read(written.body()).at("/days/2/generation").asLong()).isEqualTo(2);
      server.clock().set(Instant.parse("2025-04-25T10:00:00Z"));
      tag = written.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> closed = own.get(DAYS, "If-None-Match", tag);
      assertThat(ApiClient.read(closed.body()).at("/days/0/in_session").asBoolean()).isFalse();
      assertThat(ApiClient.read(closed.body()).at("/session/trading_day").asText())
          .isEqualTo("2025-04-28"); // Monday
    }
  }
}
