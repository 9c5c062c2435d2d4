package io.strikegrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ContractExamplesTest {

  private static final Path FOLDER = Path.of("..", "contract", "examples");

  /** Every example in the contract that stands beside a schema of its own name. */
  private static List<Map.Entry<String, JsonNode>> examples(JsonNode tree) {
    List<Map.Entry<String, JsonNode>> found = new ArrayList<>();
    String schema = tree.at("/schema/$ref").asText();
    String prefix = "#/components/schemas/";
    if (schema.startsWith(prefix)) {
      for (JsonNode example : tree.path("examples")) {
        found.add(Map.entry(schema.substring(prefix.length()), example.path("value")));
      }
    }
    for (JsonNode child : tree) {
      found.addAll(examples(child));
    }
    return found;
  }

  /** Whether an example stands in the text on the stream instead. */
  private static boolean isOfStream(Path file) {
    return file.getFileName().toString().startsWith("stream_");
  }

  @Test
  void examples_inTheContract_areAsTheirSchemasSay() {
    List<Map.Entry<String, JsonNode>> examples = examples(ContractSchemas.contract());
    examples.stream()
        .filter(example -> example.getValue().isObject())
        .forEach(example -> ContractSchemas.checked(example.getKey(), example.getValue()));
    assertThat(examples.size()).isGreaterThan(20);
  }

  @Test
  void examples_asFiles_areThoseInTheContract() throws IOException {
    List<JsonNode> inContract =
        examples(ContractSchemas.contract()).stream().map(Map.Entry::getValue).toList();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : (Iterable<Path>) files.filter(f -> !isOfStream(f))::iterator) {
        JsonNode example = ApiClient.read(Files.readString(file));
        assertThat(inContract).as(file.toString()).contains(example);
      }
    }
  }
}
