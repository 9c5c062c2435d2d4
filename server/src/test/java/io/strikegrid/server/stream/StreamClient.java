package io.strikegrid.server.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ContractSchemas;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client of the stream, which holds every message against the contract. */
final class StreamClient implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int PATIENCE_SECONDS = 60;

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final AtomicInteger pongs = new AtomicInteger();
  private final StringBuilder text = new StringBuilder();
  private final boolean reads;
  private final WebSocket socket;

  /** How the server closed the connection. */
  record Closed(int code, String reason) {}

  private StreamClient(int port, boolean reads, String... headers) {
    this.reads = reads;
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    this.socket =
        builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/fo/stream"), this).join();
  }

  /** One that reads whatever comes. */
  static StreamClient connect(ApiClient to, String... headers) {
    return new StreamClient(to.port(), true, headers);
  }

  /** One that reads nothing before {@link #read}. */
  static StreamClient silent(ApiClient to) {
    return new StreamClient(to.port(), false);
  }

  /** Begins to read. */
  void read() {
    socket.request(Long.MAX_VALUE);
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    if (reads) {
      webSocket.request(Long.MAX_VALUE);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      messages.add(text.toString());
      text.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    pongs.incrementAndGet();
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(new Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.complete(new Closed(1006, String.valueOf(error)));
  }

  /** Sends a message, single quotes standing for double ones. */
  void send(String json) {
    sendText(json.replace('\'', '"'));
  }

  void sendText(String message) {
    socket.sendText(message, true).join();
  }

  void sendBinary() {
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
  }

  void ping() {
    socket.sendPing(ByteBuffer.wrap(new byte[] {7})).join();
  }

  int pongs() {
    return pongs.get();
  }

  /** Subscribes, and gives what came first: the answer, then a snapshot or what was missed. */
  JsonNode subscribe(String id, String members) {
    send("{'type':'subscribe','id':'" + id + "'," + members + "}");
    JsonNode answer = next();
    if (!answer.path("type").asText().equals("subscribed")) {
      throw new AssertionError("not subscribed: " + answer);
    }
    return answer;
  }

  /** The next message as it came. */
  String nextText() {
    try {
      String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came within " + PATIENCE_SECONDS + " s");
      }
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next message that is no heartbeat. */
  JsonNode next() {
    JsonNode message;
    do {
      message = checked(nextText());
    } while (message.path("type").asText().equals("heartbeat"));
    return message;
  }

  /** The next message, which must be of a type. */
  JsonNode next(String type) {
    JsonNode message = next();
    if (!message.path("type").asText().equals(type)) {
      throw new AssertionError("not of type " + type + ": " + message);
    }
    return message;
  }

  /** The next message of a type, whatever comes before it. */
  JsonNode nextOf(String type) {
    JsonNode message;
    do {
      message = checked(nextText());
    } while (!message.path("type").asText().equals(type));
    return message;
  }

  static JsonNode checked(String message) {
    JsonNode json = ApiClient.read(message);
    String type = json.path("type").asText();
    String schema = "Stream" + Character.toUpperCase(type.charAt(0)) + type.substring(1);
    return ContractSchemas.checked(schema, json);
  }

  /** How the server closed the connection. */
  Closed closed() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
