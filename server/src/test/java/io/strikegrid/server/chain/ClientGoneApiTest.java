package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.SampleServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves ends what was done for it. */
final class ClientGoneApiTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static boolean hasWaiting(SampleServer server) {
    return server
        .database()
        .jdbi()
        .withHandle(h ->
            h.select(
                    "SELECT count(*) > 0 FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                        + " WHERE NOT l.granted AND d.datname = current_database()")
                .mapTo(Boolean.class)
                .one());
  }

  private static long answered(SampleServer server) {
    return server.registry().find("strikegrid.http.requests").timers().stream()
        .filter(timer -> !"/status".equals(timer.getId().getTag("route")))
        .mapToLong(Timer::count)
        .sum();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expiry-metrics?symbol=NIFTY50",
        "moneyness-series?symbol=NIFTY50&indicator=iv",
        "strike-history?symbol=NIFTY50&strike=24500",
        "strike-map?symbol=NIFTY50&indicator=oi"
      })
  void range_whoseClientLeaves_loadsNoMorePages(String query) throws IOException, SQLException {
    String path =
        "/fo/%s&timeframe=1min&from=%d&to=%d"
            .formatted(
                query,
                SampleChains.TUESDAY_OPEN - SampleChains.DAY,
                SampleChains.TUESDAY_OPEN + 4 * SampleChains.DAY);
    try (SampleServer server = SampleServer.start();
        Connection other = server.database().connection()) {
      other.setAutoCommit(false);
      try (Statement statement = other.createStatement()) {
        statement.execute("LOCK TABLE fo_option_strike_bars IN ACCESS EXCLUSIVE MODE");
      }
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.client().port())) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        until(() -> hasWaiting(server));
      }
      other.rollback();
      until(() -> answered(server) > 0);
      ApiClient client = server.client();
      assertThat(client.json("Status", "/status").at("/pages/count").asInt()).isEqualTo(1);
    }
  }
}
