package io.strikegrid.server.platform.postgres;

/**
 * A server that accepts connections.
 *
 * @param port its TCP port on 127.0.0.1
 * @param password the password of {@link Login#USER}
 * @param origin how this user came by it
 */
record Server(int port, String password, Origin origin) {

  /** How a user came by the server. */
  enum Origin {
    STARTED,
    JOINED,
    TOOK_OVER
  }

  @Override
  public String toString() {
    return "PostgreSQL on port " + port + ", " + origin;
  }
}
