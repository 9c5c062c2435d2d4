package io.strikegrid.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Makes queries of an operation by chance, and says of each what the schemas say. */
final class ContractQuery {

  private static final Map<String, List<String>> GOOD =
      Map.ofEntries(
          Map.entry("symbol", List.of("NIFTY50", "NIFTY50", "NIFTY 50", "NIFTY50", "NOPE")),
          Map.entry("timeframe", List.of("1min", "5min", "15min")),
          Map.entry("indicator", List.of("iv", "oi", "price", "delta", "pcr", "oi_change")),
          Map.entry("option_side", List.of("call", "put", "both")),
          Map.entry(
              "expiry", List.of("NWeek+0", "NWeek+1", "2025-04-24", "NMonth+0", "NQuarter+9")),
          Map.entry("max_level", List.of("0", "2", "50", "500")),
          Map.entry("oi_change", List.of("previous_close", "session_open", "minutes_back")),
          Map.entry("minutes_back", List.of("1", "15", "1440")),
          Map.entry("oi_history", List.of("1", "60", "1440")),
          Map.entry("strike", List.of("24500", "24450", "24500.0", "1e-3", "1000000000")),
          Map.entry("option_type", List.of("call", "put")),
          Map.entry("limit", List.of("1", "1000")),
          Map.entry("offset", List.of("0", "1000000")));
  private static final List<String> TIMES =
      List.of(
          "1745293500",
          "1745296500",
          "2025-04-22T10:00:00+05:30",
          "2025-04-22t04:45z",
          "2025-04-22T10:05:00.125+05:30",
          "0",
          "4102444800");
  private static final List<String> ODD =
      List.of(
          "",
          "-1",
          "-0",
          "00",
          "501",
          "51",
          "1001",
          "1000001",
          "1441",
          "0.5",
          "1e-400",
          "1e308",
          "1e309",
          "1000000000.1",
          "4102444801",
          "9".repeat(30),
          "NaN",
          "Infinity",
          "0x10",
          "true",
          "null",
          "٣",
          "1970-01-01",
          "1969-12-31",
          "2100-01-01",
          "2025-02-29",
          "2024-02-29",
          "2100-02-29",
          "2025-04-31",
          "2025-13-01",
          "2025-4-1",
          "2025-04-22T10:00:00",
          "2025-04-22T24:00:00Z",
          "2025-04-22T10:60:00Z",
          "2025-04-22T10:00:60Z",
          "2025-04-22T10:00:00+18:01",
          "2025-04-22T10:00:00-18:00",
          "2025-04-22T10:00:00+5:30",
          "2025-04-22T10:00:00.1234567890Z",
          "2025-04-22T10:00:00.Z",
          "1969-12-31T23:59:59Z",
          "NWeek+",
          "NWeek+007",
          "NWeek+1000",
          "NWeek-1",
          "nweek+0",
          "IV",
          "calls",
          " ",
          " a",
          "a ",
          "a\u0000b",
          "a\nb",
          "\u00a0a",
          "\u2003a",
          "\u202ea",
          "😀".repeat(64),
          "😀".repeat(65),
          "x".repeat(64),
          "x".repeat(65));
  private static final String LETTERS = "0123456789+-.:TZNeé\u0007";

  private final JsonNode operation;
  private final Random random;
  private final Map<String, JsonNode> parameters = new LinkedHashMap<>();

  ContractQuery(JsonNode operation, Random random) {
    this.operation = operation;
    this.random = random;
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode one = ContractSchemas.resolved(parameter);
      if (one.get("in").asText().equals("query")) {
        parameters.put(one.get("name").asText(), one);
      }
    }
  }

  /**
   * A query.
   *
   * @param text encoded, with its question mark
   * @param isAsTheSchemasSay whether each parameter is one of the operation, as often and of such
   *     values as the contract says, and none is missing
   */
  record Query(String text, String accept, boolean isAsTheSchemasSay) {}

  Query next() {
    Map<String, List<String>> sent = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : parameters.entrySet()) {
      boolean isRequired = one.getValue().path("required").asBoolean();
      if (random.nextInt(100) < (isRequired ? 98 : 25)) {
        sent.put(one.getKey(), values(one.getKey(), one.getValue()));
      }
    }
    if (random.nextInt(30) == 0 && !takesAny()) {
      sent.put(pick(List.of("symbols", "expiry[]", "", "SYMBOL")), List.of("NIFTY50"));
    }
    boolean isGood =
        parameters.entrySet().stream()
                .allMatch(one -> isGood(one.getValue(), sent.get(one.getKey())))
            && parameters.keySet().containsAll(sent.keySet());
    StringJoiner text = new StringJoiner("&", "?", "");
    sent.forEach(
        (name, values) -> values.forEach(value -> text.add(encoded(name) + "=" + encoded(value))));
    String accept =
        random.nextInt(4) > 0 ? "*/*" : pick(List.of("text/csv", "application/json", "image/webp"));
    return new Query(text.toString(), accept, isGood);
  }

  /** Whether a page is asked for, whose parameters are its own. */
  private boolean takesAny() {
    return !operation.get("responses").has("400");
  }

  private List<String> values(String name, JsonNode parameter) {
    boolean isList = parameter.get("schema").path("type").asText().equals("array");
    int count = isList ? 1 + random.nextInt(3) : random.nextInt(40) == 0 ? 2 : 1;
    if (isList && random.nextInt(40) == 0) {
      count = 30;
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(name));
    }
    return values;
  }

  private String value(String name) {
    String good = pick(GOOD.getOrDefault(name, TIMES));
    return switch (random.nextInt(20)) {
      case 0, 1 -> pick(ODD);
      case 2 -> mutated(good);
      default -> good;
    };
  }

  private String mutated(String text) {
    StringBuilder mutated = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
    switch (random.nextInt(3)) {
      case 0 -> mutated.setCharAt(at, letter);
      case 1 -> mutated.insert(at, letter);
      default -> mutated.deleteCharAt(at);
    }
    return mutated.toString();
  }

  private static boolean isGood(JsonNode parameter, @Nullable List<String> sent) {
    if (sent == null) {
      return !parameter.path("required").asBoolean();
    }
    JsonNode schema = parameter.get("schema");
    if (!schema.path("type").asText().equals("array")) {
      return sent.size() == 1
          && ContractSchemas.errors(schema, read(schema, sent.getFirst())).isEmpty();
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    sent.forEach(text -> list.add(read(schema.get("items"), text)));
    return ContractSchemas.errors(schema, list).isEmpty();
  }

  /** A text as the number that it is, where the schema takes that, and else as itself. */
  private static JsonNode read(JsonNode schema, String text) {
    boolean isOfNumbers = ContractSchemas.resolved(schema).path("type").asText().equals("number");
    String numbers =
        isOfNumbers ? "-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?" : "-?[0-9]+";
    if (!text.matches(numbers)) {
      return TextNode.valueOf(text);
    }
    BigDecimal value = new BigDecimal(text).stripTrailingZeros();
    JsonNode number =
        value.scale() <= 0
            ? JsonNodeFactory.instance.numberNode(value.toBigInteger())
            : JsonNodeFactory.instance.numberNode(value);
    return ContractSchemas.errors(schema, number).isEmpty() ? number : TextNode.valueOf(text);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
