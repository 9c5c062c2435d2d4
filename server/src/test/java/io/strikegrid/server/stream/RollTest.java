package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RollTest {

  private static final LocalDate NEXT_DAY = LocalDate.of(2025, 4, 28);

  private static void add(SampleServer server, LocalDate day, LocalDate expiry) {
    long time = StreamFixture.OPEN + SampleChains.DAY * (day.toEpochDay() - 20_203) + 30;
    server
        .chains()
        .add(
            day,
            expiry,
            List.of(
                SampleChains.observation(24_500, Side.CALL, time, 24_500, 750, 75, 0.14),
                SampleChains.observation(24_550, Side.CALL, time, 24_500, 750, 75, 0.14)));
  }

  @Test
  void newTradingDay_sendsItsChainsWithANumber() {
    try (SampleServer server = SampleServer.start();
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("a", "'symbol':'NIFTY50','expiry':['2025-04-30','2025-05-29']");
      client.next("snapshot");
      add(server, NEXT_DAY, SampleChains.SECOND);
      server.clock().advance(Duration.ofDays(3));
      JsonNode snapshot = client.next("snapshot");
      assertThat(snapshot.get("sequence").asInt()).isEqualTo(1);
      assertThat(snapshot.get("reason").asText()).isEqualTo("new_day");
      assertThat(snapshot.get("trading_day").asText()).isEqualTo("2025-04-28");
      assertThat(snapshot.get("chains").findValuesAsText("expiry"))
          .as("the day before had both")
          .containsExactly("2025-04-30", "2025-05-29");
      assertThat(snapshot.at("/chains/1/strikes")).isEmpty();
      add(server, NEXT_DAY.plusDays(1), SampleChains.SECOND);
      server.clock().advance(Duration.ofDays(1));
      JsonNode second = client.next("snapshot");
      assertThat(second.get("trading_day").asText()).isEqualTo("2025-04-29");
      assertThat(second.get("chains").size()).isEqualTo(1);
      assertThat(second.at("/missing/0").asText()).isEqualTo("2025-05-29");
    }
  }

  @Test
  void label_thatMeansAnotherExpiry_sendsItsChainWithANumber() {
    try (SampleServer server = SampleServer.start();
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("a", "'symbol':'NIFTY50','expiry':'NWeek+1'");
      assertThat(client.next("snapshot").at("/chains/0/expiry").asText()).isEqualTo("2025-05-29");
      LocalDate between = LocalDate.of(2025, 5, 8);
      add(server, SampleChains.FRIDAY, between);
      JsonNode snapshot = client.next("snapshot");
      assertThat(snapshot.get("reason").asText()).isEqualTo("rolled");
      assertThat(snapshot.get("sequence").asInt()).isEqualTo(1);
      assertThat(snapshot.at("/chains/0/expiry").asText()).isEqualTo("2025-05-08");
    }
  }
}
