package io.strikegrid.server.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a database is and who asks.
 *
 * @param jdbcUrl without credentials
 * @param user may be empty
 * @param password may be empty; never shown
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {

  private static final String JDBC = "jdbc:";

  /**
   * Reads {@code postgresql://user:password@host:port/name} or its {@code jdbc:} form, also with
   * {@code ?user=...&password=...}.
   *
   * @throws IllegalArgumentException where the text is neither
   */
  public static DatabaseUrl parse(String text) {
    String plain = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
    URI uri;
    try {
      uri = URI.create(plain.replaceFirst("^postgres:", "postgresql:"));
    } catch (IllegalArgumentException e) {
      throw bad();
    }
    if (!"postgresql".equals(uri.getScheme()) || uri.getHost() == null || path(uri).isEmpty()) {
      throw bad();
    }
    String user = "";
    String password = "";
    String info = uri.getRawUserInfo();
    if (info != null) {
      int colon = info.indexOf(':');
      user = decode(colon < 0 ? info : info.substring(0, colon));
      password = colon < 0 ? "" : decode(info.substring(colon + 1));
    }
    StringBuilder rest = new StringBuilder();
    String query = uri.getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      if (pair.startsWith("user=")) {
        user = decode(pair.substring("user=".length()));
      } else if (pair.startsWith("password=")) {
        password = decode(pair.substring("password=".length()));
      } else if (!pair.isEmpty()) {
        rest.append(rest.isEmpty() ? '?' : '&').append(pair);
      }
    }
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    String url = "jdbc:postgresql://" + uri.getHost() + ":" + port + "/" + path(uri) + rest;
    return new DatabaseUrl(url, user, password);
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "" : path.substring(1);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException bad() {
    return new IllegalArgumentException(
        "a database is named as postgresql://user:password@host:port/name or"
            + " jdbc:postgresql://host:port/name?user=...&password=...");
  }

  @Override
  public String toString() {
    return jdbcUrl;
  }
}
