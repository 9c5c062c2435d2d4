package io.strikegrid.server.ingest.replay;

import io.strikegrid.server.ingest.redis.RedisAddress;
import io.strikegrid.server.ingest.redis.RedisConfig;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay goes, and how.
 *
 * @param http a server; empty where the replay goes to Redis
 * @param redis a stream; empty where it goes to a server
 * @param token who sends, over HTTP
 */
public record ReplayConfig(
    Optional<URI> http,
    Optional<RedisConfig> redis,
    Optional<String> token,
    Speed speed,
    Disorder disorder) {

  private static final String ALLOWED =
      "to must be http://host:port, https://host:port or redis://[user:password@]host:port";

  /**
   * Reads where to.
   *
   * @param stream key of the stream; only for Redis
   * @param token only for HTTP
   * @throws IllegalArgumentException where something does not fit
   */
  public static ReplayConfig of(
      String to, @Nullable String stream, @Nullable String token, Speed speed, Disorder disorder) {
    String scheme = to.replaceFirst(":.*", "").strip().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "redis", "rediss" -> {
        if (token != null) {
          throw new IllegalArgumentException("token goes with http; Redis takes user:password@");
        }
        RedisConfig redis =
            RedisConfig.of(RedisAddress.parse(to), stream == null ? RedisConfig.STREAM : stream);
        yield new ReplayConfig(
            Optional.empty(), Optional.of(redis), Optional.empty(), speed, disorder);
      }
      case "http", "https" -> {
        if (stream != null) {
          throw new IllegalArgumentException("stream goes with redis; have " + stream);
        }
        yield new ReplayConfig(
            Optional.of(server(to)), Optional.empty(), Optional.ofNullable(token), speed, disorder);
      }
      default -> throw new IllegalArgumentException(ALLOWED + "; have the scheme " + scheme);
    };
  }

  private static URI server(String text) {
    try {
      URI uri = URI.create(text.strip());
      if (uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new IllegalArgumentException(ALLOWED + ", without a password for http");
  }
}
