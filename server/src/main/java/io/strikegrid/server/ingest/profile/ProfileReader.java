package io.strikegrid.server.ingest.profile;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strikegrid.engine.market.Side;
import io.strikegrid.server.platform.yaml.YamlNode;
import io.strikegrid.server.platform.yaml.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a profile, strictly: all faults of the file are reported together. */
final class ProfileReader {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String[] KEYS = {
    "name",
    "title",
    "kind",
    "market",
    "header",
    "entries",
    "only",
    "symbol",
    "expiry",
    "strike",
    "side",
    "time",
    "collected",
    "unknown",
    "stale",
    "page",
    "fields"
  };
  private static final String[] SOURCE_KEYS = {"column", "format", "zone", "file_name", "value"};

  private static final Pattern GROUP = Pattern.compile("()");

  private ProfileReader() {}

  static Profile read(String file, InputStream in) throws IOException {
    YamlProblems problems = new YamlProblems();
    YamlNode root = new YamlNode(problems, file, MAPPER.readTree(in)).allow(KEYS);
    Profile.Source none = new Profile.Source(List.of(), null, null, null, "");
    Profile profile =
        new Profile(
            text(root, "name"),
            text(root, "title"),
            root.required(
                "kind", "chain, bars or day", oneOf(Profile.Kind.class), Profile.Kind.CHAIN),
            root.optional("market", "a market's name", Function.identity(), "NSE"),
            root.requiredChild("header")
                .map(n -> n.items().stream().map(ProfileReader::names).toList())
                .orElse(List.of()),
            maybe(root, "entries", "a pattern", Pattern::compile, Pattern.compile("")),
            only(root),
            source(root, "symbol").orElse(none),
            source(root, "expiry").orElse(none),
            root.requiredChild("strike").map(ProfileReader::names).orElse(List.of()),
            root.child("side").map(ProfileReader::side).orElse(null),
            source(root, "time").orElse(none),
            root.child("collected").map(ProfileReader::source).orElse(null),
            texts(root.child("unknown")),
            stale(root),
            root.optional("page", "symbol or expiry", ProfileReader::isByExpiry, false),
            fields(root));
    problems.throwIfAny();
    return profile;
  }

  private static String text(YamlNode node, String key) {
    return node.required(key, "a text", Function.identity(), "");
  }

  private static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  /** A scalar that may be left out; null where it is. */
  private static <T> @Nullable T maybe(
      YamlNode node, String key, String kind, Function<String, T> parse, T standIn) {
    YamlNode child = node.child(key).orElse(null);
    return child == null ? null : child.scalar(kind, parse, standIn);
  }

  private static boolean isByExpiry(String text) {
    return switch (text) {
      case "symbol" -> false;
      case "expiry" -> true;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** One name, or a list of names that a column may have. */
  private static List<String> names(YamlNode node) {
    if (node.json().isArray()) {
      return node.items().stream().map(n -> n.scalar("a name", Function.identity(), "")).toList();
    }
    return List.of(node.scalar("a name or a list of names", Function.identity(), ""));
  }

  private static Set<String> texts(Optional<YamlNode> node) {
    Set<String> texts = new LinkedHashSet<>(Set.of(""));
    node.ifPresent(n -> texts.addAll(names(n)));
    return texts;
  }

  private static Map<List<String>, Set<String>> only(YamlNode root) {
    Map<List<String>, Set<String>> only = new LinkedHashMap<>();
    root.child("only")
        .ifPresent(n ->
            n.entries()
                .forEach((column, values) ->
                    only.put(List.of(column), new LinkedHashSet<>(names(values)))));
    return only;
  }

  private static Optional<Profile.Source> source(YamlNode root, String key) {
    return root.requiredChild(key).map(ProfileReader::source);
  }

  private static Profile.Source source(YamlNode node) {
    if (!node.json().isObject()) {
      return new Profile.Source(names(node), null, null, null, null);
    }
    node.allow(SOURCE_KEYS);
    if (List.of("column", "file_name", "value").stream().allMatch(k -> node.child(k).isEmpty())) {
      node.problems().add(node.where(), "must have one of column, file_name, value");
    }
    return new Profile.Source(
        node.child("column").map(ProfileReader::names).orElse(List.of()),
        maybe(node, "format", "a date or time pattern", ProfileReader::pattern, ""),
        maybe(node, "zone", "a time zone", text -> java.time.ZoneId.of(text).getId(), ""),
        maybe(node, "file_name", "a pattern with a group", ProfileReader::group, GROUP),
        maybe(node, "value", "a text", Function.identity(), ""));
  }

  private static String pattern(String text) {
    var _ = DateTimeFormatter.ofPattern(text, Locale.ENGLISH);
    return text;
  }

  private static Pattern group(String text) {
    Pattern pattern = Pattern.compile(text);
    if (pattern.matcher("").groupCount() == 0) {
      throw new IllegalArgumentException(text);
    }
    return pattern;
  }

  private static Profile.SideColumn side(YamlNode node) {
    node.allow("column", "call", "put");
    Map<String, Side> values = new LinkedHashMap<>();
    node.requiredChild("call").ifPresent(n -> names(n).forEach(v -> values.put(v, Side.CALL)));
    node.requiredChild("put").ifPresent(n -> names(n).forEach(v -> values.put(v, Side.PUT)));
    List<String> columns = node.requiredChild("column").map(ProfileReader::names).orElse(List.of());
    return new Profile.SideColumn(columns, values);
  }

  private static Set<Profile.StaleRule> stale(YamlNode root) {
    Set<Profile.StaleRule> rules = EnumSet.noneOf(Profile.StaleRule.class);
    root.child("stale")
        .ifPresent(n ->
            n.items()
                .forEach(item ->
                    rules.add(
                        item.scalar(
                            "page_time, unchanged or no_volume",
                            oneOf(Profile.StaleRule.class),
                            Profile.StaleRule.UNCHANGED))));
    return rules;
  }

  private static List<Profile.Field> fields(YamlNode root) {
    List<Profile.Field> fields = new ArrayList<>();
    root.requiredChild("fields")
        .ifPresent(n ->
            n.entries()
                .forEach((key, value) -> {
                  FieldName name = fieldName(n, key);
                  if (name != null) {
                    fields.add(field(name, value));
                  }
                }));
    return List.copyOf(fields);
  }

  private static @Nullable FieldName fieldName(YamlNode fields, String key) {
    for (FieldName name : FieldName.values()) {
      if (name.label().equals(key)) {
        return name;
      }
    }
    fields.allow(
        java.util.Arrays.stream(FieldName.values()).map(FieldName::label).toArray(String[]::new));
    return null;
  }

  private static Profile.Field field(FieldName name, YamlNode node) {
    if (!node.json().isObject()) {
      List<String> columns = names(node);
      return new Profile.Field(name, columns, columns, Unit.PLAIN, Set.of(), Double.NaN);
    }
    node.allow("column", "call", "put", "unit", "unknown", "floor");
    List<String> shared = node.child("column").map(ProfileReader::names).orElse(List.of());
    return new Profile.Field(
        name,
        node.child("call").map(ProfileReader::names).orElse(shared),
        node.child("put").map(ProfileReader::names).orElse(shared),
        node.optional("unit", "plain, lots, percent, per_year or per_unit", Unit::of, Unit.PLAIN),
        node.child("unknown").isPresent() ? texts(node.child("unknown")) : Set.of(),
        node.optional("floor", "a number", Double::valueOf, Double.NaN));
  }
}
