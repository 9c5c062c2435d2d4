package io.strikegrid.server.platform.http;

import java.time.Duration;

/**
 * How long one client may take, and how much of the server it may have.
 *
 * @param headersWithin the headers of a request are whole so long after its first byte
 * @param bodyWithin a body is whole so long after its first byte was waited for
 * @param grace how far a client may fall behind the least rate
 * @param leastRate bytes a second that a client sends of a body, and takes of an answer
 * @param connections most of them at a time
 * @param connectionsPerAddress most of them at a time from one address
 * @param streamsPerClient most connections to a stream of one address, and of one token
 * @param requestsPerSecond of one token, or of one address without; 0 for any number
 */
public record HttpBounds(
    Duration headersWithin,
    Duration bodyWithin,
    Duration grace,
    int leastRate,
    int connections,
    int connectionsPerAddress,
    int streamsPerClient,
    int requestsPerSecond) {

  /** As they are unless said otherwise. */
  public static final HttpBounds USUAL =
      new HttpBounds(
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          16 << 10,
          8192,
          1024,
          1000,
          0);

  /** Requests a second of one client, where the server listens to other machines. */
  public static final int USUAL_RATE = 200;

  /** Checks the bounds. */
  public HttpBounds {
    positive("headersWithin", headersWithin);
    positive("bodyWithin", bodyWithin);
    positive("grace", grace);
    positive("leastRate", leastRate);
    positive("connections", connections);
    positive("connectionsPerAddress", connectionsPerAddress);
    positive("streamsPerClient", streamsPerClient);
    if (requestsPerSecond < 0) {
      throw new IllegalArgumentException(
          "requestsPerSecond must not be negative; have " + requestsPerSecond);
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive; have " + value);
    }
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive; have " + value);
    }
  }

  /** The same with other bounds of one client. */
  public HttpBounds withClients(int mostConnections, int mostStreams, int mostRequestsPerSecond) {
    return new HttpBounds(
        headersWithin,
        bodyWithin,
        grace,
        leastRate,
        connections,
        mostConnections,
        mostStreams,
        mostRequestsPerSecond);
  }
}
