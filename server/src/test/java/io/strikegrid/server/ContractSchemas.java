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
    List<Error> errors =
        SCHEMAS
            .computeIfAbsent(name, ContractSchemas::schema)
            .validate(
                value,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    if (!errors.isEmpty()) {
      throw new AssertionError(
          "not a " + name + ": " + errors.stream().limit(5).toList() + "\n" + value);
    }
    return value;
  }

  private static Schema schema(String name) {
    ObjectNode document = CONTRACT.deepCopy();
    document.retain("components");
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("$ref", "#/components/schemas/" + name);
    return REGISTRY.getSchema(document);
  }
}
