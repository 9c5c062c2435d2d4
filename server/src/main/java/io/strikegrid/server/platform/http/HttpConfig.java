package io.strikegrid.server.platform.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where the server listens and who may ask.
 *
 * @param host name or address of the interface to listen on
 * @param port 0 for one that is free
 * @param tokens who may ask; empty where anybody may
 * @param insecure whether anybody may ask from other machines too
 */
public record HttpConfig(String host, int port, Optional<Tokens> tokens, boolean insecure) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Checks that the server is not open to other machines by accident.
   *
   * @throws IllegalArgumentException where it would be, or host or port cannot be
   */
  public HttpConfig {
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

  /** Whether it listens to its own machine alone. */
  boolean isLoopback() {
    return isLoopback(host);
  }

  private static boolean isLoopback(String host) {
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
