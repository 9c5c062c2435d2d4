package io.strikegrid.server.ingest.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Posts JSON until it is answered. A server that is busy is waited for as long as it asks; one that
 * fails is tried again for a while; one that refuses ends it.
 */
final class HttpSender implements AutoCloseable {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);
  private static final int LONGEST_WAIT_SECONDS = 60;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final URI uri;
  private final boolean packs;
  private final Optional<String> token;
  private final ReplayReport report;
  private final Patience patience = new Patience();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          .build();

  /**
   * A sender.
   *
   * @param packs whether bodies go as gzip
   */
  HttpSender(URI uri, boolean packs, Optional<String> token, ReplayReport report) {
    this.uri = uri;
    this.packs = packs;
    this.token = token;
    this.report = report;
  }

  /** Posts a body; returns what the server said of it. */
  JsonNode post(byte[] json) throws ReplayException, InterruptedException {
    HttpRequest request = request(json);
    while (true) {
      try {
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        int status = answer.statusCode();
        if (status == 200) {
          patience.succeeded();
          return MAPPER.readTree(answer.body());
        }
        if (status == 503 || status == 429) {
          patience.succeeded();
          report.waited();
          Thread.sleep(retryAfter(answer));
        } else if (status >= 500) {
          throw new IOException(uri + " answers " + status + said(answer));
        } else {
          throw new ReplayException(uri + " answers " + status + said(answer), null);
        }
      } catch (IOException e) {
        patience.failed(named(e));
        report.sentAgain();
      }
    }
  }

  private HttpRequest request(byte[] json) {
    byte[] body = packs ? packed(json) : json;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (packs) {
      request.header("Content-Encoding", "gzip");
    }
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    return request.build();
  }

  private static byte[] packed(byte[] json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length / 4 + 100);
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(json);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory were written", e);
    }
    return bytes.toByteArray();
  }

  private IOException named(IOException e) {
    String message = e.getMessage();
    if (message != null && message.startsWith(uri.toString())) {
      return e;
    }
    String what =
        e instanceof ConnectException
            ? "cannot be reached"
            : message == null ? e.getClass().getSimpleName() : message;
    return new IOException(uri + ": " + what, e);
  }

  private static Duration retryAfter(HttpResponse<byte[]> answer) {
    String text = answer.headers().firstValue("Retry-After").orElse("1");
    int seconds = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 1;
    return Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_WAIT_SECONDS));
  }

  /** The detail of a problem document, if it is one. */
  private static String said(HttpResponse<byte[]> answer) {
    try {
      JsonNode detail = MAPPER.readTree(answer.body()).path("detail");
      return detail.isTextual() ? ": " + detail.asText() : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
