package io.strikegrid.server.app;

import io.strikegrid.server.platform.http.HttpBounds;
import io.strikegrid.server.platform.http.HttpConfig;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What clients of the server may do: the options of {@code serve} for it. */
final class HttpOptions {

  /** Their environment variables, for the help. */
  static final String VARIABLES =
      " _ALLOW_HOST, _CONNECTIONS_PER_ADDRESS, _STREAMS_PER_CLIENT, _REQUEST_RATE,";

  /** Their keys, for the help. */
  static final String KEYS =
      " allow_host, connections_per_address, streams_per_client, request_rate,";

  private static final int HIGHEST_RATE = 1_000_000;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      split = ",",
      description =
          "Names that it answers for, without ports: on loopback beside localhost and loopback"
              + " addresses, elsewhere any where none is given.")
  @Nullable List<String> allowHosts;

  @Option(
      names = "--connections-per-address",
      paramLabel = "N",
      description = "Most connections of one address: 1024. Behind a proxy, of all its clients.")
  @Nullable String connectionsPerAddress;

  @Option(
      names = "--streams-per-client",
      paramLabel = "N",
      description = "Most connections to the stream of one address, and of one token: 1000.")
  @Nullable String streamsPerClient;

  @Option(
      names = "--request-rate",
      paramLabel = "N",
      description =
          "Most requests a second of one token, or of one address without; 0 for any number: 0 on"
              + " loopback, 200 elsewhere.")
  @Nullable String requestRate;

  /** The names that the server answers for. */
  List<String> hosts(Settings settings) {
    String given = allowHosts == null ? null : String.join(",", allowHosts);
    return settings
        .text("allow_host", given)
        .map(names -> List.of(names.split(",", -1)))
        .orElse(List.of());
  }

  /** What one client may take, where the server listens on an interface. */
  HttpBounds bounds(Settings settings, Optional<String> listensOn) {
    HttpBounds usual = HttpBounds.USUAL;
    boolean isLoopback = listensOn.map(HttpConfig::isLoopback).orElse(true);
    return usual.withClients(
        number(
            settings,
            "connections_per_address",
            connectionsPerAddress,
            usual.connectionsPerAddress()),
        number(settings, "streams_per_client", streamsPerClient, usual.streamsPerClient()),
        (int)
            settings.number(
                "request_rate",
                requestRate,
                isLoopback ? usual.requestsPerSecond() : HttpBounds.USUAL_RATE,
                0,
                HIGHEST_RATE));
  }

  private static int number(Settings settings, String key, @Nullable String given, int usual) {
    return (int) settings.number(key, given, usual, 1, HttpBounds.USUAL.connections());
  }
}
