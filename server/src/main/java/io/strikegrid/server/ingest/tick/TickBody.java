package io.strikegrid.server.ingest.tick;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strikegrid.server.ingest.Refusal;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.platform.http.Answers;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the body of a request: a JSON array of ticks, an object with such an array, or one tick a
 * line. A body that is none of these is refused as a whole; a line that is no JSON is one refused
 * tick.
 */
final class TickBody {

  /** Media types of a tick a line. */
  static final List<String> LINES = List.of("application/x-ndjson", "application/ndjson");

  private static final int MOST_TICKS = 50_000;
  private static final String ALLOWED = "1 to " + MOST_TICKS + " ticks";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final TickReader reader;
  private final TickBatch batch = new TickBatch();

  private TickBody(TickReader reader) {
    this.reader = reader;
  }

  /** Reads the ticks of a body of a media type. */
  static TickBatch read(TickReader reader, String mediaType, byte[] body) throws IOException {
    TickBody read = new TickBody(reader);
    if (LINES.contains(mediaType)) {
      read.lines(body);
    } else {
      read.json(body);
    }
    if (read.batch.received() == 0) {
      throw bad("ticks", "none", ALLOWED);
    }
    return read.batch;
  }

  static List<String> mediaTypes() {
    return List.of(Answers.JSON, LINES.getFirst(), LINES.getLast());
  }

  private void lines(byte[] body) {
    int start = 0;
    while (start < body.length) {
      int end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      line(body, start, end - start);
      start = end + 1;
    }
  }

  private void line(byte[] body, int start, int length) {
    String text = new String(body, start, Math.min(length, 200), StandardCharsets.UTF_8);
    if (text.isBlank() && length <= text.length()) {
      return;
    }
    int index = nextIndex();
    try {
      take(index, MAPPER.readTree(body, start, length));
    } catch (IOException e) {
      batch.reject(index, new Refusal("bad_json", "tick", text.strip(), "one JSON object a line"));
    }
  }

  private void json(byte[] body) throws IOException {
    try (JsonParser parser = MAPPER.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        member(parser);
      } else if (first == JsonToken.START_ARRAY) {
        array(parser);
      } else {
        throw bad("body", String.valueOf(first), "an array of ticks, or an object with one");
      }
      if (parser.nextToken() != null) {
        throw bad("body", "more after its end", "one JSON value");
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : " at line " + at.getLineNr();
      throw bad("body", "not JSON, or beyond its bounds," + where, "JSON");
    }
  }

  private void member(JsonParser parser) throws IOException {
    String name = parser.nextFieldName();
    if (name == null || !name.equals("ticks")) {
      throw bad(name == null ? "body" : name, name == null ? "no member" : "a member", "ticks");
    }
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw bad("ticks", String.valueOf(parser.currentToken()), "an array");
    }
    array(parser);
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw bad("body", "more beside ticks", "an object with ticks alone");
    }
  }

  private void array(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      take(
          nextIndex(),
          MAPPER
              .readerFor(JsonNode.class)
              .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readValue(parser));
    }
  }

  private int nextIndex() {
    int index = batch.received();
    if (index == MOST_TICKS) {
      throw new Problem(
          ProblemCode.TOO_LARGE,
          "a batch may hold " + MOST_TICKS + " ticks; have more",
          "ticks",
          "more than " + MOST_TICKS,
          ALLOWED);
    }
    return index;
  }

  private void take(int index, JsonNode tick) {
    try {
      batch.add(reader.read(index, tick, batch.ignored()));
    } catch (RefusedRow e) {
      batch.reject(index, e.refusal());
    }
  }

  private static Problem bad(String field, String value, String allowed) {
    return new Problem(
        ProblemCode.BAD_VALUE,
        field + " must be " + allowed + "; have " + Problem.shown(value),
        field,
        value,
        allowed);
  }
}
