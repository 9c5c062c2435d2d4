package io.strikegrid.server.ingest.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.ingest.profile.FieldName;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.live.Tick;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sides of ready-made bars as objects that name columns as {@code POST /ingest/bars} does. */
final class BarFields {

  /** Sides of one bar stand together. */
  static final Comparator<Tick> ORDER =
      Comparator.<Tick>comparingLong(t -> t.observation().millis())
          .thenComparing(t -> t.underlying().symbol())
          .thenComparing(t -> t.expiry().orElseThrow())
          .thenComparingDouble(t -> t.observation().strike())
          .thenComparing(t -> t.observation().side());

  private final Map<Side, Map<FieldName, String>> names = new TreeMap<>();

  /** By the columns of our own profile. */
  BarFields(Profile ours) {
    for (Side side : Side.values()) {
      Map<FieldName, String> ofSide = new TreeMap<>();
      for (Profile.Field field : ours.fields()) {
        ofSide.put(field.name(), field.columns(side).getFirst());
      }
      names.put(side, ofSide);
    }
  }

  /** Whether two sides are of one bar. */
  static boolean isSameBar(Tick a, Tick b) {
    return a.observation().millis() == b.observation().millis()
        && a.observation().strike() == b.observation().strike()
        && a.expiry().equals(b.expiry())
        && a.underlying().symbol().equals(b.underlying().symbol());
  }

  /** Writes the sides, each beside the other of its bar; returns how many bars they are. */
  int write(JsonGenerator json, List<Tick> sides) throws IOException {
    int bars = 0;
    int at = 0;
    while (at < sides.size()) {
      int next = at + 1;
      while (next < sides.size() && isSameBar(sides.get(at), sides.get(next))) {
        next++;
      }
      writeBar(json, sides.subList(at, next));
      bars++;
      at = next;
    }
    return bars;
  }

  private void writeBar(JsonGenerator json, List<Tick> sides) throws IOException {
    Tick first = sides.getFirst();
    json.writeStartObject();
    json.writeNumberField("bucket_time", first.observation().time());
    json.writeStringField("symbol", first.underlying().symbol());
    json.writeStringField("expiry", first.expiry().orElseThrow().toString());
    TickFields.writeNumber(json, "strike", first.observation().strike());
    Map<String, Double> values = new TreeMap<>();
    for (Tick side : sides) {
      Observation o = side.observation();
      names
          .getOrDefault(o.side(), Map.of())
          .forEach((field, name) -> {
            if (field.observed() != null && !Double.isNaN(o.get(field.observed()))) {
              values.put(name, o.get(field.observed()));
            }
          });
    }
    for (Map.Entry<String, Double> value : values.entrySet()) {
      TickFields.writeNumber(json, value.getKey(), value.getValue());
    }
    json.writeEndObject();
  }
}
