package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word about a client is taken. */
final class ProxiesTest {

  private static final List<Network> TRUSTED =
      Stream.of("127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48").map(Network::parse).toList();

  /** What a server that believes some proxies takes a request of this machine for. */
  private static String client(List<Network> trusted, String... headers) throws IOException {
    return asked(trusted, HttpBounds.USUAL, 1, headers).text().replaceFirst("(?s).*\r\n\r\n", "");
  }

  private static RawHttp.Reply asked(
      List<Network> trusted, HttpBounds bounds, int times, String... headers) throws IOException {
    HttpServer server =
        HttpServer.create(
            new HttpConfig("127.0.0.1", 0, Optional.empty(), false)
                .withBounds(bounds)
                .withProxies(new Proxies(trusted)),
            List.of(routes -> {
              routes.get("/who", context -> context.result(Caller.of(context).who()));
              routes.post("/write", context -> context.result("written"));
            }),
            new SimpleMeterRegistry(),
            "test",
            List.of());
    server.start();
    try {
      String path = headers[0].startsWith("Origin") ? "POST /write" : "GET /who";
      String request =
          path
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n";
      RawHttp.Reply reply = RawHttp.ask(server.port(), request);
      for (int i = 1; i < times; i++) {
        reply = RawHttp.ask(server.port(), request.replace("$", Integer.toString(i)));
      }
      return reply;
    } finally {
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-For: 192.0.2.1                         | 192.0.2.1",
        "X-Forwarded-For: 198.51.100.9, 192.0.2.1           | 192.0.2.1",
        "X-Forwarded-For: 198.51.100.9, 192.0.2.1, 10.1.2.3 | 192.0.2.1",
        "X-Forwarded-For: 10.9.9.9, 10.1.2.3                | 10.9.9.9",
        "X-Forwarded-For: 192.0.2.1:4711                    | 192.0.2.1",
        "X-Forwarded-For: [2001:db8:2::5]:4711              | 20:01:0d:b8:00:02:00:00/64",
        "X-Forwarded-For: 2001:db8:2::5, 2001:db8:1::1      | 20:01:0d:b8:00:02:00:00/64",
        "X-Forwarded-For: ::ffff:192.0.2.1                  | 192.0.2.1",
        "X-Forwarded-For: 192.0.2.1, unknown                | 127.0.0.1",
        "X-Forwarded-For: 192.0.2.1, localhost              | 127.0.0.1",
        "X-Forwarded-For: 192.0.2.1,                        | 127.0.0.1",
        "X-Forwarded-For: 192.0.2.1, 999.1.1.1              | 127.0.0.1",
        "Forwarded: for=192.0.2.1                           | 192.0.2.1",
        "Forwarded: for=198.51.100.9, FOR=192.0.2.1;proto=https, by=10.0.0.1;for=10.1.1.1 |"
            + " 192.0.2.1",
        "Forwarded: for=\"[2001:db8:2::5]:47\";proto=http   | 20:01:0d:b8:00:02:00:00/64",
        "Forwarded: for=192.0.2.1, for=_hidden              | 127.0.0.1",
        "Forwarded: proto=https                             | 127.0.0.1",
        "X-No: proxy                                        | 127.0.0.1"
      })
  void request_ofATrustedProxy_isOfTheRightMostThatIsNone(String header, String client)
      throws IOException {
    assertThat(client(TRUSTED, header)).isEqualTo(client);
  }

  @Test
  void request_withBothHeaders_isBelievedWhereTheyAgree() throws IOException {
    assertThat(client(TRUSTED, "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1"))
        .isEqualTo("192.0.2.1");
    assertThat(client(TRUSTED, "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.2"))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void request_withHeadersOfItsOwnAndTheProxys_isOfTheProxysWord() throws IOException {
    assertThat(client(TRUSTED, "X-Forwarded-For: 198.51.100.9", "X-Forwarded-For: 192.0.2.1"))
        .isEqualTo("192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1"})
  void request_ofAnybodyElse_isOfItsOwnAddress(String header) throws IOException {
    assertThat(client(List.of(), header)).isEqualTo("127.0.0.1");
    assertThat(client(List.of(Network.parse("10.0.0.0/8")), header)).isEqualTo("127.0.0.1");
  }

  @Test
  void rate_behindAProxy_isOfEachClient() throws IOException {
    HttpBounds one = HttpBounds.USUAL.withClients(5, 100, 1);
    assertThat(asked(TRUSTED, one, 40, "X-Forwarded-For: 192.0.2.$").status()).isEqualTo(200);
    assertThat(asked(TRUSTED, one, 40, "X-Forwarded-For: 192.0.2.1").status()).isEqualTo(429);
    assertThat(asked(List.of(), one, 40, "X-Forwarded-For: 192.0.2.$").status()).isEqualTo(429);
  }

  @Test
  void page_ofPlainHttp_isNoneOfAServerBehindHttps() throws IOException {
    String page = "Origin: http://localhost";
    String scheme = "X-Forwarded-Proto: https";
    assertThat(asked(TRUSTED, HttpBounds.USUAL, 1, page, scheme).status()).isEqualTo(403);
    assertThat(asked(List.of(), HttpBounds.USUAL, 1, page, scheme).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.129, true",
    "192.0.2.128/25, 192.0.2.1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.0/8, ::1, false"
  })
  void network_hasTheAddressesWithItsBits(String network, String address, boolean isIn)
      throws IOException {
    Network read = Network.parse(network);
    assertThat(read.has(InetAddress.ofLiteral(address))).isEqualTo(isIn);
    assertThat(new Proxies(List.of(read)).has(new InetSocketAddress(address, 80))).isEqualTo(isIn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "grid.example",
        "10.0.0.0/0",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "10.0.0.0/",
        "::/129"
      })
  void network_thatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
