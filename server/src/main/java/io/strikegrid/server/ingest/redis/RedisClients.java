package io.strikegrid.server.ingest.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How we connect to Redis: a lost connection is seen, and made again by whoever used it. */
final class RedisClients {

  /** Pauses between tries, by how many failed. */
  static final Delay BACKOFF =
      Delay.equalJitter(Duration.ofMillis(100), Duration.ofSeconds(10), 100, TimeUnit.MILLISECONDS);

  private static final Logger LOG = LoggerFactory.getLogger(RedisClients.class);
  private static final long STOP_WITHIN_MILLIS = 500;
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

  /** Ends its threads; where they do not answer, it is not waited for them. */
  static void close(RedisClient client) {
    try {
      client
          .shutdownAsync(0, STOP_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
          .get(2 * STOP_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the threads of the Redis client did not end in time", e);
    }
  }
}
