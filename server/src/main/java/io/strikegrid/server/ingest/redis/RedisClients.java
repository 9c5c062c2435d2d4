package io.strikegrid.server.ingest.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How we connect to Redis: a lost connection is seen, and made again by whoever used it. */
final class RedisClients {

  /** Pauses between tries, by how many failed. */
  static final Delay BACKOFF =
      Delay.equalJitter(Duration.ofMillis(100), Duration.ofSeconds(10), 100, TimeUnit.MILLISECONDS);

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);

  private RedisClients() {}

  static RedisClient create() {
    RedisClient client = RedisClient.create();
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECT_WITHIN).keepAlive(true).build())
            .build());
    return client;
  }

  static void close(RedisClient client) {
    client.shutdown(Duration.ZERO, Duration.ofMillis(500));
  }
}
