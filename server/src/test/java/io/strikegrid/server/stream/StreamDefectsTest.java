package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.SampleServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams of this kind are known to get wrong. */
final class StreamDefectsTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(strings = {"NIFTY50", "NIFTY", "NIFTY 50", "nifty50"})
  void subscription_byAnyNameOfTheSymbol_matchesWhatIsCommitted(String name) {
    try (SampleServer server = SampleServer.start();
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("a", "'symbol':'" + name + "','expiry':'2025-04-30','strike':24500.0");
      assertThat(client.next("snapshot").at("/chains/0/strikes").size()).isEqualTo(1);
      StreamFixture.addCall(server, 20, 24_500, 75);
      assertThat(client.next("delta").at("/chains/0/buckets/0/strikes").size()).isEqualTo(1);
    }
  }

  @Test
  void filter_isKeptInEveryMessage() {
    try (SampleServer server = SampleServer.start();
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe(
          "a", "'symbol':'NIFTY50','strike':[24400],'option_side':'call','measure':'iv'");
      client.next("snapshot");
      StreamFixture.addCall(server, 20, 24_500, 75);
      JsonNode strikes = client.next("delta").at("/chains/0/buckets/0/strikes");
      assertThat(strikes.size()).isEqualTo(1);
      assertThat(strikes.at("/0/strike").asInt()).isEqualTo(24_400);
      assertThat(strikes.at("/0").has("put")).isFalse();
      assertThat(strikes.at("/0/call").has("iv")).isTrue();
      assertThat(strikes.at("/0/call").has("oi")).isFalse();
    }
  }

  @Test
  void burst_ofMoreThanAnOutboxHolds_losesNothingForOneThatReads() {
    StreamConfig config = StreamFixture.config(LONG, LONG, LONG, 4, 3);
    try (SampleServer server = SampleServer.start(config);
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("a", "'symbol':'NIFTY50','timeframe':'15min','measure':'oi','strike':24500");
      long number = client.next("snapshot").get("sequence").asLong();
      for (int minute = 20; minute < 40; minute++) {
        StreamFixture.addCall(server, minute, 24_500, 75 * minute);
      }
      double oi = 0;
      while (oi < 75 * 39) {
        JsonNode delta = client.next("delta");
        assertThat(delta.get("sequence").asLong()).isEqualTo(++number);
        for (JsonNode bucket : delta.at("/chains/0/buckets")) {
          oi = bucket.at("/strikes/0/call/oi").asDouble(oi);
        }
      }
    }
  }

  @Test
  void otherFilters_leaveASharedMessageAsItIs() {
    try (SampleServer server = SampleServer.start();
        StreamClient one = StreamClient.connect(server.client());
        StreamClient two = StreamClient.connect(server.client());
        StreamClient other = StreamClient.connect(server.client())) {
      List<String> first = new ArrayList<>();
      List<String> second = new ArrayList<>();
      one.subscribe("a", "'symbol':'NIFTY50','measure':['iv','oi']");
      other.subscribe("b", "'symbol':'NIFTY50','measure':'iv','max_level':0");
      two.subscribe("c", "'symbol':'NIFTY50','measure':['iv','oi']");
      other.next("snapshot");
      first.add(one.nextText());
      second.add(two.nextText());
      for (int minute = 20; minute < 25; minute++) {
        StreamFixture.addCall(server, minute, 24_500, 75 * minute);
        first.add(one.nextText());
        second.add(two.nextText());
        other.next("delta");
      }
      assertThat(first).isEqualTo(second);
    }
  }
}
