package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ServerFailureTest {

  private final RequestBody bodies = new RequestBody();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CountDownLatch started = new CountDownLatch(1);
  private final HttpServer server =
      HttpServer.create(
          new HttpConfig("127.0.0.1", 0, Optional.empty(), false),
          List.of(routes -> {
            routes.get(
                "/broken",
                context -> {
                  throw new IllegalStateException("jdbc:secret");
                });
            routes.get(
                "/outage",
                context -> {
                  throw new UncheckedIOException("10.0.0.1", new IOException());
                });
            routes.get(
                "/full",
                context -> {
                  throw new Full();
                });
            routes.get(
                "/error",
                context -> {
                  throw new StackOverflowError("deep");
                });
            routes.get(
                "/slow",
                context -> {
                  started.countDown();
                  Thread.sleep(300);
                  context.result("done");
                });
            routes.post(
                "/body",
                context -> bodies.json(context, body -> context.result(body.length + " bytes")));
          }),
          registry,
          "test",
          List.of(UncheckedIOException.class));
  private final HttpClient client = HttpClient.newHttpClient();

  ServerFailureTest() {
    server.start();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode problem(HttpResponse<String> response) throws IOException {
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    return new JsonMapper().readTree(response.body());
  }

  @Test
  void failure_ofOurs_saysNothingOfItsCause() throws Exception {
    HttpResponse<String> response = send(request("/broken"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(problem(response).at("/code").asText()).isEqualTo("internal");
    assertThat(response.body()).doesNotContain("secret", "IllegalState");
  }

  @Test
  void failure_thatIsNoException_isAnsweredToo() throws Exception {
    HttpResponse<String> response = send(request("/error"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(problem(response).at("/code").asText()).isEqualTo("internal");
    assertThat(response.body()).doesNotContain("StackOverflow", "deep");
  }

  @Test
  void outage_ofWhatIsNeeded_isNotReady() throws Exception {
    HttpResponse<String> response = send(request("/outage"));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(response.body()).doesNotContain("10.0.0.1");
  }

  @Test
  void outage_thatTellsWhy_isNotReadyAndSaysIt() throws Exception {
    HttpResponse<String> response = send(request("/full"));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(problem(response).at("/code").asText()).isEqualTo("not_ready");
    assertThat(problem(response).at("/detail").asText()).isEqualTo("7 bytes are free");
  }

  private static final class Full extends RuntimeException implements Outage {
    private static final long serialVersionUID = 1;

    @Override
    public String told() {
      return "7 bytes are free";
    }
  }

  @Test
  void body_ofAnotherMediaType_isRefused() throws Exception {
    HttpResponse<String> response =
        send(
            request("/body")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("x")));
    assertThat(problem(response).at("/code").asText()).isEqualTo("unsupported_media_type");
  }

  @Test
  void body_withoutALength_isBoundedAsWell() throws Exception {
    byte[] chunk = new byte[1 << 20];
    HttpRequest.Builder request =
        request("/body")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArrays(java.util.Collections.nCopies(33, chunk)));
    HttpResponse<String> response = send(request);
    assertThat(problem(response).at("/code").asText()).isEqualTo("too_large");
  }

  @Test
  void method_thatIsNotTaken_isToldWhichAre() throws Exception {
    HttpResponse<String> read = send(request("/slow").DELETE());
    assertThat(read.statusCode()).isEqualTo(405);
    assertThat(read.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(problem(read).at("/allowed").asText()).isEqualTo("GET, HEAD");
    HttpResponse<String> write = send(request("/body").header("Accept", "text/html"));
    assertThat(write.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void method_overriddenByAHeader_isRefused() throws Exception {
    HttpResponse<String> response =
        send(request("/outage").header("X-HTTP-Method-Override", "POST"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(problem(response).at("/parameter").asText()).isEqualTo("X-HTTP-Method-Override");
  }

  @Test
  void requests_byRoute_areCounted() throws Exception {
    send(request("/broken"));
    send(request("/nothing/at/all"));
    server.close();
    assertThat(registry.get("strikegrid.http.requests").tag("route", "/broken").timer().count())
        .isEqualTo(1);
    assertThat(registry.get("strikegrid.http.requests").tag("route", "other").timer().count())
        .isEqualTo(1);
  }

  @Test
  void request_thatRunsAtTheEnd_isAnswered() throws Exception {
    var answer = client.sendAsync(request("/slow").build(), HttpResponse.BodyHandlers.ofString());
    started.await();
    server.close();
    assertThat(answer.get().body()).isEqualTo("done");
  }
}
