package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RequestRatesTest {

  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();
  private final RequestRates rates = new RequestRates(10, nanos::get);

  private static Caller caller(String address) {
    return new Caller(address, Optional.empty(), null);
  }

  private static Caller owner(String address, String name) {
    return new Caller(
        address, Optional.of(new Token(name, Set.of(Role.READ), Set.of(), null)), null);
  }

  private void spend(Caller caller) {
    for (int i = 0; i < 10 * RequestRates.BURST_SECONDS; i++) {
      rates.check(caller);
    }
  }

  @Test
  void client_thatAsksTooOften_isToldWhenToComeAgain() {
    spend(caller("192.0.2.1"));
    assertThatThrownBy(() -> rates.check(caller("192.0.2.1")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
              assertThat(problem.headers()).containsEntry("Retry-After", "1");
              assertThat(problem.detail()).contains("10 requests a second");
            });
  }

  @Test
  void client_thatWaited_isLetInAgain() {
    spend(caller("192.0.2.1"));
    nanos.addAndGet(SECOND / 10);
    rates.check(caller("192.0.2.1"));
    assertThatThrownBy(() -> rates.check(caller("192.0.2.1"))).isInstanceOf(Problem.class);
  }

  @Test
  void client_ofAnotherAddressOrToken_isCountedByItself() {
    spend(caller("192.0.2.1"));
    rates.check(caller("192.0.2.2"));
    rates.check(owner("192.0.2.1", "desk"));
    spend(owner("192.0.2.1", "feed"));
    assertThatThrownBy(() -> rates.check(owner("192.0.2.9", "feed"))).isInstanceOf(Problem.class);
  }

  @Test
  void requests_whereNoRateIsSet_areNotCounted() {
    RequestRates none = new RequestRates(0, nanos::get);
    for (int i = 0; i < 10_000; i++) {
      none.check(caller("192.0.2.1"));
    }
    assertThat(none.clients()).isZero();
  }

  @Test
  void server_thatIsAskedTooOften_answers429AndCountsIt() throws IOException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    HttpServer server =
        HttpServer.create(
            new HttpConfig("127.0.0.1", 0, Optional.empty(), false)
                .withBounds(HttpBounds.USUAL.withClients(100, 100, 1)),
            List.of(routes -> routes.get("/read", context -> context.result("data"))),
            registry,
            "test",
            List.of());
    server.start();
    try {
      RawHttp.Reply reply = new RawHttp.Reply(0, "");
      for (int i = 0; i < 100 && reply.status() != 429; i++) {
        reply =
            RawHttp.ask(
                server.port(),
                "GET /read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      }
      assertThat(reply.problem().at("/code").asText()).isEqualTo("too_many_requests");
      assertThat(reply.text()).contains("Retry-After: ");
      assertThat(
              registry
                  .get("strikegrid.http.refused")
                  .tag("code", "too_many_requests")
                  .counter()
                  .count())
          .isEqualTo(1);
    } finally {
      server.close();
    }
  }
}
