package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Gauge;
import io.strikegrid.server.SampleServer;
import io.strikegrid.testkit.Await;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class ConnectionTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void quietConnection_getsHeartbeatsWithTheNewestNumbers() {
    StreamConfig config = StreamFixture.config(Duration.ofMillis(200), LONG, LONG, 64, 10);
    try (SampleServer server = SampleServer.start(config);
        StreamClient client = StreamClient.connect(server.client())) {
      JsonNode empty = client.nextOf("heartbeat");
      assertThat(empty.get("time").asLong()).isEqualTo(server.clock().instant().getEpochSecond());
      assertThat(empty.get("topics").size()).isZero();
      JsonNode answer = client.subscribe("a", "'symbol':'NIFTY50','measure':'oi'");
      client.next("snapshot");
      StreamFixture.addCall(server, 20, 24_500, 75);
      client.next("delta");
      JsonNode topic = client.nextOf("heartbeat").at("/topics/0");
      assertThat(topic.get("topic")).isEqualTo(answer.get("topic"));
      assertThat(topic.get("epoch")).isEqualTo(answer.get("epoch"));
      assertThat(topic.get("sequence").asInt()).isEqualTo(1);
    }
  }

  @Test
  void silentClient_isClosedWithAReason() {
    StreamConfig config = StreamFixture.config(LONG, Duration.ofMillis(600), LONG, 64, 10);
    try (SampleServer server = SampleServer.start(config);
        RawClient client = RawClient.connect(server.client())) {
      RawClient.Frame close = client.nextFrame(RawClient.CLOSE);
      assertThat(close.closeCode()).isEqualTo(WebSocketCodes.IDLE);
      assertThat(close.closeReason()).startsWith("idle: nothing came for 0.6 s");
    }
  }

  @Test
  void clientThatAnswersPings_isKept() {
    StreamConfig config =
        StreamFixture.config(Duration.ofMillis(300), Duration.ofSeconds(3), LONG, 64, 10);
    try (SampleServer server = SampleServer.start(config);
        StreamClient client = StreamClient.connect(server.client())) {
      for (int i = 0; i < 15; i++) { // 4.5 s, longer than a silent client is kept
        client.nextOf("heartbeat");
      }
      client.ping();
      client.send("{'type':'ping'}");
      assertThat(client.next("pong").get("id").isNull()).isTrue();
      assertThat(client.pongs()).isEqualTo(1);
    }
  }

  @Test
  void connections_beyondTheMost_areRefused() throws InterruptedException {
    StreamConfig config = StreamFixture.config(LONG, LONG, LONG, 64, 10);
    try (SampleServer server = SampleServer.start(config)) {
      List<StreamClient> clients = new ArrayList<>();
      for (int i = 0; i < config.connections(); i++) {
        clients.add(StreamClient.connect(server.client()));
      }
      Gauge open = server.registry().get("strikegrid.stream.connections").gauge();
      Await.until("all are counted", () -> open.value() == config.connections());
      assertThatThrownBy(() -> StreamClient.connect(server.client()))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().statusCode()).isEqualTo(503));
      clients.forEach(StreamClient::close);
    }
  }

  @Test
  void serverThatStops_saysGoodbye() {
    SampleServer server = SampleServer.start();
    try (StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("a", "'symbol':'NIFTY50'");
      client.next("snapshot");
      server.close();
      assertThat(client.closed().code()).isEqualTo(WebSocketCodes.STOPPING);
    }
  }

  @Test
  void connection_thatIsGone_leavesNothingBehind() throws InterruptedException {
    StreamConfig config = StreamFixture.config(LONG, LONG, Duration.ofMillis(1), 64, 10);
    try (SampleServer server = SampleServer.start(config)) {
      try (StreamClient client = StreamClient.connect(server.client())) {
        client.subscribe("a", "'symbol':'NIFTY50'");
        client.next("snapshot");
        assertThat(gauge(server, "connections")).isEqualTo(1);
        assertThat(gauge(server, "topics")).isEqualTo(1);
      }
      Await.until(
          "both are gone", () -> gauge(server, "connections") + gauge(server, "topics") == 0);
    }
  }

  private static double gauge(SampleServer server, String name) {
    return server.registry().get("strikegrid.stream." + name).gauge().value();
  }
}
