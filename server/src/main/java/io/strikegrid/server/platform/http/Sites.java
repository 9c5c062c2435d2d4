package io.strikegrid.server.platform.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * By which names this server is asked, and which pages are its own: the one rule for requests, for
 * server-sent events and for WebSockets. Immutable.
 *
 * <p>A browser lets any page ask any server that it can reach, one on the same machine too. It
 * names the page's origin where the request could do something, and hides the answer from pages of
 * other origins. A page whose own name is made to lead here (DNS rebinding) is of the same origin
 * for the browser; what gives it away is its name in the Host header, which is why a server that
 * listens to its own machine answers for names of that machine alone.
 */
final class Sites {

  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#@]+)");
  private static final Set<String> ELSEWHERE = Set.of("cross-site", "same-site");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final boolean isLoopback;
  private final Set<String> allowed;

  /**
   * The rule of a server.
   *
   * @param isLoopback whether it listens to its own machine alone
   * @param allowed names, without ports, that it answers for beside those of loopback; where it
   *     listens to others and has none, it answers for every name
   */
  Sites(boolean isLoopback, List<String> allowed) {
    this.isLoopback = isLoopback;
    this.allowed = allowed.stream().map(Sites::name).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * A name as it is compared.
   *
   * @throws IllegalArgumentException where it is none, or has a port
   */
  static String name(String text) {
    Optional<Authority> name = Authority.parse(text.strip());
    if (name.isEmpty() || name.get().port() != 0) {
      throw new IllegalArgumentException(
          "allow_host must be names or addresses without a port, IPv6 in brackets; have "
              + Problem.shown(text));
    }
    return name.get().host();
  }

  /**
   * Checks by which name a request asks.
   *
   * @param target what the request line names, where it names a host
   * @throws Problem where it names none, several, one that is not well formed, or one that this
   *     server does not answer for
   */
  void checkHost(HttpFields headers, @Nullable String target) {
    List<String> hosts = headers.getValuesList(HttpHeader.HOST);
    if (hosts.size() != 1) {
      throw new Problem(
          ProblemCode.BAD_VALUE,
          "a request must have one Host header; have " + hosts.size(),
          "Host",
          null,
          "one host, with or without a port");
    }
    checkHost(hosts.getFirst());
    if (target != null) {
      checkHost(target);
    }
  }

  private void checkHost(String text) {
    Authority host =
        Authority.parse(text)
            .orElseThrow(() ->
                Problem.badValue(
                    ProblemCode.BAD_VALUE,
                    "Host",
                    text,
                    "a name or an address, with a port or not"));
    if (!isAnswered(host)) {
      throw new Problem(
          ProblemCode.MISDIRECTED,
          "this server does not answer for " + Problem.shown(text),
          "Host",
          text,
          Stream.concat(
                  isLoopback ? Stream.of("localhost", "a loopback address") : Stream.of(),
                  Stream.of("a name of the setting allow_host"))
              .collect(Collectors.joining(", ")));
    }
  }

  private boolean isAnswered(Authority host) {
    return allowed.contains(host.host()) || (isLoopback ? host.isLoopback() : allowed.isEmpty());
  }

  /**
   * The site that a request comes from, where that is not this server.
   *
   * @param headers whose Host has been checked
   * @param isSecure whether this server was asked by https, so that a page of its own was too
   * @return as it was named; null for a page of this server's own, and for what is no page
   */
  @Nullable String foreign(HttpFields headers, boolean isSecure) {
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin == null) {
      // a browser leaves the origin out where a page loads what it cannot read, such as a picture
      String from = headers.get("Sec-Fetch-Site");
      return from != null && ELSEWHERE.contains(from) ? from : null;
    }
    return headers.getValuesList(HttpHeader.ORIGIN).size() == 1
            && isOwn(origin, headers.get(HttpHeader.HOST), isSecure)
        ? null
        : origin;
  }

  private boolean isOwn(String origin, String host, boolean isSecure) {
    Matcher matcher = ORIGIN.matcher(origin);
    if (!matcher.matches()) {
      return false;
    }
    Optional<Authority> page = Authority.parse(matcher.group(2));
    boolean isSecurePage = matcher.group(1).equals("https");
    int port = isSecurePage ? HTTPS_PORT : HTTP_PORT;
    return page.isPresent()
        && (allowed.contains(page.get().host())
            || Authority.parse(host)
                .filter(own -> isSecurePage || !isSecure)
                .filter(own -> own.withPort(port).equals(page.get().withPort(port)))
                .isPresent());
  }
}
