package io.strikegrid.server.platform.market;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strikegrid.server.platform.yaml.YamlNode;
import io.strikegrid.server.platform.yaml.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The entries of all market files, shipped ones first; a later entry replaces an earlier one of the
 * same name as a whole. Nothing is interpreted here.
 */
record MarketFiles(
    YamlProblems problems, Map<String, YamlNode> markets, Map<String, YamlNode> underlyings) {

  private static final List<String> SHIPPED =
      List.of("markets/nse.yaml", "markets/crypto.yaml", "markets/demo.yaml");
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static MarketFiles read(List<Path> extra) {
    MarketFiles files =
        new MarketFiles(new YamlProblems(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (String resource : SHIPPED) {
      files.add(
          resource,
          () ->
              Objects.requireNonNull(
                  MarketFiles.class.getResourceAsStream("/" + resource), resource));
    }
    for (Path path : extra) {
      files.add(path.toString(), () -> Files.newInputStream(path));
    }
    return files;
  }

  private void add(String file, Source source) {
    try (InputStream in = source.open()) {
      JsonNode root = MAPPER.readTree(in);
      YamlNode node = new YamlNode(problems, file, root);
      node.allow("markets", "underlyings");
      node.child("markets").ifPresent(entries -> markets.putAll(entries.entries()));
      node.child("underlyings")
          .ifPresent(entries ->
              entries
                  .entries()
                  .forEach((symbol, entry) -> underlyings.put(Symbols.normalized(symbol), entry)));
    } catch (IOException unreadable) {
      problems.add(file, "cannot be read: " + unreadable);
    }
  }

  private interface Source {
    InputStream open() throws IOException;
  }
}
