package io.strikegrid.server.platform.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One place in a YAML file, read strictly. A fault is added to the problems and reading goes on
 * with a stand-in, so that one run finds them all; whoever reads throws once everything is read.
 *
 * @param where file and key, as messages show it
 */
public record YamlNode(YamlProblems problems, String where, JsonNode json) {

  private static final int LONGEST_SHOWN = 60;

  /** Reports every key that is none of these. */
  public YamlNode allow(String... keys) {
    Set<String> allowed = Set.of(keys);
    for (String key : entries().keySet()) {
      if (!allowed.contains(key)) {
        problems.add(
            where + "." + key, "unknown key; allowed are " + String.join(", ", List.of(keys)));
      }
    }
    return this;
  }

  /** Keys and values in the order of the file; a fault where this is no mapping. */
  public Map<String, YamlNode> entries() {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    if (json.isObject()) {
      json.properties()
          .forEach(
              entry -> entries.put(entry.getKey(), at("." + entry.getKey(), entry.getValue())));
    } else {
      problems.add(where, "must be keys and values; have " + shown());
    }
    return entries;
  }

  /** Items in the order of the file; a fault where this is no list. */
  public List<YamlNode> items() {
    List<YamlNode> items = new ArrayList<>();
    if (json.isArray()) {
      json.elements().forEachRemaining(item -> items.add(at("[" + items.size() + "]", item)));
    } else {
      problems.add(where, "must be a list; have " + shown());
    }
    return items;
  }

  /** The value under a key, or empty where the key is absent. */
  public Optional<YamlNode> child(String key) {
    return Optional.ofNullable(json.get(key)).map(value -> at("." + key, value));
  }

  /** The value under a key that must be there; a fault and empty where it is not. */
  public Optional<YamlNode> requiredChild(String key) {
    Optional<YamlNode> child = child(key);
    if (child.isEmpty()) {
      problems.add(where + "." + key, "is missing");
    }
    return child;
  }

  /** Reads a scalar under a key that must be there. */
  public <T> T required(String key, String kind, Function<String, T> parse, T standIn) {
    return requiredChild(key).map(node -> node.scalar(kind, parse, standIn)).orElse(standIn);
  }

  /** Reads a scalar under a key that may be left out. */
  public <T> T optional(String key, String kind, Function<String, T> parse, T absent) {
    return child(key).map(node -> node.scalar(kind, parse, absent)).orElse(absent);
  }

  /** Reads this scalar; a fault and the stand-in where it is none of the kind. */
  public <T> T scalar(String kind, Function<String, T> parse, T standIn) {
    if (json.isValueNode() && !json.isNull()) {
      try {
        return parse.apply(json.asText());
      } catch (IllegalArgumentException | DateTimeException refused) {
        problems.add(where, "must be " + kind + "; have " + shown());
        return standIn;
      }
    }
    problems.add(where, "must be " + kind + "; have " + shown());
    return standIn;
  }

  /** The value as messages show it: in one line, and cut, for a wrong file may hold anything. */
  private String shown() {
    String text = json.isTextual() ? json.asText() : json.toString();
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "...";
  }

  private YamlNode at(String step, JsonNode value) {
    return new YamlNode(problems, where + step, value);
  }
}
