package io.strikegrid.server.ingest.redis;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Appends entries to a stream, many at a time over one connection. For one thread. */
public final class RedisWriter implements AutoCloseable {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final RedisAddress address;
  private final String stream;
  private final RedisClient client = RedisClients.create();
  private @Nullable StatefulRedisConnection<String, String> connection;

  /** Connects with the first entries. */
  public RedisWriter(RedisAddress address, String stream) {
    this.address = address;
    this.stream = stream;
  }

  /**
   * Appends entries in their order.
   *
   * @throws IOException where not all of them are known to be there; they may be sent again on a
   *     new connection, then some may stand twice
   */
  public void add(List<Map<String, String>> entries) throws IOException {
    try {
      StatefulRedisConnection<String, String> open = connection;
      if (open == null) {
        open = client.connect(address.uri());
        open.setAutoFlushCommands(false);
        connection = open;
      }
      List<RedisFuture<String>> sent = new ArrayList<>();
      for (Map<String, String> entry : entries) {
        sent.add(open.async().xadd(stream, entry));
      }
      open.flushCommands();
      if (!LettuceFutures.awaitAll(ANSWER_WITHIN, sent.toArray(Future[]::new))) {
        throw new IOException(address + " does not answer");
      }
    } catch (RedisException | IOException e) {
      disconnect();
      throw new IOException(address + ": " + RedisFailure.reason(e), e);
    }
  }

  private void disconnect() {
    StatefulRedisConnection<String, String> open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    disconnect();
    RedisClients.close(client);
  }
}
