package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import org.junit.jupiter.api.Test;

final class LatestApiTest {

  private static final String NIFTY = "/fo/latest?symbol=NIFTY50";

  private final ApiClient api = SampleServer.shared().client();

  @Test
  void latest_ofAChain_isTheNewestBarOfEachStrike() {
    JsonNode answer = api.json("Latest", NIFTY);
    long newest = SampleChains.TUESDAY_OPEN + 3 * SampleChains.DAY + 19 * 60;
    assertThat(answer.at("/rows")).hasSize(5);
    assertThat(answer.at("/rows/0/bucket_time").asLong()).isEqualTo(newest);
    assertThat(answer.at("/rows/0/put").isNull()).as("silent in that minute").isTrue();
    assertThat(answer.at("/rows/1/put/oi_time").asLong()).isEqualTo(newest);
    assertThat(answer.at("/rows/2/level").asInt()).isZero();
    assertThat(answer.at("/rows/2/call/oi_change").asDouble()).isZero();
  }

  @Test
  void latest_ofStrikes_isTheirsInTheOrderOfExpiries() {
    JsonNode answer =
        api.json("Latest", NIFTY + "&strike=24600&strike=24400&expiry=NMonth%2B0&expiry=NWeek%2B0");
    assertThat(answer.findValuesAsText("expiry"))
        .containsExactly("2025-05-29", "2025-05-29", "2025-04-30", "2025-04-30");
    assertThat(answer.at("/rows/0/strike").asDouble()).isEqualTo(24_400);
  }

  @Test
  void latest_ofOneSide_leavesTheOtherOut() {
    JsonNode answer = api.json("Latest", NIFTY + "&option_side=put");
    assertThat(answer.at("/rows/0/call").isNull()).isTrue();
    assertThat(answer.at("/rows/1/put/oi").isNumber()).isTrue();
  }

  @Test
  void latest_ofAStrikeThatIsNotThere_isAnError() {
    assertThat(api.problem(NIFTY + "&strike=24400&strike=24401").at("/code").asText())
        .isEqualTo("unknown_strike");
  }

  @Test
  void latest_asCsv_hasARowPerStrike() {
    assertThat(api.csv(NIFTY + "&option_side=call"))
        .hasSize(6)
        .first()
        .asString()
        .startsWith("expiry,strike,bucket_time,underlying,level,call_time,call_price")
        .doesNotContain("put");
  }
}
