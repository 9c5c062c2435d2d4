package io.strikegrid.server.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a database is and who asks. What is secret is apart from the rest, so that neither this nor
 * a message of the driver's shows it.
 *
 * @param jdbcUrl without credentials
 * @param user may be empty, for the driver's default
 * @param password may be empty, for that of the driver's password file; never shown
 * @param hidden other parameters that are secret, such as {@code sslpassword}; never shown
 */
public record DatabaseUrl(
    String jdbcUrl, String user, String password, Map<String, String> hidden) {

  /** Variables of the environment that hold a password, the first of which counts. */
  public static final List<String> PASSWORD_VARIABLES =
      List.of("STRIKEGRID_DB_PASSWORD", "PGPASSWORD");

  private static final String JDBC = "jdbc:";
  private static final List<String> SECRET = List.of("password", "passwd", "secret", "token");
  private static final int PORT = 5432;

  /** Keeps what it is given. */
  public DatabaseUrl {
    hidden = Map.copyOf(hidden);
  }

  /** One without further secrets. */
  public DatabaseUrl(String jdbcUrl, String user, String password) {
    this(jdbcUrl, user, password, Map.of());
  }

  /**
   * Reads {@code postgresql://user:password@host:port/name} or its {@code jdbc:} form, also with
   * {@code ?user=...&password=...}.
   *
   * @throws IllegalArgumentException where the text is neither; it does not show the text
   */
  public static DatabaseUrl parse(String text) {
    URI uri = uri(text.startsWith(JDBC) ? text.substring(JDBC.length()) : text);
    String user = "";
    String password = "";
    String info = uri.getRawUserInfo();
    if (info != null) {
      int colon = info.indexOf(':');
      user = decode(colon < 0 ? info : info.substring(0, colon));
      password = colon < 0 ? "" : decode(info.substring(colon + 1));
    }
    StringBuilder rest = new StringBuilder();
    Map<String, String> hidden = new TreeMap<>();
    String query = uri.getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (name.equals("user")) {
        user = value;
      } else if (name.equals("password")) {
        password = value;
      } else if (isSecret(name)) {
        hidden.put(name, value);
      } else if (!pair.isEmpty()) {
        rest.append(rest.isEmpty() ? '?' : '&').append(pair);
      }
    }
    int port = uri.getPort() < 0 ? PORT : uri.getPort();
    String url = "jdbc:postgresql://" + uri.getHost() + ":" + port + "/" + path(uri) + rest;
    return new DatabaseUrl(url, user, password, hidden);
  }

  /**
   * The same with the password of the environment where it has none: {@code
   * STRIKEGRID_DB_PASSWORD}, else {@code PGPASSWORD}. Without either the driver looks into the file
   * of {@code PGPASSFILE}, else {@code ~/.pgpass}.
   */
  public DatabaseUrl withPasswordOf(Map<String, String> environment) {
    if (!password.isEmpty()) {
      return this;
    }
    return PASSWORD_VARIABLES.stream()
        .map(name -> environment.getOrDefault(name, ""))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .map(found -> new DatabaseUrl(jdbcUrl, user, found, hidden))
        .orElse(this);
  }

  private static URI uri(String plain) {
    URI uri;
    try {
      uri = URI.create(plain.replaceFirst("^postgres:", "postgresql:"));
    } catch (IllegalArgumentException _) {
      throw bad(); // without its cause, whose message shows the text
    }
    if (!"postgresql".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getRawFragment() != null
        || path(uri).isEmpty()) {
      throw bad();
    }
    return uri;
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET.stream().anyMatch(lower::contains);
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "" : path.substring(1);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw bad();
    }
  }

  private static IllegalArgumentException bad() {
    return new IllegalArgumentException(
        "a database is named as postgresql://user:password@host:port/name or"
            + " jdbc:postgresql://host:port/name?user=...&password=..., with what is special in"
            + " them, such as # and @, as %23 and %40");
  }

  @Override
  public String toString() {
    return jdbcUrl;
  }
}
