package io.strikegrid.server.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A client of server-sent events, which holds every message against the contract. */
final class EventsClient implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BufferedReader in;

  /**
   * An event.
   *
   * @param id epoch and number; empty where it has none
   * @param text its data as it came; a comment where it begins with a colon
   */
  record Event(String id, String text) {
    JsonNode json() {
      return StreamClient.checked(text);
    }
  }

  EventsClient(ApiClient to, String query, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + to.port() + "/fo/stream/events?" + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      String type = answer.headers().firstValue("Content-Type").orElse("");
      if (answer.statusCode() != 200 || !type.startsWith("text/event-stream")) {
        throw new AssertionError(answer.statusCode() + " " + type);
      }
      in = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next event, comments included. */
  Event next() {
    String id = "";
    String data = "";
    try {
      String line = Objects.requireNonNull(in.readLine(), "the stream has ended");
      while (!line.isEmpty()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else {
          data = line.startsWith("data: ") ? line.substring(6) : line;
        }
        line = Objects.requireNonNull(in.readLine(), "the stream has ended");
      }
      return new Event(id, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
