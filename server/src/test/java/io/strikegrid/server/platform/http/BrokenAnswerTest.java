package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer that breaks in the middle, and a client that does not wait for its answer. */
final class BrokenAnswerTest {

  private static final int LINES_BEFORE_IT_BREAKS = 500_000;
  private static final CountDownLatch GONE = new CountDownLatch(1);
  private static final CountDownLatch GONE_AFTER_A_BODY = new CountDownLatch(1);

  private static final HttpServer SERVER =
      HttpServer.create(
          new HttpConfig("127.0.0.1", 0, Optional.empty(), false),
          List.of(BrokenAnswerTest::addTo),
          new SimpleMeterRegistry(),
          "test",
          List.of());

  static {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /** So many numbers, then a failure. */
  private record Breaking(int lines, boolean isError) implements Answer {

    private void fail() {
      if (isError) {
        throw new StackOverflowError("made up");
      }
      throw new IllegalStateException("made up");
    }

    @Override
    public Optional<String> version() {
      return Optional.of("1");
    }

    @Override
    public void writeJson(JsonWriter out) throws IOException {
      out.startArray();
      for (int i = 0; i < lines; i++) {
        out.whole(i * 7_919L % 1_000_003);
      }
      fail();
    }

    @Override
    public List<String> columns() {
      return List.of("number");
    }

    @Override
    public void writeRows(CsvTable out) {
      for (int i = 0; i < lines; i++) {
        out.whole(i * 7_919L % 1_000_003).end();
      }
      fail();
    }
  }

  private static void addTo(RoutesConfig routes) {
    routes.get(
        "/late",
        context -> Answers.send(context, new Breaking(LINES_BEFORE_IT_BREAKS, false)),
        Role.OPEN);
    routes.get(
        "/error",
        context -> Answers.send(context, new Breaking(LINES_BEFORE_IT_BREAKS, true)),
        Role.OPEN);
    routes.get("/early", context -> Answers.send(context, new Breaking(3, false)), Role.OPEN);
    routes.get("/fine", context -> context.result("fine"), Role.OPEN);
    routes.get(
        "/long",
        context -> {
          while (!Connections.isGone(context)) {
            Thread.onSpinWait();
          }
          GONE.countDown();
          throw new ClientGoneException();
        },
        Role.OPEN);
    routes.get(
        "/looking",
        context -> {
          for (int i = 0; i < 20; i++) {
            assertThat(Connections.isGone(context)).isFalse();
          }
          context.result("looked");
        },
        Role.OPEN);
    routes.post("/body", BrokenAnswerTest::lookWhileItReads, Role.OPEN);
  }

  /** Looks before each piece of a body, and then until the client has gone or for so long. */
  private static void lookWhileItReads(Context context) throws IOException {
    InputStream in = context.req().getInputStream();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] some = new byte[100];
    for (int n = 0; n >= 0; n = in.read(some)) {
      read.write(some, 0, n);
      for (int i = 0; i < 50; i++) {
        assertThat(Connections.isGone(context)).isFalse();
      }
    }
    boolean waits = context.queryString() != null;
    while (waits && !Connections.isGone(context)) {
      Thread.onSpinWait();
    }
    if (waits) {
      GONE_AFTER_A_BODY.countDown();
    }
    context.result(read.toString(StandardCharsets.US_ASCII));
  }

  private static byte[] answer(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      return new byte[0]; // reset
    }
  }

  private static String get(String path, String... headers) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "/late, application/json, identity",
    "/late, application/json, gzip",
    "/late, text/csv, identity",
    "/late, text/csv, gzip",
    "/error, application/json, identity",
    "/error, text/csv, gzip"
  })
  void send_answerThatBreaksLate_neverEndsAsIfWhole(String path, String form, String encoding)
      throws IOException {
    byte[] answer = answer(get(path, "Accept: " + form, "Accept-Encoding: " + encoding));
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotEndWith("0\r\n\r\n").doesNotContain("Content-Length");
  }

  @ParameterizedTest
  @CsvSource({"application/json, identity", "application/json, gzip", "text/csv, gzip"})
  void send_answerThatBreaksEarly_isAProblemInstead(String form, String encoding)
      throws IOException {
    byte[] answer =
        answer(
            get("/early", "Accept: " + form, "Accept-Encoding: " + encoding, "Connection: close"));
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("HTTP/1.1 500").contains("\"internal\"").doesNotContain("ETag");
  }

  @Test
  void isGone_clientThatCloses_isSeen() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket.getOutputStream().write(get("/long").getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(GONE.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void isGone_clientThatSentManyRequests_getsAllAnswersWhole() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      requests.append(get("/looking", "X-Number: " + i));
    }
    byte[] answers = answer(requests + get("/fine", "Connection: close"));
    assertThat(new String(answers, StandardCharsets.ISO_8859_1).split("looked", -1)).hasSize(401);
  }

  @Test
  void isGone_whileAChunkedBodyComes_losesNothingOfIt() throws IOException {
    StringBuilder chunks = new StringBuilder();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      String text = "chunk %05d".formatted(i);
      chunks.append(Integer.toHexString(text.length())).append("\r\n").append(text).append("\r\n");
      body.append(text);
    }
    String post =
        get("/body", "Transfer-Encoding: chunked", "Connection: close").replaceFirst("GET", "POST");
    byte[] answer = answer(post + chunks + "0\r\n\r\n");
    assertThat(new String(answer, StandardCharsets.ISO_8859_1))
        .startsWith("HTTP/1.1 200")
        .endsWith(body);
  }

  @Test
  void isGone_clientThatClosesBehindABody_isSeen() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket
          .getOutputStream()
          .write(
              "POST /body?wait HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\nabc"
                  .getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(GONE_AFTER_A_BODY.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void isGone_clientThatSentItsNextRequest_getsBothAnswers() throws IOException {
    byte[] answers = answer(get("/looking") + get("/fine", "Connection: close"));
    assertThat(new String(answers, StandardCharsets.ISO_8859_1)).contains("looked", "fine");
  }
}
