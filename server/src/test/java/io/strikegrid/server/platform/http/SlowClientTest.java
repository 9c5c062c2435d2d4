package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strikegrid.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SlowClientTest {

  private static final String POST =
      "POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  private static final int DRIPS = 600;
  private static final int DRIP_MILLIS = 100;
  private static final HttpBounds IMPATIENT =
      new HttpBounds(
          Duration.ofMillis(300),
          Duration.ofMinutes(5),
          Duration.ofMillis(500),
          1 << 20,
          100,
          20,
          20,
          0);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicInteger held = new AtomicInteger();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private final RequestBody bodies = new RequestBody(4 << 20, 2 << 20, IMPATIENT, System::nanoTime);
  private final HttpServer server =
      HttpServer.create(
          new HttpConfig("127.0.0.1", 0, Optional.empty(), false).withBounds(IMPATIENT),
          List.of(routes -> {
            routes.get("/read", context -> context.result("data"));
            routes.get("/large", this::sendMuch);
            routes.post("/held", context -> bodies.json(context, b -> hold()));
            routes.post(
                "/body", context -> bodies.json(context, b -> context.result(b.length + " bytes")));
          }),
          registry,
          "test",
          List.of());

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void sendMuch(Context context) throws IOException {
    OutputStream out = context.res().getOutputStream();
    byte[] some = new byte[1 << 20];
    try {
      for (int i = 0; i < 1024; i++) {
        out.write(some);
      }
    } catch (IOException e) {
      gone.countDown();
      throw e;
    }
  }

  /** What came until the server hung up or answered, while a byte was sent again and again. */
  private static String drip(Socket socket, String drop) throws IOException {
    StringBuilder came = new StringBuilder();
    socket.setSoTimeout(DRIP_MILLIS);
    for (int i = 0; i < DRIPS; i++) {
      try {
        socket.getOutputStream().write(drop.getBytes(StandardCharsets.US_ASCII));
        int next = socket.getInputStream().read();
        if (next < 0) {
          return came.toString();
        }
        came.append((char) next).append(rest(socket));
        return came.toString();
      } catch (SocketTimeoutException e) {
        // not yet
      } catch (SocketException e) {
        return came.toString();
      }
    }
    throw new AssertionError("the server waits for ever");
  }

  private static String rest(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private Socket connect(String begin) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private double cut(String reason) {
    return registry.get("strikegrid.http.cut").tag("reason", reason).counter().count();
  }

  @Test
  void headers_thatDrip_areCutOff() throws IOException {
    try (Socket socket = connect("GET /read HTTP/1.1\r\nHost: localhost\r\nX-a: ")) {
      assertThat(drip(socket, "a")).isEmpty();
    }
    assertThat(cut("headers")).isEqualTo(1);
  }

  @Test
  void headers_ofALaterRequest_areCutOffToo() throws IOException {
    try (Socket socket = connect("GET /read HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      socket.setSoTimeout(60_000);
      byte[] answer = new byte[1000];
      assertThat(socket.getInputStream().read(answer)).isPositive();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200");
      assertThat(drip(socket, "G")).doesNotContain("200");
    }
    assertThat(cut("headers")).isEqualTo(1);
  }

  @Test
  void lines_thatAreEmpty_doNotKeepAConnection() throws IOException {
    try (Socket socket = connect("\r\n")) {
      assertThat(drip(socket, "\r\n")).isEmpty();
    }
  }

  @Test
  void body_thatDrips_isToldToComeFaster() throws IOException {
    try (Socket socket = connect(POST + "Transfer-Encoding: chunked\r\n\r\n")) {
      String answer = drip(socket, "1\r\n \r\n");
      assertThat(answer).startsWith("HTTP/1.1 408").contains("application/problem+json");
      assertThat(answer).contains("\"code\":\"too_slow\"");
    }
  }

  @Test
  void body_ofWhichNothingComes_isToldToComeFaster() throws IOException {
    try (Socket socket = connect(POST + "Content-Length: 100\r\n\r\n")) {
      assertThat(rest(socket)).startsWith("HTTP/1.1 408").contains("too_slow");
    }
  }

  @Test
  void bodies_thatHaveNotComeYet_takeNoRoom() throws IOException {
    List<Socket> begun = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        begun.add(connect(POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n"));
      }
      String reply =
          RawHttp.ask(server.port(), POST + "Content-Length: 2\r\nConnection: close\r\n\r\n[]")
              .text();
      assertThat(reply).startsWith("HTTP/1.1 200").endsWith("2 bytes");
    } finally {
      for (Socket socket : begun) {
        socket.close();
      }
    }
  }

  @Test
  void bodies_ofOneClientThatAreHeld_leaveRoomForAnother() throws IOException {
    String body = "Content-Length: 950000\r\nConnection: close\r\n\r\n" + " ".repeat(950_000);
    List<Socket> begun = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        Socket socket = connect(POST.replace("/body", "/held") + body);
        begun.add(socket);
        Thread.startVirtualThread(() -> count(socket));
      }
      Await.until("all are taken or refused", () -> held.get() + refused.size() == 4);
      assertThat(refused).hasSize(2).allMatch(answer -> answer.contains("bodies of one client"));

      try (Socket other = new Socket()) {
        other.bind(new InetSocketAddress("127.0.0.2", 0));
        other.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        other.getOutputStream().write((POST + body).getBytes(StandardCharsets.US_ASCII));
        assertThat(rest(other)).startsWith("HTTP/1.1 200").endsWith("950000 bytes");
      }
    } finally {
      release.countDown();
      for (Socket socket : begun) {
        socket.close();
      }
    }
  }

  private void count(Socket socket) {
    try {
      String answer = rest(socket);
      if (answer.startsWith("HTTP/1.1 503")) {
        refused.add(answer);
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** Keeps a body in memory until it may go. */
  private void hold() {
    held.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void reader_thatTakesNothing_isCutOff() throws IOException, InterruptedException {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      socket
          .getOutputStream()
          .write(
              "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(cut("answer")).isEqualTo(1);
  }

  @Test
  void reader_thatTakesItsTime_getsAllOfIt() throws IOException {
    try (Socket socket =
        connect("GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
      socket.setSoTimeout(60_000);
      long count = 0;
      byte[] some = new byte[1 << 16];
      for (int n = 0; n >= 0; n = socket.getInputStream().read(some)) {
        count += n;
      }
      assertThat(count).isGreaterThan(1L << 30);
    }
  }

  @Test
  void connections_ofOneAddress_areBoundedByTheOneThatWaitedLongest() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < IMPATIENT.connectionsPerAddress(); i++) {
        open.add(connect(""));
      }
      RawHttp.Reply reply =
          RawHttp.ask(
              server.port(), "GET /read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(rest(open.getFirst())).isEmpty();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    assertThat(cut("place")).isPositive();
  }
}
