package io.strikegrid.server.ingest.redis;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ingest.BadJson;
import io.strikegrid.server.ingest.ItemBounds;
import io.strikegrid.server.ingest.JsonCut;
import io.strikegrid.server.ingest.Refusal;
import io.strikegrid.server.ingest.RefusedRow;
import io.strikegrid.server.ingest.tick.IgnoredFields;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.live.Tick;
import java.nio.charset.StandardCharsets;
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
  private static final int MOST_CHARACTERS = 32 << 20;

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
    try {
      return new Entry(List.of(ticks.read(fields)), List.of());
    } catch (RefusedRow e) {
      Refusal why = e.refusal();
      return Entry.ofDead(letter(why.code(), why.message(), fields, Optional.empty()));
    }
  }

  private Entry batch(String json) {
    if (json.length() > MOST_CHARACTERS) {
      return whole("too_large", "ticks must have at most " + MOST_CHARACTERS + " characters", json);
    }
    List<Tick> good = new ArrayList<>();
    List<DeadLetter> dead = new ArrayList<>();
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    JsonCut cut = new JsonCut(text);
    try {
      cut.take('[');
      int index = 0;
      do {
        if (index == MOST_TICKS) {
          return whole(
              "too_many_ticks", "ticks must be at most " + MOST_TICKS + "; have more", json);
        }
        element(text, cut.item(), index++, good, dead);
      } while (cut.takes(','));
      cut.take(']');
      if (cut.peek() >= 0) {
        return whole("bad_batch", "ticks must be one array of 1 or more ticks", json);
      }
    } catch (BadJson e) {
      return whole("bad_batch", "ticks must be a JSON array of objects; have " + e.has(), json);
    }
    return new Entry(good, dead);
  }

  private static Entry whole(String code, String reason, String json) {
    return Entry.ofDead(new DeadLetter(code, reason, Map.of(BATCH, json)));
  }

  private void element(
      byte[] text, JsonCut.Item item, int index, List<Tick> good, List<DeadLetter> dead)
      throws BadJson {
    JsonNode json;
    try {
      json = ItemBounds.read(text, item, "tick");
    } catch (RefusedRow e) {
      dead.add(unread(e.refusal().code(), e.refusal().message(), text, item, index));
      return;
    }
    if (!json.isObject()) {
      String reason = "tick " + index + " must be an object; have something else";
      dead.add(unread("bad_tick", reason, text, item, index));
      return;
    }
    try {
      good.add(ticks.read(index, json, new IgnoredFields()));
    } catch (RefusedRow e) {
      dead.add(letter(e.refusal().code(), e.refusal().message(), fields(json), Optional.of(index)));
    }
  }

  private static Map<String, String> fields(JsonNode json) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      JsonNode value = member.getValue();
      if (value.isContainerNode()) {
        fields.put(member.getKey(), value.toString());
      } else if (!value.isNull()) {
        fields.put(member.getKey(), value.asText());
      }
    }
    return fields;
  }

  /** A letter of what was not taken apart. */
  private static DeadLetter unread(
      String code, String reason, byte[] text, JsonCut.Item item, int index) {
    int shown = Math.min(item.length(), DeadLetter.MOST_BYTES);
    String value = new String(text, item.offset(), shown, StandardCharsets.UTF_8);
    return new DeadLetter(code, reason, Map.of("index", Integer.toString(index), "value", value));
  }

  private static DeadLetter letter(
      String code, String reason, Map<String, String> fields, Optional<Integer> index) {
    Map<String, String> original = new LinkedHashMap<>(fields);
    index.ifPresent(i -> original.put("index", Integer.toString(i)));
    return new DeadLetter(code, reason, original);
  }
}
