package io.strikegrid.server.ingest.tick;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ingest.ItemBounds;
import io.strikegrid.server.ingest.RefusedRow;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one tick as texts, with the names they were sent under. A field that is null or an
 * empty text is not given.
 */
final class GivenFields {

  private final @Nullable String[] texts = new @Nullable String[TickField.values().length];
  private final @Nullable String[] names = new @Nullable String[TickField.values().length];

  private GivenFields() {}

  static GivenFields of(Map<String, String> fields, IgnoredFields ignored) throws RefusedRow {
    ItemBounds.checkMembers(fields.size(), "tick");
    GivenFields given = new GivenFields();
    for (Map.Entry<String, String> entry : fields.entrySet()) {
      TickField field = TickField.of(entry.getKey());
      if (field == null) {
        ignored.add(entry.getKey());
      } else {
        given.put(field, entry.getKey(), entry.getValue());
      }
    }
    return given;
  }

  static GivenFields of(JsonNode json, IgnoredFields ignored) throws RefusedRow {
    if (!json.isObject()) {
      throw new RefusedRow("bad_tick", "tick", json.toString(), "an object");
    }
    GivenFields given = new GivenFields();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      TickField field = TickField.of(member.getKey());
      if (field == null) {
        ignored.add(member.getKey());
      } else {
        given.put(field, member.getKey(), text(field, member.getKey(), member.getValue()));
      }
    }
    return given;
  }

  /** A number's shortest text; a time is written out, since no other form of it is read. */
  private static String text(TickField field, String name, JsonNode value) throws RefusedRow {
    if (value.isNull()) {
      return "";
    }
    if (!value.isTextual() && !value.isNumber()) {
      throw new RefusedRow("bad_value", name, value.toString(), "a number, a text or null");
    }
    boolean hasExponent = value.isFloatingPointNumber() && Double.isFinite(value.doubleValue());
    if (!hasExponent) {
      return value.asText();
    }
    return field == TickField.TIME
        ? value.decimalValue().toPlainString()
        : Double.toString(value.doubleValue());
  }

  private void put(TickField field, String name, String text) throws RefusedRow {
    if (text.length() > ItemBounds.LONGEST_TEXT) {
      throw new RefusedRow(
          "too_long", name, text, "of at most " + ItemBounds.LONGEST_TEXT + " characters");
    }
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return;
    }
    int at = field.ordinal();
    if (texts[at] != null) {
      throw repeated(name, Objects.requireNonNull(names[at]), text);
    }
    texts[at] = stripped;
    names[at] = name;
  }

  /** A field that came under two names. */
  static RefusedRow repeated(String name, String other, String text) {
    return new RefusedRow("repeated_field", name, text, "left out beside " + other);
  }

  boolean has(TickField field) {
    return texts[field.ordinal()] != null;
  }

  /** The text; null where it is not given. */
  @Nullable String text(TickField field) {
    return texts[field.ordinal()];
  }

  /** The text of a field that must be given. */
  String required(TickField field) throws RefusedRow {
    String text = texts[field.ordinal()];
    if (text == null) {
      throw new RefusedRow("missing_field", field.label(), "", "given");
    }
    return text;
  }

  /** The name it was sent under, else its own. */
  String name(TickField field) {
    String name = names[field.ordinal()];
    return name == null ? field.label() : name;
  }
}
