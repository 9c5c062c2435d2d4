package io.strikegrid.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What a server says of itself, and waiting for it. */
final class LiveStatus {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final ApiClient client;

  LiveStatus(int port) {
    this.client = new ApiClient(port);
  }

  /** The whole of it. */
  JsonNode read() throws IOException {
    return MAPPER.readTree(client.get("/status").body());
  }

  /** Whether it serves. */
  boolean isUp() {
    try {
      return client.get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** What it says is wrong; nothing where it cannot be asked. */
  String reasons() {
    try {
      return read().at("/reasons").toString();
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  /** Whether a feed says that it has lost its source. */
  boolean isTroubled(String feed) throws IOException {
    for (JsonNode one : read().at("/feeds")) {
      if (one.at("/name").asText().equals(feed)) {
        return one.at("/trouble").isTextual();
      }
    }
    return false;
  }

  /** How often its embedded database server was started again; -1 where it cannot be asked. */
  int restarts() {
    try {
      return read().at("/store/restarts").asInt(-1);
    } catch (IOException | UncheckedIOException e) {
      return -1;
    }
  }

  /** Minutes that it has committed since its start. */
  long minutes() throws IOException {
    return read().at("/live/minutes").asLong();
  }

  /** Whether any feed has brought ticks since its start. */
  boolean hasTicks() throws IOException {
    for (JsonNode feed : read().at("/feeds")) {
      if (feed.at("/ticks").asLong() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether everything that was posted is committed. */
  boolean hasCommittedPosts() throws IOException {
    JsonNode status = read();
    return status.at("/feeds/0/backlog/uncommitted").asInt(-1) == 0
        && status.at("/live/open_minutes").asInt(-1) == 0;
  }

  /** Whether every entry of a stream is committed and acknowledged. */
  boolean hasCommittedStream(TestRedis redis, String stream) throws IOException {
    return left(redis, stream, "lag") == 0
        && left(redis, stream, "pending") == 0
        && read().at("/live/open_minutes").asInt(-1) == 0;
  }

  /** A number that Redis tells of the only consumer group of a stream; -1 where there is none. */
  static long left(TestRedis redis, String stream, String name) {
    for (Object group : redis.commands().xinfoGroups(stream)) {
      List<?> told = (List<?>) group;
      int at = told.indexOf(name);
      if (at >= 0 && told.get(at + 1) instanceof Long number) {
        return number;
      }
    }
    return -1;
  }
}
