package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.SampleServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SlowReaderTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final int REPEATS = 10;

  /** To a subscription that ends at once: that it begins, the snapshot, and that it ended. */
  private static final int ANSWERS = 3;

  private static final String QUERY = "'symbol':'NIFTY50','measure':'oi'";

  @Test
  void slowReader_isCutAndToldAndGoesOnWithoutAHole() throws InterruptedException {
    StreamConfig config = StreamFixture.config(LONG, LONG, LONG, 100, 99);
    try (SampleServer server = SampleServer.start(config);
        StreamClient slow = StreamClient.silent(server.client());
        StreamClient other = StreamClient.connect(server.client())) {
      slow.send("{'type':'subscribe','id':'s'," + QUERY + "}");
      other.subscribe("o", QUERY);
      other.next("snapshot");
      flood(server, slow);
      int minute = StreamFixture.MINUTES;
      double before = cuts(server);
      while (cuts(server) == before) {
        StreamFixture.addCall(server, minute++, 24_500, 75 * minute);
        other.next("delta");
      }
      slow.read();
      JsonNode cut = slow.nextOf("cut");
      while (!cut.get("id").asText().equals("s")) {
        cut = slow.nextOf("cut");
      }
      resume(slow, cut);
      slow.send("{'type':'ping','id':'after'}");
      JsonNode message = slow.next();
      while (!message.path("id").asText().equals("after")) {
        message = slow.next();
      }
    }
  }

  /** Has so much sent to a client that reads nothing that its connection takes no more. */
  private static void flood(SampleServer server, StreamClient slow) throws InterruptedException {
    double before;
    do {
      before = sent(server);
      for (int i = 0; i < REPEATS; i++) {
        slow.send(
            "{'type':'subscribe','id':'f','symbol':'NIFTY50','expiry':['NWeek+0','NWeek+1']}");
        slow.send("{'type':'unsubscribe','id':'f'}");
      }
    } while (areTaken(server, before + REPEATS * ANSWERS));
  }

  /** Whether so many messages are taken; not so once none has been for a while. */
  private static boolean areTaken(SampleServer server, double wanted) throws InterruptedException {
    double before = -1;
    long since = System.nanoTime();
    while (System.nanoTime() - since < QUIET.toNanos()) {
      double sent = sent(server);
      if (sent >= wanted) {
        return true;
      }
      if (sent != before) {
        before = sent;
        since = System.nanoTime();
      }
      Thread.sleep(5);
    }
    return false;
  }

  private static double cuts(SampleServer server) {
    return server.registry().get("strikegrid.stream.cuts").counter().count();
  }

  private static double sent(SampleServer server) {
    return server.registry().find("strikegrid.stream.messages").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static void resume(StreamClient slow, JsonNode cut) {
    slow.send(
        "{'type':'subscribe','id':'again',%s,'resume':{'epoch':'%s','after':%d}}"
            .formatted(QUERY, cut.get("epoch").asText(), cut.get("after").asLong()));
    JsonNode message = slow.next();
    while (!message.path("id").asText().equals("again")) {
      message = slow.next();
    }
    assertThat(message.get("type").asText()).isEqualTo("subscribed");
    assertThat(message.get("resumed").asBoolean()).isTrue();
    long number = cut.get("after").asLong();
    assertThat(slow.next("delta").get("sequence").asLong()).isEqualTo(number + 1);
  }
}
