package io.strikegrid.server.platform.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and port as a client names them, in a Host header or an origin: RFC 3986 section 3.2,
 * without user information. Immutable.
 *
 * @param host in lower case, without a dot at its end; an IPv6 address in brackets
 * @param port 0 where none is named
 */
record Authority(String host, int port) {

  private static final int LONGEST = 255 + 6;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");
  private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** Reads one; empty where it is not well formed. */
  static Optional<Authority> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.length() > LONGEST || !matcher.matches()) {
      return Optional.empty();
    }
    String host = withoutLastDot(matcher.group(1).toLowerCase(Locale.ROOT));
    String port = matcher.group(2);
    int number = port == null ? 0 : Integer.parseInt(port);
    boolean isPort = port == null || (number > 0 && number <= HIGHEST_PORT);
    return host.isEmpty() || !isPort ? Optional.empty() : Optional.of(new Authority(host, number));
  }

  /** Whether it is a name or an address that leads to the client's own machine everywhere. */
  boolean isLoopback() {
    if (host.equals("localhost")) {
      return true;
    }
    if (!host.startsWith("[") && !NUMBERS.matcher(host).matches()) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The same with the port of a scheme where none is named. */
  Authority withPort(int otherwise) {
    return port == 0 ? new Authority(host, otherwise) : this;
  }

  private static String withoutLastDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
