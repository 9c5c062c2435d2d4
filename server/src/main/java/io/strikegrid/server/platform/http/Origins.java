package io.strikegrid.server.platform.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites away from a server that asks for no token. A browser lets any page
 * open a WebSocket to any server that it can reach, one on the same machine too, and names the
 * page's origin; programs name none. Immutable.
 */
final class Origins {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean isLoopback;

  /**
   * The rule of a server.
   *
   * @param isLoopback whether it listens to its own machine alone: then a host by another name is a
   *     foreign site whose name was made to lead here
   */
  Origins(boolean isLoopback) {
    this.isLoopback = isLoopback;
  }

  /**
   * Checks where a request comes from.
   *
   * @param origin as the request names it; null where it names none
   * @param host as the request names the server
   * @throws Problem where it is a page of another origin
   */
  void check(@Nullable String origin, @Nullable String host) {
    if (origin != null && !isOwn(origin, host == null ? "" : host.toLowerCase(Locale.ROOT))) {
      throw new Problem(
          ProblemCode.FORBIDDEN,
          "a page of " + Problem.shown(origin) + " may not connect to a server without tokens",
          "Origin",
          origin,
          "a page of this server, or a server with tokens");
    }
  }

  private boolean isOwn(String origin, String host) {
    if (isLoopback && !LOOPBACK.contains(host.replaceFirst(":\\d+$", ""))) {
      return false;
    }
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.toLowerCase(Locale.ROOT).equals(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
