package io.strikegrid.server.stream;

import org.jspecify.annotations.Nullable;

/** That one subscriber follows one topic. What it counts is guarded by the subscriber's outbox. */
final class Subscription {

  private final String id;
  private final Subscriber subscriber;
  private final Topic topic;
  private long queued;
  private @Nullable Long handedOver;
  private boolean ended;

  /**
   * A subscription that nothing was sent for.
   *
   * @param id the client's own name of it
   * @param from the number that the client has, where it resumes
   * @param queued the number that what comes first stands for
   */
  Subscription(String id, Subscriber subscriber, Topic topic, @Nullable Long from, long queued) {
    this.id = id;
    this.subscriber = subscriber;
    this.topic = topic;
    this.handedOver = from;
    this.queued = queued;
  }

  String id() {
    return id;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  Topic topic() {
    return topic;
  }

  /** The newest number that waits for the client, or was handed over. */
  long queued() {
    return queued;
  }

  void queued(StreamMessage message) {
    queued = message.sequence();
  }

  /** The newest number that the connection took; null where there is none to resume from. */
  @Nullable Long handedOver() {
    return handedOver;
  }

  void handedOver(StreamMessage message) {
    handedOver = message.sequence();
  }

  boolean hasEnded() {
    return ended;
  }

  void end() {
    ended = true;
  }
}
