package io.strikegrid.server.ingest.redis;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.live.Tick;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an entry: one tick as its fields, or a batch of them as a JSON array in the single field
 * {@code ticks}. Whatever it holds, it comes out as ticks and dead letters. Safe for use by any
 * number of threads.
 */
final class EntryReader {

  static final String BATCH = "ticks";
  private static final int MOST_TICKS = 50_000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final TickReader ticks;

  EntryReader(TickReader ticks) {
    this.ticks = ticks;
  }

  Entry read(RawEntry raw) {
    Map<String, String> fields = raw.fields();
    if (fields.isEmpty()) {
      return Entry.ofDead(
          new DeadLetter(
              "trimmed", "the entry was trimmed from the stream before it was taken", Map.of()));
    }
    String batch = fields.size() == 1 ? fields.get(BATCH) : null;
    if (batch != null) {
      return batch(batch);
    }
    List<Tick> good = new ArrayList<>();
    List<DeadLetter> dead = new ArrayList<>();
    tick(fields, Optional.empty(), good, dead);
    return new Entry(good, dead);
  }

  private Entry batch(String json) {
    List<Tick> good = new ArrayList<>();
    List<DeadLetter> dead = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new JsonParseException(parser, "it does not start with [");
      }
      int index = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (index == MOST_TICKS) {
          return whole(
              "too_many_ticks", "ticks must be at most " + MOST_TICKS + "; have more", json);
        }
        element(parser, index++, good, dead);
      }
      if (parser.nextToken() != null || index == 0) {
        return whole("bad_batch", "ticks must be one array of 1 or more ticks", json);
      }
    } catch (IOException e) {
      return whole("bad_batch", "ticks must be a JSON array of objects: " + firstLine(e), json);
    }
    return new Entry(good, dead);
  }

  private static Entry whole(String code, String reason, String json) {
    return Entry.ofDead(new DeadLetter(code, reason, Map.of(BATCH, json)));
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void element(JsonParser parser, int index, List<Tick> good, List<DeadLetter> dead)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      String value = parser.readValueAsTree().toString();
      dead.add(
          new DeadLetter(
              "bad_tick",
              "tick " + index + " must be an object; have something else",
              Map.of("index", Integer.toString(index), "value", value)));
      return;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    String nested = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == null) {
        throw new JsonParseException(parser, "the array does not end");
      }
      if (value.isStructStart()) {
        nested = name;
        fields.put(name, parser.readValueAsTree().toString());
      } else if (value != JsonToken.VALUE_NULL) {
        fields.put(name, parser.getText());
      }
    }
    if (nested != null) {
      String reason = nested + " must be a text or a number; have an array or object";
      dead.add(letter("bad_tick", reason, fields, Optional.of(index)));
      return;
    }
    tick(fields, Optional.of(index), good, dead);
  }

  private void tick(
      Map<String, String> fields, Optional<Integer> index, List<Tick> good, List<DeadLetter> dead) {
    try {
      good.add(ticks.read(fields));
    } catch (RefusedRow e) {
      dead.add(letter(e.refusal().code(), e.refusal().message(), fields, index));
    } catch (RuntimeException e) {
      dead.add(letter("unreadable", "the tick cannot be read: " + e, fields, index));
    }
  }

  private static DeadLetter letter(
      String code, String reason, Map<String, String> fields, Optional<Integer> index) {
    Map<String, String> original = new LinkedHashMap<>(fields);
    index.ifPresent(i -> original.put("index", Integer.toString(i)));
    return new DeadLetter(code, reason, original);
  }
}
