package io.strikegrid.server.ingest.redis;

import io.strikegrid.engine.check.Check;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Which stream is consumed.
 *
 * @param address of the Redis server
 * @param stream key of the stream, 1 to 200 characters
 * @param consumer name of this server within the consumer group
 */
public record RedisConfig(RedisAddress address, String stream, String consumer) {

  /** The stream where nothing else is said. */
  public static final String STREAM = "strikegrid:ticks";

  private static final int LONGEST = 200;

  /** Checks the names. */
  public RedisConfig {
    Check.that(
        !stream.isBlank() && stream.length() <= LONGEST,
        "the stream must have a name of 1 to " + LONGEST + " characters; have '" + stream + "'");
    Check.that(!consumer.isBlank(), "the consumer must have a name");
  }

  /** A stream, consumed under the name of this machine. */
  public static RedisConfig of(RedisAddress address, String stream) {
    String consumer;
    try {
      consumer = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      consumer = "server";
    }
    return new RedisConfig(address, stream, consumer);
  }

  /** Where dead letters go. */
  String deadLetters() {
    return stream + ":dead";
  }
}
