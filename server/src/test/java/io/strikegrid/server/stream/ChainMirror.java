package io.strikegrid.server.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The chains of one subscription, kept up as the contract tells a client to. */
final class ChainMirror {

  private static final List<String> SIDES = List.of("call", "put");

  /** The part that each measure belongs to. */
  private static final Map<String, String> PARTS =
      Map.ofEntries(
          Map.entry("price", "price"),
          Map.entry("open", "price"),
          Map.entry("high", "price"),
          Map.entry("low", "price"),
          Map.entry("close", "price"),
          Map.entry("bid", "quote"),
          Map.entry("ask", "quote"),
          Map.entry("iv", "iv"),
          Map.entry("iv_source", "iv"),
          Map.entry("delta", "iv"),
          Map.entry("gamma", "iv"),
          Map.entry("theta", "iv"),
          Map.entry("vega", "iv"),
          Map.entry("rho", "iv"),
          Map.entry("oi", "oi"));

  private final TreeMap<String, Chain> chains = new TreeMap<>();
  private String epoch = "";
  private long sequence = -1;
  private boolean isOfMinutes;

  /** One expiry: its figures, and its strikes as they are known now. */
  static final class Chain {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    final TreeMap<Double, ObjectNode> strikes = new TreeMap<>();
  }

  /** Takes a numbered message. */
  void take(JsonNode message) {
    boolean isSnapshot = message.get("type").asText().equals("snapshot");
    long number = message.get("sequence").asLong();
    boolean follows = message.get("epoch").asText().equals(epoch) && number == sequence + 1;
    if (!isSnapshot && !follows) {
      throw new AssertionError("a hole between " + sequence + " and " + number);
    }
    epoch = message.get("epoch").asText();
    sequence = number;
    if (isSnapshot) {
      chains.clear();
      isOfMinutes = message.get("timeframe").asText().equals("1min");
    }
    for (JsonNode chain : message.get("chains")) {
      Chain mine = chains.computeIfAbsent(chain.get("expiry").asText(), e -> new Chain());
      if (isSnapshot) {
        mine.figures = chain.deepCopy();
        chain
            .get("strikes")
            .forEach(s -> mine.strikes.put(s.get("strike").asDouble(), s.deepCopy()));
      } else {
        change(mine, chain);
      }
    }
  }

  private void change(Chain mine, JsonNode chain) {
    for (JsonNode bucket : chain.get("buckets")) {
      boolean isNewest =
          bucket.get("bucket_time").asLong() >= mine.figures.path("bucket_time").asLong();
      if (isNewest) {
        mine.figures.setAll((ObjectNode) bucket.deepCopy());
      }
      for (JsonNode cell : bucket.get("strikes")) {
        cell(mine, cell, bucket.get("bucket_time"), isNewest, isOfMinutes);
      }
    }
    for (JsonNode strike : chain.get("gone")) {
      mine.strikes.remove(strike.asDouble());
    }
    for (JsonNode strike : chain.get("known")) {
      mine.strikes.put(strike.get("strike").asDouble(), strike.deepCopy());
    }
  }

  private static void cell(
      Chain mine, JsonNode cell, JsonNode bucket, boolean isNewest, boolean isOfMinutes) {
    double strike = cell.get("strike").asDouble();
    ObjectNode known = mine.strikes.get(strike);
    if (known == null) {
      return; // told as a whole where it belongs to the chain now
    }
    if (isNewest) {
      known.set("level", cell.get("level"));
    }
    for (String side : SIDES) {
      JsonNode now = cell.get(side);
      if (now != null && isOfMinutes) {
        side(known, side, now, bucket);
      }
    }
  }

  private static void side(ObjectNode strike, String side, JsonNode now, JsonNode bucket) {
    if (now.isNull() || now.path("carried").asBoolean()) {
      return;
    }
    JsonNode known = strike.get(side);
    if (known.isObject() && bucket.asLong() < known.get("time").asLong()) {
      return;
    }
    ObjectNode kept = known.isObject() ? (ObjectNode) known : strike.putObject(side);
    kept.set("time", bucket);
    if (isTold(now, "iv", NullNode.getInstance())) {
      kept.remove("iv_source");
    }
    now.properties()
        .forEach(measure -> {
          String part = PARTS.get(measure.getKey());
          boolean isTold = isTold(now, measure.getKey(), measure.getValue());
          if (part != null && (isTold || !kept.has(part + "_time"))) {
            kept.set(part + "_time", isTold ? bucket : NullNode.getInstance());
          }
          boolean isMeasure = !measure.getKey().equals("tells");
          if (isMeasure && (isTold || !kept.has(measure.getKey()))) {
            kept.set(measure.getKey(), measure.getValue());
          }
        });
  }

  /** Whether a measure of a cell is known from its bar on, if only to be unknown. */
  private static boolean isTold(JsonNode cell, String measure, JsonNode value) {
    String part = PARTS.get(measure);
    if (part == null) {
      return measure.equals("volume") || !value.isNull();
    }
    boolean isNamed = false;
    for (JsonNode told : cell.path("tells")) {
      isNamed |= told.asText().equals(part);
    }
    return isNamed || !cell.has("tells");
  }

  TreeMap<String, Chain> chains() {
    return chains;
  }

  long sequence() {
    return sequence;
  }

  String epoch() {
    return epoch;
  }
}
