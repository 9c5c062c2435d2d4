package io.strikegrid.server.stream;

import io.strikegrid.engine.check.Check;
import java.time.Duration;

/**
 * Bounds and intervals of the stream.
 *
 * @param heartbeat after so long without a message the server sends a heartbeat
 * @param idle a client that sent nothing for so long is closed
 * @param stalled a connection that took nothing for so long is closed
 * @param keepTopic a topic without subscribers is kept so long, to be resumed
 * @param provisional least time between two messages about the running minute
 * @param connections most connections at a time
 * @param connectionsPerClient most of them of one address, and of one token
 * @param subscriptions most of them on one connection
 * @param topics most distinct subscriptions at a time
 * @param waiting most messages, and bytes, that may wait for one connection
 * @param kept most messages, and bytes, that a topic keeps to be resumed
 * @param messageBytes longest message of a client, in bytes
 */
public record StreamConfig(
    Duration heartbeat,
    Duration idle,
    Duration stalled,
    Duration keepTopic,
    Duration provisional,
    int connections,
    int connectionsPerClient,
    int subscriptions,
    int topics,
    Room waiting,
    Room kept,
    int messageBytes) {

  /** As it is unless said otherwise. */
  public static final StreamConfig USUAL =
      new StreamConfig(
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMillis(250),
          2000,
          1000,
          32,
          2000,
          new Room(1024, 8 << 20),
          new Room(512, 2 << 20),
          16 << 10);

  /**
   * Room for messages; one alone may be larger.
   *
   * @param messages how many
   * @param bytes of all of them together
   */
  public record Room(int messages, long bytes) {

    /** Checks the bounds. */
    public Room {
      Check.inRange("messages", messages, 1, 1_000_000);
      Check.that(bytes > 0, "bytes must be positive; have " + bytes);
    }

    /** Whether so many fit. */
    boolean fits(int count, long size) {
      return count <= messages && (size <= bytes || count <= 1);
    }
  }

  /** Checks the bounds. */
  public StreamConfig {
    positive("heartbeat", heartbeat);
    positive("idle", idle);
    positive("stalled", stalled);
    positive("keepTopic", keepTopic);
    positive("provisional", provisional);
    Check.inRange("connections", connections, 1, 1_000_000);
    Check.inRange("connectionsPerClient", connectionsPerClient, 1, 1_000_000);
    Check.inRange("subscriptions", subscriptions, 1, 10_000);
    Check.inRange("topics", topics, 1, 1_000_000);
    Check.inRange("messageBytes", messageBytes, 256, 1 << 20);
    Check.that(
        kept.messages < waiting.messages && kept.bytes <= waiting.bytes,
        "what a topic keeps must fit where messages wait; have " + kept + " and " + waiting);
  }

  /** The same with another number of connections of one client. */
  public StreamConfig withConnectionsPerClient(int most) {
    return new StreamConfig(
        heartbeat,
        idle,
        stalled,
        keepTopic,
        provisional,
        connections,
        most,
        subscriptions,
        topics,
        waiting,
        kept,
        messageBytes);
  }

  private static void positive(String name, Duration value) {
    Check.that(value.isPositive(), name + " must be positive; have " + value);
  }
}
