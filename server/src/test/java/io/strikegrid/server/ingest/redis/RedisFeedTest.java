package io.strikegrid.server.ingest.redis;

import static io.strikegrid.server.ingest.redis.RunningFeed.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.TestRedis;
import io.strikegrid.server.live.RecordingSink;
import io.strikegrid.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisFeedTest {

  private static final String STREAM = "ticks";
  private static final String DEAD = "ticks:dead";

  private final TestDatabase store = TestDatabase.create();
  private final TestRedis redis = TestRedis.start();

  @AfterAll
  void close() {
    redis.close();
    store.close();
  }

  @BeforeEach
  void empty() {
    redis.commands().flushall();
  }

  private RunningFeed feed() {
    return feed("one");
  }

  private RunningFeed feed(String consumer) {
    return new RunningFeed(redis, store.database(), STREAM, consumer);
  }

  private RunningFeed feed(RecordingSink sink) {
    return new RunningFeed(redis.url(), store.database(), STREAM, "one", sink);
  }

  private void add(double... prices) {
    for (double price : prices) {
      redis.commands().xadd(STREAM, tick(price));
    }
  }

  private long pending() {
    return redis.commands().xpending(STREAM, RedisStream.GROUP).getCount();
  }

  private List<StreamMessage<String, String>> dead() {
    return redis.commands().xrange(DEAD, Range.unbounded());
  }

  private static double[] numbers(int from, int to) {
    return DoubleStream.iterate(from, n -> n < to, n -> n + 1).toArray();
  }

  private static List<Double> list(double[] numbers) {
    return DoubleStream.of(numbers).boxed().toList();
  }

  @Test
  void entry_receiptHeld_isNotAcknowledgedUntilItIsReleased() {
    try (RunningFeed feed = feed()) {
      add(1, 2, 3);
      feed.awaitTicks(3);
      add(4);
      feed.awaitTicks(4); // it went round again
      assertThat(pending()).isEqualTo(4);

      feed.sink().commit(2);
      Await.until("two acknowledged", () -> pending() == 2);
      feed.sink().commit();
      Await.until("all acknowledged", () -> pending() == 0);
      assertThat(feed.sink().prices()).containsExactly(1.0, 2.0, 3.0, 4.0);
      assertThat(feed.feed().messages()).isEqualTo(4);
      assertThat(feed.feed().isConnected()).isTrue();
    }
  }

  @Test
  void restart_unacknowledgedEntries_comeAgainInOrderAndBeforeNewOnes() {
    double[] before = numbers(0, 1200);
    add(before);
    try (RunningFeed feed = feed()) {
      feed.awaitTicks(1200);
      feed.sink().commit(100);
      Await.until("100 acknowledged", () -> pending() == 1100);
    }
    add(5000);
    try (RunningFeed feed = feed()) {
      feed.awaitTicks(1101);
      List<Double> expected = new ArrayList<>(list(numbers(100, 1200)));
      expected.add(5000.0);
      assertThat(feed.sink().prices()).isEqualTo(expected);
    }
  }

  @Test
  void start_entriesHandedToAnotherConsumer_areTakenOver() {
    add(numbers(0, 700));
    redis.commands().xgroupCreate(StreamOffset.from(STREAM, "0"), RedisStream.GROUP);
    handOut("gone");

    try (RunningFeed feed = feed("two")) {
      feed.sink().commitAtOnce();
      Await.until("all acknowledged", () -> feed.sink().ticks().size() == 700 && pending() == 0);
      assertThat(feed.sink().prices()).isEqualTo(list(numbers(0, 700)));
    }
  }

  @SuppressWarnings("unchecked") // an array of generic type for the one stream
  private void handOut(String consumer) {
    redis
        .commands()
        .xreadgroup(Consumer.from(RedisStream.GROUP, consumer), StreamOffset.lastConsumed(STREAM));
  }

  @Test
  void entry_malformed_isOneDeadLetterAndTheNextGoOn() {
    try (RunningFeed feed = feed()) {
      feed.sink().commitAtOnce();
      add(1);
      Map<String, String> bad = tick(2);
      bad.put("symbol", "NONE");
      bad.put("code", "mine");
      String id = redis.commands().xadd(STREAM, bad);
      add(3);
      feed.awaitTicks(2);
      Await.until("all acknowledged", () -> pending() == 0);

      assertThat(feed.sink().prices()).containsExactly(1.0, 3.0);
      assertThat(feed.feed().refused()).isEqualTo(1);
      assertThat(dead()).hasSize(1);
      assertThat(dead().getFirst().getBody())
          .containsEntry("id", id)
          .containsEntry("code", "unknown_symbol")
          .containsEntry("original.code", "mine")
          .containsEntry("symbol", "NONE")
          .containsEntry("price", "2.0");
      assertThat(dead().getFirst().getBody().get("reason")).contains("symbol").contains("NONE");
    }
  }

  @Test
  void entries_allKindsOfMalformed_areDeadLettersEach() {
    List<Map<String, String>> bad =
        List.of(
            Map.of("x", "y"),
            Map.of("ticks", ""),
            Map.of("ticks", "[]"),
            Map.of("ticks", "[{\"symbol\":"),
            Map.of("ticks", "[1"),
            Map.of("ticks", "[{}] []"),
            Map.of("ticks", "{}"),
            Map.of("ticks", "[".repeat(5000)),
            Map.of("ticks", "\u0000"),
            Map.of("", ""));
    bad.forEach(fields -> redis.commands().xadd(STREAM, fields));
    add(1);
    try (RunningFeed feed = feed()) {
      feed.sink().commitAtOnce();
      feed.awaitTicks(1);
      Await.until("all acknowledged", () -> pending() == 0);

      assertThat(feed.feed().refused()).isEqualTo(bad.size());
      assertThat(dead()).hasSize(bad.size());
      assertThat(feed.feed().reconnects()).isZero();
    }
  }

  @Test
  void batch_goodAndBadTicks_keepsTheGoodInOrder() {
    String batch =
        """
        [{"symbol":"NIFTY50","expiry":"2025-04-30","strike":24500,"side":"put","time":1745554800,"price":0.1},
         7, {"symbol":"NIFTY50","price":{"a":1}}, {"symbol":"NONE"},
         {"symbol":"NIFTY50","expiry":"2025-04-30","strike":24500,"side":"put","time":1745554801,"price":12345.6789012345,"iv":null}]
        """;
    String id = redis.commands().xadd(STREAM, Map.of("ticks", batch));
    try (RunningFeed feed = feed()) {
      feed.awaitTicks(2);
      assertThat(feed.sink().prices()).containsExactly(0.1, 12345.6789012345);
      assertThat(dead()).extracting(d -> d.getBody().get("index")).containsExactly("1", "2", "3");
      assertThat(dead()).allSatisfy(d -> assertThat(d.getBody()).containsEntry("id", id));
      assertThat(pending()).isEqualTo(1);
      feed.sink().commit();
      Await.until("acknowledged", () -> pending() == 0);
      assertThat(feed.feed().messages()).isEqualTo(1);
      assertThat(feed.feed().ticks()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "another"})
  void entry_trimmedBeforeItWasTakenAgain_isADeadLetter(String consumer) {
    add(1, 2);
    try (RunningFeed feed = feed()) {
      feed.awaitTicks(2);
    }
    redis.commands().xtrim(STREAM, 0);
    add(3);
    try (RunningFeed feed = feed(consumer)) {
      feed.sink().commitAtOnce();
      feed.awaitTicks(1);
      Await.until("all acknowledged", () -> pending() == 0);
      assertThat(feed.sink().prices()).containsExactly(3.0);
      assertThat(dead())
          .extracting(d -> d.getBody().get("code"))
          .containsOnly("trimmed")
          .hasSize(2);
    }
  }

  @Test
  void stream_thatIsSomethingElse_isSaidAndTriedAgain() {
    redis.commands().set(STREAM, "a text");
    try (RunningFeed feed = feed()) {
      Await.until("said why", () -> feed.feed().trouble().isPresent());
      assertThat(feed.feed().trouble().orElseThrow()).contains("WRONGTYPE");
      redis.commands().del(STREAM);
      add(1);
      feed.awaitTicks(1);
      assertThat(feed.feed().isConnected()).isTrue();
    }
  }

  @Test
  void redis_thatHangs_isNoticedAndDoesNotKeepTheFeedFromStopping() {
    RunningFeed feed = feed();
    add(1);
    feed.awaitTicks(1);
    redis.freeze();
    try {
      Await.until("noticed", () -> !feed.feed().isConnected());
      feed.close();
      assertThat(RunningFeed.isAnyAlive()).isFalse();
    } finally {
      redis.thaw();
    }
  }

  @Test
  void close_feedInUse_leavesNoThread() {
    add(numbers(0, 100));
    RunningFeed feed = feed();
    feed.awaitTicks(100);
    assertThat(RunningFeed.isAnyAlive()).isTrue();

    feed.close();

    assertThat(RunningFeed.isAnyAlive()).isFalse();
  }

  @Test
  void redis_stoppedAndStartedAgain_feedRecoversAndNothingIsLost() {
    try (RunningFeed feed = feed()) {
      add(numbers(0, 300));
      feed.awaitTicks(300);
      redis.stop();
      Await.until("noticed", () -> !feed.feed().isConnected());
      assertThat(feed.feed().trouble().orElseThrow()).contains("127.0.0.1");
      feed.sink().commitAtOnce();
      redis.startAgain();
      add(numbers(300, 600));
      feed.awaitTicks(600);
      Await.until("all acknowledged", () -> pending() == 0);

      assertThat(feed.sink().prices()).isEqualTo(list(numbers(0, 600)));
      assertThat(feed.feed().reconnects()).isEqualTo(1);
      assertThat(feed.feed().isConnected()).isTrue();
    }
  }

  @Test
  void group_lostWithAllOfTheData_isMadeAgain() {
    try (RunningFeed feed = feed()) {
      feed.sink().commitAtOnce();
      add(1);
      feed.awaitTicks(1);
      redis.commands().flushall();
      add(2);
      feed.awaitTicks(2);
      assertThat(feed.sink().prices()).containsExactly(1.0, 2.0);
    }
  }

  @Test
  void sink_full_holdsBackAndNothingIsLostOrReordered() {
    add(numbers(0, 700));
    RecordingSink sink = new RecordingSink();
    sink.setRoom(250);
    try (RunningFeed feed = feed(sink)) {
      Await.until("turned away", () -> sink.turnedAway() > 3);
      assertThat(sink.ticks()).hasSize(250);
      long held = pending();
      assertThat(held).isBetween(251L, 500L);
      sink.commit();
      Await.until("acknowledged while it waits", () -> pending() == held - 250);

      sink.setRoom(Integer.MAX_VALUE);
      feed.awaitTicks(700);
      assertThat(sink.prices()).isEqualTo(list(numbers(0, 700)));
    }
  }

  @Test
  void close_whileTheSinkIsFull_leavesTheEntryUnacknowledged() {
    add(numbers(0, 10));
    RecordingSink sink = new RecordingSink();
    sink.setRoom(5);
    try (RunningFeed feed = feed(sink)) {
      Await.until("turned away", () -> sink.turnedAway() > 0);
      sink.commit();
      assertThat(feed.feed().isConnected()).isTrue();
    }
    assertThat(pending()).isEqualTo(5);
  }

  @Test
  void twoFeedsOnOneStore_oneConsumesAndTheLockPassesOn() {
    RunningFeed first = feed("first");
    add(1);
    first.awaitTicks(1);
    try (RunningFeed second = feed("second")) {
      Await.until("told so", () -> second.feed().trouble().isPresent());
      add(2, 3);
      first.awaitTicks(3);
      assertThat(second.feed().isConnected()).isFalse();
      assertThat(second.feed().trouble().orElseThrow()).contains("another server");
      assertThat(second.sink().ticks()).isEmpty();

      first.sink().commit(1);
      Await.until("acknowledged", () -> pending() == 2);
      first.close();
      add(4);
      second.awaitTicks(3);
      assertThat(second.sink().prices()).containsExactly(2.0, 3.0, 4.0);
    }
  }

  @Test
  void lockConnection_killed_isNoticedAndTheLockTakenAgain() {
    try (RunningFeed feed = feed()) {
      add(1);
      feed.awaitTicks(1);
      store
          .database()
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"));
      Await.until("taken again", this::isLocked);
      add(2);
      feed.awaitTicks(2);
      assertThat(feed.sink().prices()).containsExactly(1.0, 2.0);
    }
  }

  private boolean isLocked() {
    return store
        .database()
        .jdbi()
        .withHandle(h ->
            h.select("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory'")
                .mapTo(Boolean.class)
                .one());
  }

  @Test
  void redis_thatIsNotThere_neitherBlocksStartNorStop() {
    try (RunningFeed feed =
        new RunningFeed(
            "redis://someone:secret@127.0.0.1:9",
            store.database(),
            STREAM,
            "one",
            new RecordingSink())) {
      Await.until("said why", () -> feed.feed().trouble().isPresent());
      assertThat(feed.feed().trouble().orElseThrow())
          .contains("redis://127.0.0.1:9")
          .doesNotContain("secret");
    }
  }
}
