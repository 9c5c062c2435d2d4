package io.strikegrid.server.ingest.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.server.ingest.profile.FieldName;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.live.Tick;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tick as its fields: time in milliseconds, numbers in the shortest form that reads back as the
 * same double, what is unknown left out.
 */
final class TickFields {

  private static final Map<ObservationField, String> NAMES = names();

  private TickFields() {}

  private static Map<ObservationField, String> names() {
    Map<ObservationField, String> names = new EnumMap<>(ObservationField.class);
    for (ObservationField field : ObservationField.values()) {
      switch (field) {
        case OPEN, HIGH, LOW, IV_COUNT, GREEKS_COUNT, COUNT -> {}
        case VOLUME -> names.put(field, "trade_volume");
        default -> names.put(field, field.label());
      }
    }
    return names;
  }

  /** What a profile reads of a contract at a moment that no field of a tick can carry. */
  static List<String> withoutName(Profile profile) {
    return profile.fields().stream()
        .map(Profile.Field::name)
        .filter(name -> name.observed() != null && !NAMES.containsKey(name.observed()))
        .map(FieldName::label)
        .toList();
  }

  /** The fields as texts. */
  static Map<String, String> texts(Tick tick) {
    Map<String, String> fields = new LinkedHashMap<>();
    Observation o = tick.observation();
    fields.put("symbol", tick.underlying().symbol());
    fields.put("time", Long.toString(o.millis()));
    if (tick.expiry().isPresent()) {
      fields.put("expiry", tick.expiry().get().toString());
      fields.put("strike", number(o.strike()));
      fields.put("side", o.side().label());
    }
    NAMES.forEach((field, name) -> {
      double value = o.get(field);
      if (!Double.isNaN(value)) {
        fields.put(name, number(value));
      }
    });
    return fields;
  }

  /** Writes a tick as an object. */
  static void write(JsonGenerator json, Tick tick) throws IOException {
    Observation o = tick.observation();
    json.writeStartObject();
    json.writeStringField("symbol", tick.underlying().symbol());
    json.writeNumberField("time", o.millis());
    if (tick.expiry().isPresent()) {
      json.writeStringField("expiry", tick.expiry().get().toString());
      writeNumber(json, "strike", o.strike());
      json.writeStringField("side", o.side().label());
    }
    for (Map.Entry<ObservationField, String> field : NAMES.entrySet()) {
      double value = o.get(field.getKey());
      if (!Double.isNaN(value)) {
        writeNumber(json, field.getValue(), value);
      }
    }
    json.writeEndObject();
  }

  static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    json.writeNumber(number(value));
  }

  private static String number(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
