package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProvisionalTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String QUERY = "'symbol':'NIFTY50','measure':'oi','max_level':0";

  @Test
  void runningMinute_comesUnnumberedOnTheNewestNumber() {
    try (SampleServer server = SampleServer.start();
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("a", QUERY);
      client.next("snapshot");
      server.run(StreamFixture.running(20, 777_000, 1));
      JsonNode first = client.next("provisional");
      assertThat(first.get("stands_on").asInt()).isZero();
      assertThat(first.has("sequence")).isFalse();
      JsonNode bucket = first.at("/chains/0/buckets/0");
      assertThat(bucket.get("bucket_time").asLong()).isEqualTo(StreamFixture.minute(20));
      assertThat(bucket.get("strikes").size()).isEqualTo(1);
      assertThat(bucket.at("/strikes/0/strike").asInt()).isEqualTo(24_500);
      assertThat(bucket.at("/strikes/0/call/oi").asInt()).isEqualTo(777_000);
      server.run(StreamFixture.running(20, 778_000, 2));
      assertThat(client.next("provisional").at("/chains/0/buckets/0/strikes/0/call/oi").asInt())
          .isEqualTo(778_000);
      StreamFixture.addCall(server, 20, 24_500, 779_025);
      JsonNode delta = client.next("delta");
      assertThat(delta.get("sequence").asInt()).isEqualTo(1);
      assertThat(delta.at("/chains/0/buckets/0/strikes/0/call/oi").asInt()).isEqualTo(779_025);
    }
  }

  @Test
  void unchangedRunningMinute_comesOnce() {
    Duration often = Duration.ofMillis(150); // six looks at the running minute
    StreamConfig config = StreamFixture.config(often, LONG, LONG, 64, 10);
    try (SampleServer server = SampleServer.start(config);
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("a", QUERY);
      client.next("snapshot");
      server.run(StreamFixture.running(20, 777_000, 1));
      client.next("provisional");
      for (int quiet = 0; quiet < 4; quiet++) {
        JsonNode message = StreamClient.checked(client.nextText());
        assertThat(message.get("type").asText()).isEqualTo("heartbeat");
      }
    }
  }

  @Test
  void rollups_haveNoRunningMinute() {
    try (SampleServer server = SampleServer.start();
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("five", QUERY + ",'timeframe':'5min'");
      client.next("snapshot");
      JsonNode one = client.subscribe("one", QUERY);
      client.next("snapshot");
      server.run(StreamFixture.running(20, 777_000, 1));
      assertThat(client.next("provisional").get("topic")).isEqualTo(one.get("topic"));
      List<Observation> seen = List.of(StreamFixture.call(20, 24_500, 75));
      StreamFixture.add(server, SampleChains.SECOND, seen);
      client.next("delta");
      client.next("delta");
    }
  }
}
