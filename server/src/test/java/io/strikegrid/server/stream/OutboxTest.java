package io.strikegrid.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.platform.http.Caller;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.server.view.AskedExpiry;
import io.strikegrid.server.view.Sides;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class OutboxTest {

  private static final StreamConfig.Room ROOM = new StreamConfig.Room(3, 1000);

  private final Line line = new Line();
  private final Outbox outbox = new Outbox(line, ROOM, message -> {}, StreamMemory.usual());
  private final Subscription one = subscription("one");
  private final Subscription other = subscription("other");

  /** A connection that takes a message when it is told to. */
  private static final class Line implements Wire {
    final List<String> sent = new ArrayList<>();
    final Deque<Runnable> taking = new ArrayDeque<>();
    boolean takesAtOnce;
    int closed;

    @Override
    public void send(StreamMessage message, Runnable done) {
      sent.add(new String(message.json(), StandardCharsets.UTF_8));
      if (takesAtOnce) {
        done.run();
      } else {
        taking.add(done);
      }
    }

    void take() {
      taking.remove().run();
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {
      closed = code;
    }

    @Override
    public void drop() {}
  }

  private Subscription subscription(String id) {
    Underlying underlying = MarketCatalog.load(List.of()).find("NIFTY50").orElseThrow();
    StreamQuery query =
        new StreamQuery(
            underlying,
            Timeframe.MIN1,
            List.of(AskedExpiry.NEAREST),
            Sides.BOTH,
            new StrikeFilter.All(),
            Measures.usual());
    Topic.Chains chains = new Topic.Chains(LocalDate.EPOCH, new TreeMap<>(), List.of());
    Subscriber subscriber =
        new Subscriber(
            line,
            outbox,
            StreamConfig.USUAL,
            new Caller("127.0.0.1", Optional.empty(), null),
            true);
    return new Subscription(
        id, subscriber, new Topic(query, chains, ROOM, StreamMemory.usual()), null, 0);
  }

  private static StreamMessage delta(long number) {
    return StreamMessage.numbered(
        "delta", "e", number, OptionalLong.empty(), out -> out.whole("sequence", number));
  }

  @Test
  void put_whileTheConnectionTakesNothing_keepsOrderAndSendsOneAtATime() {
    for (int number = 1; number <= 3; number++) {
      assertThat(outbox.put(one, delta(number))).isTrue();
    }
    assertThat(line.sent).hasSize(1);
    line.take();
    line.take();
    assertThat(line.sent)
        .containsExactly(
            "{\"type\":\"delta\",\"sequence\":1}",
            "{\"type\":\"delta\",\"sequence\":2}",
            "{\"type\":\"delta\",\"sequence\":3}");
  }

  @Test
  void put_withoutRoom_cutsThatSubscriptionAndSaysFromWhere() {
    line.takesAtOnce = true;
    outbox.put(one, delta(1));
    line.takesAtOnce = false;
    for (int number = 2; number <= 5; number++) {
      assertThat(outbox.put(one, delta(number))).isTrue();
    }
    assertThat(outbox.put(one, delta(6))).isFalse();
    assertThat(outbox.put(one, delta(7))).isTrue();
    line.take();
    assertThat(line.sent).hasSize(3);
    assertThat(line.sent.getLast()).contains("\"type\":\"cut\"", "\"id\":\"one\"", "\"after\":2");
  }

  @Test
  void put_withoutRoom_leavesWhatWaitsOfOthers() {
    outbox.put(other, delta(1));
    outbox.put(other, delta(2));
    outbox.put(one, delta(1));
    outbox.put(one, delta(2));
    assertThat(outbox.put(one, delta(3))).isFalse();
    line.take();
    assertThat(line.sent.getLast()).isEqualTo("{\"type\":\"delta\",\"sequence\":2}");
    line.take();
    assertThat(line.sent.getLast()).contains("\"type\":\"cut\"", "\"after\":null");
    assertThat(outbox.put(other, delta(3))).isTrue();
  }

  @Test
  void put_ofOneThatIsLargerThanTheRoom_fitsAlone() {
    StreamMessage large =
        StreamMessage.numbered(
            "delta", "e", 1, OptionalLong.empty(), out -> out.text("x", "y".repeat(2000)));
    assertThat(outbox.put(one, large)).isTrue();
    assertThat(outbox.put(one, large)).isTrue();
    assertThat(outbox.put(one, large)).isFalse();
  }

  private static StreamMessage running(int change) {
    return StreamMessage.of("provisional", out -> out.whole("change", change));
  }

  @Test
  void putLatest_whileSomethingWaits_comesOnceThatIsTakenAndTheNewestAlone() {
    outbox.put(one, delta(1));
    outbox.put(other, delta(7));
    outbox.putLatest(one, running(1));
    outbox.putLatest(one, running(2));
    line.take();
    line.take();
    assertThat(line.sent).hasSize(3);
    assertThat(line.sent.getLast()).contains("\"type\":\"provisional\",\"change\":2");
    line.take();
    assertThat(line.sent).hasSize(3);
    outbox.putLatest(one, running(3));
    assertThat(line.sent).hasSize(4);
  }

  @Test
  void putLatest_beforeANumberedOneOfIt_isOver() {
    StreamMemory memory = new StreamMemory(0);
    Outbox counted = new Outbox(line, ROOM, message -> {}, memory);
    counted.put(one, delta(1));
    counted.putLatest(one, running(1));
    counted.putLatest(other, running(1));
    assertThat(memory.isOver()).isTrue();
    counted.put(one, delta(2));
    counted.forget(other);
    line.take();
    line.take();
    assertThat(line.sent).hasSize(2).noneMatch(sent -> sent.contains("provisional"));
    assertThat(memory.isOver()).isFalse();
  }

  @Test
  void forget_dropsWhatWaitsOfIt() {
    outbox.put(one, delta(1));
    outbox.put(one, delta(2));
    outbox.forget(one);
    line.take();
    outbox.put(one, delta(3));
    assertThat(line.sent).hasSize(1);
  }

  @Test
  void tell_toOneThatReadsNothing_findsAnEnd() {
    StreamMessage answer = StreamMessage.of("pong", out -> {});
    int taken = 0;
    while (outbox.tell(answer)) {
      taken++;
    }
    assertThat(taken).isLessThan(20);
  }

  @Test
  void finish_closesOnceEverythingWasTaken() {
    outbox.put(one, delta(1));
    outbox.finish();
    assertThat(line.closed).isZero();
    line.take();
    assertThat(line.closed).isEqualTo(1000);
  }

  @Test
  void manyMessages_takenAtOnce_needNoDeepStack() {
    Outbox roomy =
        new Outbox(
            line,
            new StreamConfig.Room(100_000, 100 << 20),
            message -> {},
            new StreamMemory(Long.MAX_VALUE));
    for (int number = 1; number <= 50_000; number++) {
      roomy.put(one, delta(number));
    }
    line.takesAtOnce = true;
    line.take();
    assertThat(line.sent).hasSize(50_000);
  }
}
