package io.strikegrid.server.ingest.redis;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Where a Redis server is and who asks.
 *
 * @param tls whether the connection is encrypted
 * @param host name or address
 * @param port from 1 to 65535
 * @param user empty for the default one
 * @param password empty for none; never shown
 * @param database number of the database
 */
public record RedisAddress(
    boolean tls, String host, int port, String user, String password, int database) {

  private static final int PORT = 6379;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /**
   * Reads {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS.
   *
   * @throws IllegalArgumentException where the text is neither; it is not shown, since it may hold
   *     a password
   */
  public static RedisAddress parse(String text) {
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw bad();
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean known = scheme.equals("redis") || scheme.equals("rediss");
    if (!known || uri.getHost() == null || uri.getQuery() != null || uri.getPort() == 0) {
      throw bad();
    }
    String info = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    int colon = info.indexOf(':');
    return new RedisAddress(
        scheme.equals("rediss"),
        uri.getHost(),
        uri.getPort() < 0 ? PORT : uri.getPort(),
        colon < 0 ? "" : decode(info.substring(0, colon)),
        decode(info.substring(colon + 1)),
        database(uri.getPath()));
  }

  private static int database(String path) {
    String number = path == null || path.isEmpty() ? "" : path.substring(1);
    if (number.isEmpty()) {
      return 0;
    }
    if (!number.matches("\\d{1,5}")) {
      throw bad();
    }
    return Integer.parseInt(number);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException bad() {
    return new IllegalArgumentException(
        "a Redis server is named as redis://[user:password@]host:port[/database], or rediss://"
            + " for TLS");
  }

  RedisURI uri() {
    RedisURI.Builder builder =
        RedisURI.builder()
            .withHost(host)
            .withPort(port)
            .withSsl(tls)
            .withDatabase(database)
            .withTimeout(ANSWER_WITHIN);
    if (!user.isEmpty()) {
      builder.withAuthentication(user, password.toCharArray());
    } else if (!password.isEmpty()) {
      builder.withPassword(password.toCharArray());
    }
    return builder.build();
  }

  /** The address without who asks. */
  @Override
  public String toString() {
    String shown = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return (tls ? "rediss://" : "redis://")
        + shown
        + ":"
        + port
        + (database == 0 ? "" : "/" + database);
  }
}
