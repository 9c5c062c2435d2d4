package io.strikegrid.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of the contract, to hold answers against. */
public final class ContractSchemas {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonNode CONTRACT = read();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final Map<JsonNode, Schema> INLINE = new ConcurrentHashMap<>();

  private ContractSchemas() {}

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("..", "contract", "openapi.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The contract as a tree. */
  public static JsonNode contract() {
    return CONTRACT;
  }

  /** The same value, once it is as the schema of a name says. */
  public static JsonNode checked(String name, JsonNode value) {
    List<Error> errors = errors(SCHEMAS.computeIfAbsent(name, ContractSchemas::schema), value);
    if (!errors.isEmpty()) {
      throw new AssertionError(
          "not a " + name + ": " + errors.stream().limit(5).toList() + "\n" + value);
    }
    return value;
  }

  /** What keeps a value from being as a schema of the contract says; empty where it is. */
  public static List<Error> errors(JsonNode schema, JsonNode value) {
    return errors(INLINE.computeIfAbsent(schema, ContractSchemas::schema), value);
  }

  /** What a part of the contract stands for: itself, or what it refers to. */
  public static JsonNode resolved(JsonNode part) {
    return part.has("$ref") ? CONTRACT.at(part.get("$ref").asText().substring(1)) : part;
  }

  private static List<Error> errors(Schema schema, JsonNode value) {
    return schema.validate(
        value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private static Schema schema(String name) {
    return REGISTRY.getSchema(document().put("$ref", "#/components/schemas/" + name));
  }

  private static Schema schema(JsonNode schema) {
    ObjectNode document = document();
    document.putArray("allOf").add(schema);
    return REGISTRY.getSchema(document);
  }

  private static ObjectNode document() {
    ObjectNode document = CONTRACT.deepCopy();
    document.retain("components");
    return document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
  }
}
