package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.SampleServer;
import io.strikegrid.testkit.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamResumeTest {

  private static final String QUERY = "'symbol':'NIFTY50','measure':'oi'";
  private static final Duration LONG = Duration.ofMinutes(5);

  private static SampleServer server(Duration keepTopic, int kept) {
    return SampleServer.start(StreamFixture.config(LONG, LONG, keepTopic, 64, kept));
  }

  /** Follows the topic for so many minutes, and leaves. */
  private static JsonNode follow(SampleServer server, int minutes) {
    try (StreamClient client = StreamClient.connect(server.client())) {
      JsonNode answer = client.subscribe("a", QUERY);
      client.next("snapshot");
      for (int m = 0; m < minutes; m++) {
        StreamFixture.addCall(server, StreamFixture.MINUTES + m, 24_500, 75 * m);
        client.next("delta");
      }
      return answer;
    }
  }

  private static String resume(JsonNode answer, long after) {
    String epoch = answer.get("epoch").asText();
    return QUERY + ",'resume':{'epoch':'" + epoch + "','after':" + after + "}";
  }

  @Test
  void resume_ofWhatIsKept_sendsWhatWasMissedAndNothingElse() {
    try (SampleServer server = server(LONG, 10)) {
      JsonNode first = follow(server, 2);
      for (int m = 2; m < 6; m++) {
        StreamFixture.addCall(server, StreamFixture.MINUTES + m, 24_500, 75 * m);
      }
      try (StreamClient client = StreamClient.connect(server.client())) {
        JsonNode answer = client.subscribe("b", resume(first, 1));
        assertThat(answer.get("resumed").asBoolean()).isTrue();
        assertThat(answer.get("epoch")).isEqualTo(first.get("epoch"));
        assertThat(answer.get("sequence").asInt()).isEqualTo(1);
        long last = 1;
        long bucket = 0;
        while (bucket < StreamFixture.minute(StreamFixture.MINUTES + 5)) {
          JsonNode delta = client.next("delta");
          assertThat(delta.get("sequence").asLong()).isEqualTo(++last);
          JsonNode buckets = delta.at("/chains/0/buckets");
          bucket = buckets.get(buckets.size() - 1).get("bucket_time").asLong();
        }
      }
    }
  }

  @Test
  void resume_atTheNewestNumber_sendsNothingUntilSomethingHappens() {
    try (SampleServer server = server(LONG, 10)) {
      JsonNode first = follow(server, 2);
      try (StreamClient client = StreamClient.connect(server.client())) {
        assertThat(client.subscribe("b", resume(first, 2)).get("resumed").asBoolean()).isTrue();
        StreamFixture.addCall(server, 25, 24_500, 75);
        assertThat(client.next("delta").get("sequence").asInt()).isEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, too_old", "9, unknown_epoch"})
  void resume_whereItCannotBe_sendsAFreshChainAndSaysWhy(long after, String reason) {
    try (SampleServer server = server(LONG, 3)) {
      JsonNode first = follow(server, 8);
      try (StreamClient client = StreamClient.connect(server.client())) {
        JsonNode answer = client.subscribe("b", resume(first, after));
        assertThat(answer.get("resumed").asBoolean()).isFalse();
        assertThat(answer.get("sequence").asInt()).isEqualTo(8);
        JsonNode snapshot = client.next("snapshot");
        assertThat(snapshot.get("reason").asText()).isEqualTo(reason);
        assertThat(snapshot.get("sequence").asInt()).isEqualTo(8);
      }
    }
  }

  @Test
  void resume_ofAnotherEpoch_sendsAFreshChainAndSaysWhy() {
    try (SampleServer server = server(LONG, 10);
        StreamClient client = StreamClient.connect(server.client())) {
      client.subscribe("b", QUERY + ",'resume':{'epoch':'0123456789abcdef','after':0}");
      assertThat(client.next("snapshot").get("reason").asText()).isEqualTo("unknown_epoch");
    }
  }

  @Test
  void topic_unusedForLong_isForgottenWithItsEpoch() throws InterruptedException {
    try (SampleServer server = server(Duration.ofMillis(1), 10)) {
      JsonNode first = follow(server, 1);
      Await.until(
          "the topic is forgotten",
          () -> server.registry().get("strikegrid.stream.topics").gauge().value() == 0);
      try (StreamClient client = StreamClient.connect(server.client())) {
        JsonNode answer = client.subscribe("b", resume(first, 1));
        assertThat(answer.get("epoch")).isNotEqualTo(first.get("epoch"));
        assertThat(client.next("snapshot").get("reason").asText()).isEqualTo("unknown_epoch");
      }
    }
  }
}
