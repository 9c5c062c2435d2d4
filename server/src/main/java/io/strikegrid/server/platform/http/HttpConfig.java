package io.strikegrid.server.platform.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens and who may ask.
 *
 * @param host name or address of the interface to listen on
 * @param port 0 for one that is free
 * @param tokens who may ask; empty where anybody may
 * @param insecure whether anybody may ask from other machines too
 * @param allowedHosts names that it answers for beside those of loopback; where it listens to other
 *     machines and this is empty, it answers for every name
 * @param bounds of what one client may take
 * @param proxies whose word about their clients is taken
 * @param tls the certificate to show; empty for connections that are not encrypted
 */
public record HttpConfig(
    String host,
    int port,
    Optional<Tokens> tokens,
    boolean insecure,
    List<String> allowedHosts,
    HttpBounds bounds,
    Proxies proxies,
    Optional<TlsFiles> tls) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Checks that the server is not open to other machines by accident.
   *
   * @throws IllegalArgumentException where it would be, or host or port cannot be
   */
  public HttpConfig {
    allowedHosts = allowedHosts.stream().map(Sites::name).toList();
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("port must be 0 to " + HIGHEST_PORT + "; have " + port);
    }
    if (!isLoopback(host) && tokens.isEmpty() && !insecure) {
      throw new IllegalArgumentException(
          "listening on "
              + host
              + " lets other machines in: give --tokens FILE with the tokens that may ask, or"
              + " --insecure to let anybody ask, or listen on 127.0.0.1");
    }
  }

  /** One with the bounds that are usual. */
  public HttpConfig(String host, int port, Optional<Tokens> tokens, boolean insecure) {
    this(host, port, tokens, insecure, List.of(), HttpBounds.USUAL, Proxies.NONE, Optional.empty());
  }

  /** The same, answering for these names too. */
  public HttpConfig withAllowedHosts(List<String> names) {
    return new HttpConfig(host, port, tokens, insecure, names, bounds, proxies, tls);
  }

  /** The same with these bounds. */
  public HttpConfig withBounds(HttpBounds other) {
    return new HttpConfig(host, port, tokens, insecure, allowedHosts, other, proxies, tls);
  }

  /** The same, believing these proxies. */
  public HttpConfig withProxies(Proxies believed) {
    return new HttpConfig(host, port, tokens, insecure, allowedHosts, bounds, believed, tls);
  }

  /** The same, showing this certificate. */
  public HttpConfig withTls(Optional<TlsFiles> files) {
    return new HttpConfig(host, port, tokens, insecure, allowedHosts, bounds, proxies, files);
  }

  /** The scheme of its addresses. */
  public String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  /** Whether it listens to its own machine alone. */
  boolean isLoopback() {
    return isLoopback(host);
  }

  /**
   * Whether a name or address of an interface is one of loopback.
   *
   * @throws IllegalArgumentException where it is not known here
   */
  public static boolean isLoopback(String host) {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be blank");
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host must be known here; have " + host, e);
    }
  }
}
