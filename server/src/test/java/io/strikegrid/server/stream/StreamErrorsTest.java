package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.SampleServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // set before all tests
final class StreamErrorsTest {

  private static SampleServer server;
  private final StreamClient client = StreamClient.connect(server.client());

  @BeforeAll
  static void start() {
    server = SampleServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          {'type':'subscribe','id':'a','symbol':'NIFTY50','measure':'vomma'}        | bad_value          | measure     | vomma      | one of price, bid
          {'type':'subscribe','id':'a','symbol':'NIFTY50','timeframe':'1m'}         | bad_value          | timeframe   | 1m         | one of 1min, 5min, 15min
          {'type':'subscribe','id':'a','symbol':'NIFTY50','option_side':'calls'}    | bad_value          | option_side | calls      | one of call, put, both
          {'type':'subscribe','id':'a','symbol':'NIFTY50','expiry':'weekly'}        | bad_value          | expiry      | weekly     | a date as YYYY-MM-DD
          {'type':'subscribe','id':'a','symbol':'NIFTY50','expiry':'NWeek+7'}       | unknown_label      | expiry      | NWeek+7    | NWeek+0, NWeek+1
          {'type':'subscribe','id':'a','symbol':'NIFTY50','expiry':'2025-04-24'}    | unknown_expiry     | expiry      | 2025-04-24 | 2025-04-30, 2025-05-29
          {'type':'subscribe','id':'a','symbol':'NIFTY50','strike':-5}              | out_of_range       | strike      | -5         | a number above 0
          {'type':'subscribe','id':'a','symbol':'NIFTY50','level':[0,501]}          | out_of_range       | level       | 501        | -500 to 500
          {'type':'subscribe','id':'a','symbol':'NIFTY50','max_level':501}          | out_of_range       | max_level   | 501        | 0 to 500
          {'type':'subscribe','id':'a','symbol':'NIFTY50','max_level':1,'level':1}  | not_together       | max_level   | 1          | one of strike, level and max_level
          {'type':'subscribe','id':'a','symbol':'NIFTY50','level':[]}               | bad_value          | level       | []         | not empty
          {'type':'subscribe','id':'a','symbol':'NIFTY50','level':null}             | bad_value          | level       | null       | a text, a number
          {'type':'subscribe','id':'a','symbol':'NIFTY50','level':[1,1]}            | repeated_parameter | level       | 1          | different values
          {'type':'subscribe','id':'a','symbol':'SENSEX99'}                         | unknown_symbol     | symbol      | SENSEX99   | BTC, NIFTY50
          {'type':'subscribe','id':'a','symbol':'BANKNIFTY'}                        | no_data            | symbol      | BANKNIFTY  | BTC, NIFTY50
          {'type':'subscribe','id':'a'}                                             | missing_parameter  | symbol      | -          | a name
          {'type':'subscribe','symbol':'NIFTY50'}                                   | missing_parameter  | id          | -          | a name
          {'type':'subscribe','id':'a','symbol':'NIFTY50','strikes':[24500]}        | unknown_parameter  | strikes     | 24500      | strike, level
          {'type':'subscribe','id':'a','symbol':'NIFTY50','resume':{'after':1}}     | bad_value          | resume      | {"after":1}| epoch
          {'type':'subscribe','id':'a','symbol':'NIFTY50','resume':7}               | bad_value          | resume      | 7          | an object with epoch
          {'type':'unsubscribe','id':'b'}                                           | bad_value          | id          | b          | -
          {'type':'watch'}                                                          | bad_value          | type        | watch      | subscribe, unsubscribe, ping
          {'id':'a'}                                                                | missing_parameter  | type        | -          | one of subscribe
          """)
  void message_thatCannotBeTaken_isAnsweredByNameAndValue(
      String message, String code, String parameter, String value, String allowed) {
    client.send(message);
    JsonNode error = client.next("error");
    assertThat(error.get("code").asText()).isEqualTo(code);
    assertThat(error.get("parameter").asText()).isEqualTo(parameter);
    assertThat(error.get("value").isNull() ? null : error.get("value").asText()).isEqualTo(value);
    if (allowed != null) {
      assertThat(error.get("allowed").asText()).contains(allowed);
    }
    client.send("{'type':'ping'}");
    client.next("pong");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"ping"
          nonsense
          []
          "text"
          {"type":"ping","type":"ping"}
          {"type":"ping"} {"type":"ping"}
          {"type":"ping","id":}
          """)
  void text_thatIsNoJsonObject_isAnsweredAndTheConnectionLivesOn(String message) {
    client.sendText(message);
    JsonNode error = client.next("error");
    assertThat(error.get("code").asText()).isEqualTo("bad_value");
    assertThat(error.get("detail").asText()).contains("one JSON object");
    assertThat(error.get("value").asText()).isEqualTo(message);
    client.send("{'type':'ping'}");
    client.next("pong");
  }

  @Test
  void subscribe_againUnderTheSameName_isRefused() {
    client.subscribe("a", "'symbol':'NIFTY50'");
    client.next("snapshot");
    client.send("{'type':'subscribe','id':'a','symbol':'NIFTY50','timeframe':'5min'}");
    assertThat(client.next("error").get("parameter").asText()).isEqualTo("id");
    client.send("{'type':'subscribe','id':'b','symbol':'NIFTY 50'}");
    assertThat(client.next("error").get("detail").asText()).contains("a of this connection");
  }

  @Test
  void subscriptions_beyondTheMost_areRefused() {
    for (int level = 0; level < StreamConfig.USUAL.subscriptions(); level++) {
      client.subscribe("s" + level, "'symbol':'NIFTY50','max_level':" + level);
      client.next("snapshot");
    }
    client.send("{'type':'subscribe','id':'x','symbol':'NIFTY50','max_level':99}");
    JsonNode error = client.next("error");
    assertThat(error.get("code").asText()).isEqualTo("out_of_range");
    assertThat(error.get("id").asText()).isEqualTo("x");
  }

  @Test
  void message_thatIsTooLong_closesWithTheBound() {
    client.sendText("{\"type\":\"ping\",\"id\":\"" + "x".repeat(17_000) + "\"}");
    assertThat(client.closed())
        .isEqualTo(new StreamClient.Closed(1009, "a message must be at most 16384 bytes long"));
  }

  @Test
  void message_thatIsBinary_closesWithAReason() {
    client.sendBinary();
    assertThat(client.closed())
        .isEqualTo(new StreamClient.Closed(1003, "messages must be text; have a binary one"));
  }

  @Test
  void subscribe_toMorePagesThanMayBeInMemory_isToldToComeAgain() {
    try (SampleServer small = SampleServer.start(1);
        StreamClient follower = StreamClient.connect(small.client())) {
      follower.subscribe("a", "'symbol':'NIFTY50'");
      follower.next("snapshot");
      follower.send("{'type':'subscribe','id':'b','symbol':'NIFTY50','timeframe':'5min'}");
      JsonNode error = follower.next("error");
      assertThat(error.get("code").asText()).isEqualTo("not_ready");
      assertThat(error.get("detail").asText()).contains("as many pages as may be");
      follower.subscribe("c", "'symbol':'NIFTY50','option_side':'put'");
    }
  }
}
