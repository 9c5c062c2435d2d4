package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventStreamTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void events_areTheMessagesOfTheWebSocket() {
    try (SampleServer server = SampleServer.start();
        StreamClient socket = StreamClient.connect(server.client());
        EventsClient events =
            new EventsClient(
                server.client(),
                "symbol=NIFTY50&expiry=NWeek%2B0&max_level=1&measure=iv&measure=oi")) {
      JsonNode mine =
          socket.subscribe("a", "'symbol':'NIFTY50','max_level':1,'measure':['iv','oi']");
      JsonNode its = events.next().json();
      assertThat(its.get("type").asText()).isEqualTo("subscribed");
      assertThat(its.get("topic")).isEqualTo(mine.get("topic"));
      String epoch = its.get("epoch").asText();
      EventsClient.Event snapshot = events.next();
      assertThat(snapshot.id()).isEqualTo(epoch + ":0");
      assertThat(snapshot.text()).isEqualTo(socket.nextText());
      for (int number = 1; number <= 3; number++) {
        StreamFixture.addCall(server, 19 + number, 24_500, 75 * number);
        EventsClient.Event delta = events.next();
        assertThat(delta.id()).isEqualTo(epoch + ":" + number);
        assertThat(delta.text()).isEqualTo(socket.nextText());
      }
    }
  }

  @Test
  void lastEventId_resumesBehindIt() {
    try (SampleServer server = SampleServer.start()) {
      String id;
      try (EventsClient events = new EventsClient(server.client(), "symbol=NIFTY50&measure=oi")) {
        events.next();
        id = events.next().id();
      }
      StreamFixture.addCall(server, 20, 24_500, 75);
      try (EventsClient events =
          new EventsClient(server.client(), "symbol=NIFTY50&measure=oi", "Last-Event-ID", id)) {
        assertThat(events.next().json().get("resumed").asBoolean()).isTrue();
        assertThat(events.next().json().get("sequence").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void quietStream_getsCommentsForHeartbeats() {
    StreamConfig config = StreamFixture.config(Duration.ofMillis(200), LONG, LONG, 64, 10);
    try (SampleServer server = SampleServer.start(config);
        EventsClient events = new EventsClient(server.client(), "symbol=NIFTY50")) {
      String before = events.next().text();
      for (int i = 0; i < 100 && !before.contains("\"type\":\"snapshot\""); i++) {
        before = events.next().text(); // a slow start may bring a heartbeat before it
      }
      assertThat(before).contains("\"type\":\"snapshot\"");
      assertThat(events.next().text()).startsWith(": {\"type\":\"heartbeat\"");
    }
  }

  @Test
  void serverThatStops_endsTheEvents() {
    SampleServer server = SampleServer.start();
    try (EventsClient events = new EventsClient(server.client(), "symbol=NIFTY50")) {
      events.next();
      events.next();
      server.close();
      assertThatEnds(events);
    }
  }

  private static void assertThatEnds(EventsClient events) {
    assertThatThrownBy(events::next)
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the stream has ended");
  }

  @Test
  void head_ofTheEvents_endsAtOnce() {
    HttpResponse<String> answer =
        SampleServer.shared().client().send("HEAD", "/fo/stream/events?symbol=NIFTY50");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
  }

  @ParameterizedTest
  @CsvSource({
    "symbol=NIFTY50&measure=x, 400, measure",
    "symbol=NIFTY50&expiry=NWeek%2B9, 400, expiry",
    "symbol=NIFTY50&measures=iv, 400, measures",
    "symbol=X9, 404, symbol",
    "expiry=NWeek%2B0, 400, symbol",
  })
  void request_thatCannotBe_isAProblemDocument(String query, int status, String parameter) {
    JsonNode problem = SampleServer.shared().client().problem("/fo/stream/events?" + query);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("parameter").asText()).isEqualTo(parameter);
  }

  @Test
  void lastEventId_thatIsNone_isAProblem() {
    HttpResponse<String> answer =
        SampleServer.shared()
            .client()
            .get("/fo/stream/events?symbol=NIFTY50", "Last-Event-ID", "yesterday");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Last-Event-ID");
  }
}
