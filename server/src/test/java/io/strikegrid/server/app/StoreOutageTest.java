package io.strikegrid.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strikegrid.server.TcpProxy;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.TestRedis;
import io.strikegrid.testkit.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A server whose store hangs or is gone for a while, seen from outside. */
final class StoreOutageTest {

  /** Far more than the 3 s of the contract, and far less than any wait for the store. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");
  private static final Predicate<String> OVER =
      Pattern.compile("over after .* failures?: the store does not answer").asPredicate();
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void storeThatHangs_everyQuestionOfAnOperator_isAnsweredAndNamesIt() throws Exception {
    try (TestDatabase store = TestDatabase.create();
        TcpProxy proxy = before(store);
        LiveProcess server = new LiveProcess("", through(proxy, store))) {
      server.start();
      server.awaitUp();
      proxy.hang();
      Await.until(
          "the store is known to hang",
          () -> get(server, "/metrics").body().contains("strikegrid_store_up 0.0"));

      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = get(server, "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("the store does not answer");
      JsonNode status = MAPPER.readTree(get(server, "/status").body());
      assertThat(status.at("/state").asText()).isEqualTo("not_ready");
      assertThat(status.at("/store/ok").asBoolean()).isFalse();
      assertThat(status.at("/reasons/0").asText()).isEqualTo("the store does not answer");

      proxy.goOn();
      server.awaitUp();
      assertThat(get(server, "/metrics").body()).contains("strikegrid_store_up 1.0");
    }
  }

  @Test
  void storeThatIsGone_log_hasOneLineWhenItBeginsAndOneWhenItEnds() throws Exception {
    try (TestDatabase store = TestDatabase.create();
        TcpProxy proxy = before(store);
        TestRedis redis = TestRedis.start();
        LiveProcess server = new LiveProcess(redis.url(), through(proxy, store))) {
      server.start();
      server.awaitUp();
      int before = lines(server).size();
      proxy.cut();
      Await.until(
          "the outage is told", () -> told(server, before, "the store does not answer: ") == 1);
      for (int i = 0; i < 3; i++) {
        assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
      }
      proxy.goOn();
      server.awaitUp();
      Await.until("its end is told", () -> lines(server).stream().skip(before).anyMatch(OVER));
      Await.until("nothing is degraded", () -> isReady(server));

      assertThat(server.stop()).isTrue();
      List<String> said = lines(server).subList(before, lines(server).size());
      assertThat(said.stream().filter(line -> line.contains("the store does not answer")))
          .as("all it said: %s", said)
          .hasSize(2);
      assertThat(said.stream().filter(line -> !line.contains("consuming strikegrid:ticks")))
          .as("all it said: %s", said)
          .hasSizeLessThanOrEqualTo(4);
    }
  }

  private static boolean isReady(LiveProcess server) throws Exception {
    return get(server, "/health/ready").body().contains("\"ready\"");
  }

  private static long told(LiveProcess server, int from, String what) throws Exception {
    return lines(server).stream().skip(from).filter(line -> line.contains(what)).count();
  }

  private static List<String> lines(LiveProcess server) throws Exception {
    return Files.readAllLines(server.log());
  }

  private static HttpResponse<String> get(LiveProcess server, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(PATIENCE).build();
    return Client.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static TcpProxy before(TestDatabase store) {
    Matcher address = ADDRESS.matcher(store.address());
    assertThat(address.find()).isTrue();
    return TcpProxy.before(Integer.parseInt(address.group(2)));
  }

  private static String through(TcpProxy proxy, TestDatabase store) {
    return ADDRESS.matcher(store.address()).replaceFirst("//127.0.0.1:" + proxy.port() + "/");
  }

  private static final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
  }
}
