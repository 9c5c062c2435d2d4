package io.strikegrid.server.ingest.redis;

import java.nio.charset.StandardCharsets;
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

  /** Most bytes of the fields as they came, names and values, that are stored. */
  static final int MOST_BYTES = 64 << 10;

  /** Most characters of the reason. */
  private static final int LONGEST_REASON = 2_000;

  private static final String OURS_FIRST = "original.";

  DeadLetter {
    original = new LinkedHashMap<>(original);
  }

  /**
   * As it is stored: why and where it came from, then what came, under its own names. Where that is
   * longer than may be stored it is cut, and says how long it was.
   */
  Map<String, String> fields(String id) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("reason", cut(reason, LONGEST_REASON));
    fields.put("code", code);
    fields.put("id", id);
    long length = 0;
    for (Map.Entry<String, String> field : original.entrySet()) {
      length += bytes(field.getKey()) + bytes(field.getValue());
    }
    if (length > MOST_BYTES) {
      fields.put("full_length", Long.toString(length));
    }
    long room = MOST_BYTES;
    for (Map.Entry<String, String> field : original.entrySet()) {
      String name = field.getKey();
      room -= bytes(name);
      if (room <= 0) {
        break;
      }
      String value = withinBytes(field.getValue(), room);
      fields.put(fields.containsKey(name) ? OURS_FIRST + name : name, value);
      room -= bytes(value);
    }
    return fields;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** As much of a text from its beginning as has so many bytes at most. */
  private static String withinBytes(String text, long most) {
    if (text.length() <= most && bytes(text) <= most) {
      return text;
    }
    String cut = cut(text, (int) most);
    while (bytes(cut) > most) {
      long over = bytes(cut) - most;
      cut = cut(cut, cut.length() - (int) ((over + 2) / 3));
    }
    return cut;
  }

  /** So many characters from the beginning, no pair of surrogates halved. */
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean halves = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, halves ? most - 1 : most);
  }
}
