package io.strikegrid.server.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strikegrid.server.platform.http.Parameter;
import io.strikegrid.server.platform.http.Parameters;
import io.strikegrid.server.platform.http.Problem;
import io.strikegrid.server.platform.http.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a client sends: one JSON object a message, its members as the parameters of a URL. */
final class ClientMessages {

  /** What a message is about. */
  enum Type {
    SUBSCRIBE("subscribe"),
    UNSUBSCRIBE("unsubscribe"),
    PING("ping");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static final Parameter<Type> TYPE =
      Parameter.oneOf("type", Arrays.asList(Type.values()), Type::label);
  private static final int LONGEST_ID = 64;
  static final Parameter<String> ID = Parameter.name("id", LONGEST_ID);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Parameter<?>[] SUBSCRIBE =
      Stream.concat(Stream.of(TYPE, ID, Resume.MEMBER), QueryReader.PARAMETERS.stream())
          .toArray(Parameter<?>[]::new);

  private ClientMessages() {}

  /** A message, as JSON; not more than well formed. */
  static JsonNode parse(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw notAnObject(text);
    }
    if (node == null || !node.isObject()) {
      throw notAnObject(text);
    }
    return node;
  }

  private static Problem notAnObject(String text) {
    return new Problem(
        ProblemCode.BAD_VALUE,
        "a message must be one JSON object, without a member twice",
        null,
        text,
        "{\"type\": \"subscribe\", ...}");
  }

  /** The id of a message, for answers; null where it has none to speak of. */
  static @Nullable String idOf(JsonNode message) {
    String id = message.path("id").asText("");
    if (Parameter.isName(id, LONGEST_ID)) {
      return id;
    }
    return id.isEmpty() || id.length() > LONGEST_ID ? null : Problem.shown(id);
  }

  /**
   * The members of a message, held against those that its type takes.
   *
   * @throws Problem where there is another one, or a value that cannot be
   */
  static Parameters members(JsonNode message) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : message.properties()) {
      values.put(member.getKey(), texts(member.getKey(), member.getValue()));
    }
    Map<String, List<String>> type = new LinkedHashMap<>(values);
    type.keySet().retainAll(List.of(TYPE.name()));
    return switch (Parameters.of(type, TYPE).require(TYPE)) {
      case SUBSCRIBE -> Parameters.of(values, SUBSCRIBE);
      case UNSUBSCRIBE, PING -> Parameters.of(values, TYPE, ID);
    };
  }

  private static List<String> texts(String name, JsonNode value) {
    if (name.equals(Resume.MEMBER.name())) {
      return List.of(value.toString());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      if (one.isNull() || one.isContainerNode()) {
        throw bad(name, value);
      }
      texts.add(one.asText());
    }
    if (texts.isEmpty()) {
      throw bad(name, value);
    }
    return texts;
  }

  private static Problem bad(String name, JsonNode value) {
    String shown = Problem.shown(name);
    return new Problem(
        ProblemCode.BAD_VALUE,
        shown + " must be a text, a number, or an array of them that is not empty",
        shown,
        value.toString(),
        "a text, a number, or an array of them that is not empty");
  }
}
