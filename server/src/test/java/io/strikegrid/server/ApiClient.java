package io.strikegrid.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Asks a server on this machine. */
public final class ApiClient {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;

  public ApiClient(int port) {
    this.port = port;
  }

  public int port() {
    return port;
  }

  /**
   * Asks with GET.
   *
   * @param pathAndQuery encoded
   * @param headers names and values in turn
   */
  public HttpResponse<String> get(String pathAndQuery, String... headers) {
    return send("GET", pathAndQuery, headers);
  }

  /** Asks with any method and no body. */
  public HttpResponse<String> send(String method, String pathAndQuery, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(pathAndQuery, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a JSON body with POST. */
  public HttpResponse<String> post(String path, String json) {
    return post(path, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
  }

  /**
   * Sends a body with POST.
   *
   * @param headers names and values in turn
   */
  public HttpResponse<String> post(String path, byte[] body, String... headers) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The JSON of an answer with status 200.
   *
   * @param schema that the contract has for it
   */
  public JsonNode json(String schema, String pathAndQuery) {
    HttpResponse<String> response = get(pathAndQuery);
    if (response.statusCode() != 200) {
      throw new AssertionError(pathAndQuery + " answered " + response.body());
    }
    return ContractSchemas.checked(schema, read(response.body()));
  }

  /** The problem document of an answer. */
  public JsonNode problem(String pathAndQuery) {
    return problem(get(pathAndQuery));
  }

  /** The problem document of an answer. */
  public static JsonNode problem(HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.equals("application/problem+json")) {
      throw new AssertionError("no problem but " + type + ": " + response.body());
    }
    JsonNode problem = ContractSchemas.checked("Problem", read(response.body()));
    if (problem.get("status").asInt() != response.statusCode()) {
      throw new AssertionError(response.statusCode() + " with " + problem);
    }
    return problem;
  }

  /** The lines of a CSV answer with status 200. */
  public List<String> csv(String pathAndQuery) {
    HttpResponse<String> response = get(pathAndQuery, "Accept", "text/csv");
    if (response.statusCode() != 200) {
      throw new AssertionError(pathAndQuery + " answered " + response.body());
    }
    return List.of(response.body().split("\r\n"));
  }

  /** Reads JSON. */
  public static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }
}
