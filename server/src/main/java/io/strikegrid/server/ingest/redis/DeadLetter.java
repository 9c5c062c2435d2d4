package io.strikegrid.server.ingest.redis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tick, or an entry as a whole, that cannot be taken.
 *
 * @param code of the reason
 * @param reason field, value and what is allowed
 * @param original the fields as they came
 */
record DeadLetter(String code, String reason, Map<String, String> original) {

  private static final String OURS_FIRST = "original.";

  DeadLetter {
    original = new LinkedHashMap<>(original);
  }

  /** As it is stored: why and where it came from, then what came, under its own names. */
  Map<String, String> fields(String id) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("reason", reason);
    fields.put("code", code);
    fields.put("id", id);
    original.forEach(
        (name, value) -> fields.put(fields.containsKey(name) ? OURS_FIRST + name : name, value));
    return fields;
  }
}
