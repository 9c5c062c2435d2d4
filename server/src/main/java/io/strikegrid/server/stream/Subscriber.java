package io.strikegrid.server.stream;

import io.strikegrid.server.platform.http.Caller;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One connection: what it follows, what waits for it, and whether it is still there. Any thread may
 * call.
 */
final class Subscriber {

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Wire wire;
  private final Outbox outbox;
  private final StreamConfig config;
  private final Caller caller;
  private final boolean answers;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
  private volatile long heardAt = System.nanoTime();
  private volatile long closingAt;
  private volatile boolean isClosing;

  /**
   * A connection that follows nothing yet.
   *
   * @param caller whose it is
   * @param answers whether its client can send, and so must
   */
  Subscriber(Wire wire, Outbox outbox, StreamConfig config, Caller caller, boolean answers) {
    this.wire = wire;
    this.outbox = outbox;
    this.config = config;
    this.caller = caller;
    this.answers = answers;
  }

  Caller caller() {
    return caller;
  }

  Outbox outbox() {
    return outbox;
  }

  Collection<Subscription> subscriptions() {
    return subscriptions.values();
  }

  Optional<Subscription> find(String id) {
    return Optional.ofNullable(subscriptions.get(id));
  }

  /**
   * Checks that another subscription may begin.
   *
   * @throws Problem where the name is taken, or there are as many as there may be
   */
  void checkRoom(String id) {
    if (subscriptions.containsKey(id)) {
      throw new Problem(
          ProblemCode.BAD_VALUE,
          "this connection has a subscription " + Problem.shown(id) + " already",
          "id",
          id,
          "a name that no subscription of this connection has");
    }
    if (subscriptions.size() >= config.subscriptions()) {
      throw new Problem(
          ProblemCode.OUT_OF_RANGE,
          "a connection may have " + config.subscriptions() + " subscriptions",
          "id",
          id,
          "at most "
              + config.subscriptions()
              + " subscriptions; unsubscribe one, or connect again");
    }
  }

  void add(Subscription subscription) {
    subscriptions.put(subscription.id(), subscription);
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription.id(), subscription);
  }

  /** Something came from the client. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** Tells the client something; one that reads nothing and asks all the same is let go. */
  void tell(StreamMessage message) {
    if (!outbox.tell(message)) {
      wire.drop();
    }
  }

  /**
   * Looks after the connection: a heartbeat where it is quiet, a ping where the client is, an end
   * where it is gone.
   */
  void lookAfter(long now, long epochSecond) {
    if (isClosing) {
      if (now - closingAt > GOODBYE.toNanos()) {
        wire.drop();
      }
    } else if (!caller.isGood(Instant.ofEpochSecond(epochSecond))) {
      close(WebSocketCodes.TOKEN_ENDED, "the token is no longer good");
    } else if (outbox.isStalled(config.stalled().toNanos(), now)) {
      wire.drop();
    } else if (answers && now - heardAt > config.idle().toNanos()) {
      close(
          WebSocketCodes.IDLE,
          "idle: nothing came for " + config.idle().toMillis() / 1000.0 + " s, not even a ping");
    } else {
      if (answers && now - heardAt > config.idle().toNanos() / 3) {
        wire.ping();
      }
      outbox.beat(config.heartbeat().toNanos(), now, subscriptions(), epochSecond);
    }
  }

  /** Says goodbye. */
  void close(int code, String reason) {
    closingAt = System.nanoTime();
    isClosing = true;
    wire.close(code, reason);
  }
}
