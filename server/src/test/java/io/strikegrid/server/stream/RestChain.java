package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strikegrid.server.ApiClient;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Holds what a client of the stream has against what is answered to one that asks. */
final class RestChain {

  private static final Set<String> EXTRA =
      Set.of("open", "high", "low", "close", "label", "oi_change", "iv_reason");
  private static final List<String> FIGURES =
      List.of(
          "underlying",
          "underlying_source",
          "forward",
          "rate",
          "pcr",
          "pcr_volume",
          "max_pain",
          "call_oi",
          "put_oi",
          "call_volume_day",
          "put_volume_day",
          "atm_iv",
          "straddle",
          "contracts",
          "carried");

  private RestChain() {}

  /**
   * Checks every chain of a mirror.
   *
   * @param filter of the strikes, as a parameter: {@code &max_level=1}
   */
  static void assertSame(
      ApiClient client, ChainMirror mirror, String timeframe, String filter, String what) {
    mirror
        .chains()
        .forEach((expiry, chain) -> {
          String asked = "symbol=NIFTY50&timeframe=" + timeframe + "&expiry=" + expiry;
          JsonNode answer =
              client.json("StrikeDistribution", "/fo/strike-distribution?" + asked + filter);
          JsonNode rest = answer.at("/chains/0");
          assertThat(chain.figures.get("bucket_time")).as(what).isEqualTo(rest.get("bucket_time"));
          assertThat(chain.figures.get("as_of")).as(what).isEqualTo(rest.get("as_of"));
          TreeMap<Double, JsonNode> expected = new TreeMap<>();
          for (JsonNode strike : rest.get("strikes")) {
            expected.put(strike.get("strike").asDouble(), stripped(strike.deepCopy()));
          }
          TreeMap<Double, JsonNode> actual = new TreeMap<>();
          chain.strikes.forEach((k, strike) -> actual.put(k, stripped(strike.deepCopy())));
          assertThat(actual).as("%s, %s", what, expiry).isEqualTo(expected);
          assertFigures(client, chain, asked, what);
        });
  }

  private static void assertFigures(
      ApiClient client, ChainMirror.Chain chain, String asked, String what) {
    JsonNode series = client.json("ExpiryMetrics", "/fo/expiry-metrics?" + asked).at("/series/0");
    int last = series.get("time").size() - 1;
    for (String figure : FIGURES) {
      assertThat(chain.figures.get(figure))
          .as("%s, %s", what, figure)
          .isEqualTo(series.get(figure).get(last));
    }
  }

  private static JsonNode stripped(ObjectNode strike) {
    strike.remove(EXTRA);
    for (String side : List.of("call", "put")) {
      if (strike.get(side) instanceof ObjectNode cell) {
        cell.remove(EXTRA);
        if (!cell.path("iv_source").asText().equals("feed")) {
          cell.remove("iv_source");
        }
      }
    }
    return strike;
  }
}
