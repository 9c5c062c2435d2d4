package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.SampleServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StreamTest {

  private final SampleServer server = SampleServer.start();
  private final StreamClient client = StreamClient.connect(server.client());

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static JsonNode bucket(JsonNode delta, int number) {
    return delta.at("/chains/0/buckets/" + number);
  }

  @Test
  void subscribe_first_saysWhatItIsAndSendsTheChain() {
    JsonNode answer =
        client.subscribe("a", "'symbol':'nifty 50','expiry':'NWeek+0','measure':['oi','iv']");
    assertThat(answer.get("id").asText()).isEqualTo("a");
    assertThat(answer.get("sequence").asInt()).isZero();
    assertThat(answer.get("resumed").asBoolean()).isFalse();
    assertThat(answer.at("/subscription/symbol").asText()).isEqualTo("NIFTY50");
    assertThat(answer.at("/subscription/measure").toString()).isEqualTo("[\"iv\",\"oi\"]");
    JsonNode snapshot = client.next("snapshot");
    assertThat(snapshot.get("topic")).isEqualTo(answer.get("topic"));
    assertThat(snapshot.get("epoch")).isEqualTo(answer.get("epoch"));
    assertThat(snapshot.get("reason").asText()).isEqualTo("subscribed");
    assertThat(snapshot.get("trading_day").asText()).isEqualTo("2025-04-25");
    ChainMirror mirror = new ChainMirror();
    client.send("{'type':'unsubscribe','id':'a'}");
    client.next("unsubscribed");
    client.subscribe("b", "'symbol':'NIFTY50','expiry':['NWeek+0','2025-05-29']");
    mirror.take(client.next("snapshot"));
    assertThat(mirror.chains()).containsOnlyKeys("2025-04-30", "2025-05-29");
    RestChain.assertSame(server.client(), mirror, "1min", "", "first");
  }

  @Test
  void newMinute_committed_comesAsOneDelta() {
    client.subscribe("a", "'symbol':'NIFTY50','measure':'oi'");
    client.next("snapshot");
    StreamFixture.addCall(server, 20, 24_500, 4_500);
    JsonNode delta = client.next("delta");
    assertThat(delta.get("sequence").asInt()).isEqualTo(1);
    assertThat(delta.at("/chains").size()).isEqualTo(1);
    assertThat(delta.at("/chains/0/buckets").size()).isEqualTo(1);
    JsonNode bucket = bucket(delta, 0);
    assertThat(bucket.get("bucket_time").asLong()).isEqualTo(StreamFixture.minute(20));
    assertThat(bucket.get("whole").asBoolean()).isTrue();
    assertThat(bucket.at("/strikes/2/call").toString()).isEqualTo("{\"oi\":4500}");
    assertThat(bucket.at("/strikes/1/call/carried").asBoolean()).isTrue();
    assertThat(bucket.at("/strikes/1/call/oi").asInt()).isEqualTo(20_000 + 75 * 19);
  }

  @Test
  void correction_ofAnEarlierMinute_comesWithThatMinute() {
    client.subscribe("a", "'symbol':'NIFTY50','measure':'oi','strike':[24500]");
    client.next("snapshot");
    StreamFixture.addCall(server, 5, 24_500, 999_975);
    JsonNode delta = client.next("delta");
    JsonNode bucket = bucket(delta, 0);
    assertThat(bucket.get("bucket_time").asLong()).isEqualTo(StreamFixture.minute(5));
    assertThat(bucket.get("whole").asBoolean()).isFalse();
    assertThat(bucket.at("/strikes/0/call/oi").asInt()).isEqualTo(999_975);
    assertThat(delta.at("/chains/0/known").size()).isZero();
  }

  @Test
  void rollup_atEachMinute_comesAsADeltaOfItsBucket() {
    client.subscribe("a", "'symbol':'NIFTY50','timeframe':'5min','measure':'oi','level':0");
    client.next("snapshot");
    for (int minute = 20; minute < 23; minute++) {
      StreamFixture.addCall(server, minute, 24_500, 4_500 + 75 * minute);
      JsonNode bucket = bucket(client.next("delta"), 0);
      assertThat(bucket.get("bucket_time").asLong()).isEqualTo(StreamFixture.minute(20));
      assertThat(bucket.at("/strikes/0/call/oi").asInt()).isEqualTo(4_500 + 75 * minute);
    }
    StreamFixture.addCall(server, 2, 24_500, 8_475);
    assertThat(bucket(client.next("delta"), 0).get("bucket_time").asLong())
        .isEqualTo(StreamFixture.minute(0));
  }

  @Test
  void rollup_thatBeganBefore_comesWhole() {
    StreamFixture.addCall(server, 20, 24_500, 4_500);
    client.subscribe("a", "'symbol':'NIFTY50','timeframe':'5min','measure':'oi'");
    client.next("snapshot");
    StreamFixture.addCall(server, 21, 24_450, 7_500);
    JsonNode bucket = bucket(client.next("delta"), 0);
    assertThat(bucket.get("whole").asBoolean()).isTrue();
    assertThat(bucket.at("/strikes").findValuesAsText("strike")).contains("24450", "24500");
    assertThat(bucket.at("/strikes/2/call/oi").asInt()).isEqualTo(4_500);
    StreamFixture.addCall(server, 2, 24_500, 8_475);
    assertThat(bucket(client.next("delta"), 0).get("whole").asBoolean()).isFalse();
  }

  @Test
  void otherProcess_commits_comesAsADelta() {
    client.subscribe("a", "'symbol':'NIFTY50','measure':'oi'");
    client.next("snapshot");
    server
        .chainsOf(server.another())
        .add(
            io.strikegrid.server.SampleChains.FRIDAY,
            io.strikegrid.server.SampleChains.SECOND,
            List.of(StreamFixture.call(21, 24_500, 7_500)));
    assertThat(bucket(client.next("delta"), 0).get("bucket_time").asLong())
        .isEqualTo(StreamFixture.minute(21));
  }

  @Test
  void change_ofWhatWasNotAskedFor_comesNot() {
    client.subscribe("a", "'symbol':'NIFTY50','measure':'bid','strike':24400");
    client.next("snapshot");
    StreamFixture.addCall(server, 5, 24_500, 999_975); // the figures of the chain change with it
    JsonNode delta = client.next("delta");
    assertThat(bucket(delta, 0).get("strikes").size()).isZero();
    assertThat(bucket(delta, 0).get("call_oi").asInt()).isGreaterThan(999_975);
  }

  @Test
  void unsubscribe_sendsNothingMore() {
    client.subscribe("a", "'symbol':'NIFTY50'");
    client.next("snapshot");
    client.send("{'type':'unsubscribe','id':'a'}");
    assertThat(client.next("unsubscribed").get("id").asText()).isEqualTo("a");
    StreamFixture.addCall(server, 20, 24_500, 4_500);
    try (StreamClient other = StreamClient.connect(server.client())) {
      other.subscribe("x", "'symbol':'NIFTY50'");
      assertThat(other.next("snapshot").get("sequence").asInt()).isEqualTo(1);
    }
    client.send("{'type':'ping','id':'p'}");
    JsonNode pong = client.next("pong");
    assertThat(pong.get("id").asText()).isEqualTo("p");
    assertThat(pong.get("time").asLong()).isEqualTo(server.clock().instant().getEpochSecond());
  }

  @Test
  void sameQuery_ofTwo_isOneTopicAndOneMessage() {
    try (StreamClient other = StreamClient.connect(server.client())) {
      JsonNode mine = client.subscribe("a", "'symbol':'NIFTY50','measure':['iv','oi']");
      JsonNode its =
          other.subscribe(
              "b", "'symbol':'nifty','expiry':'NWeek+0','measure':['oi','iv'],'timeframe':'1min'");
      assertThat(its.get("topic")).isEqualTo(mine.get("topic"));
      assertThat(its.get("epoch")).isEqualTo(mine.get("epoch"));
      assertThat(client.nextText()).isEqualTo(other.nextText());
      StreamFixture.addCall(server, 20, 24_500, 4_500);
      assertThat(client.nextText()).isEqualTo(other.nextText());
    }
  }

  @Test
  void subscriptions_ofSeveralSymbols_goTheirOwnWays() {
    JsonNode nifty = client.subscribe("n", "'symbol':'NIFTY50'");
    client.next("snapshot");
    JsonNode bitcoin = client.subscribe("b", "'symbol':'BTC','measure':'oi'");
    assertThat(client.next("snapshot").get("symbol").asText()).isEqualTo("BTC");
    assertThat(bitcoin.get("topic")).isNotEqualTo(nifty.get("topic"));
    StreamFixture.addCall(server, 20, 24_500, 4_500);
    assertThat(client.next("delta").get("topic")).isEqualTo(nifty.get("topic"));
  }

  @Test
  void sequence_overManyMinutesAndFilters_hasNoHole() {
    List<StreamClient> clients = new ArrayList<>();
    List<String> filters =
        List.of("'max_level':1", "'strike':[24400,24600]", "'level':[0,1]", "'option_side':'put'");
    for (int i = 0; i < 8; i++) {
      StreamClient one = StreamClient.connect(server.client());
      clients.add(one);
      one.subscribe("s", "'symbol':'NIFTY50'," + filters.get(i % filters.size()));
      assertThat(one.next("snapshot").get("sequence").asInt()).isZero();
    }
    for (int minute = 20; minute < 50; minute++) {
      StreamFixture.addCall(server, minute, 24_500, 75 * minute);
    }
    for (StreamClient one : clients) {
      long number = 0;
      JsonNode delta;
      do {
        delta = one.next("delta");
        assertThat(delta.get("sequence").asLong()).isEqualTo(++number);
      } while (lastBucket(delta) < StreamFixture.minute(49));
      one.close();
    }
  }

  private static long lastBucket(JsonNode delta) {
    JsonNode buckets = delta.at("/chains/0/buckets");
    return buckets.get(buckets.size() - 1).get("bucket_time").asLong();
  }
}
