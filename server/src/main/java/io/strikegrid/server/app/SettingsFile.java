package io.strikegrid.server.app;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A YAML file of settings: keys with one value, or a list of values, and the line of each.
 *
 * @param entries by key, in the order of the file
 */
record SettingsFile(Path path, Map<String, Entry> entries) {

  /**
   * What stands under a key.
   *
   * @param line where, from 1
   */
  record Entry(List<String> texts, int line) {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming file and line where it cannot be read, or is none
   */
  static SettingsFile read(Path path) {
    try (JsonParser parser = new YAMLFactory().createParser(Files.readString(path))) {
      return new SettingsFile(path, entries(path, parser));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new IllegalArgumentException(
          path
              + " line "
              + line
              + " is no YAML: "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("settings cannot be read: " + e, e);
    }
  }

  private static Map<String, Entry> entries(Path path, JsonParser parser) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    JsonToken first = parser.nextToken();
    if (first == null) {
      return entries; // an empty file sets nothing
    }
    if (first != JsonToken.START_OBJECT) {
      throw fault(path, parser, "must hold keys and values");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      if (entries.containsKey(key)) {
        throw fault(path, parser, key + " must stand there once");
      }
      entries.put(key, new Entry(texts(path, key, parser), line));
    }
    return entries;
  }

  private static List<String> texts(Path path, String key, JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token.isScalarValue()) {
      return token == JsonToken.VALUE_NULL ? List.of() : List.of(parser.getText());
    }
    List<String> texts = new ArrayList<>();
    if (token != JsonToken.START_ARRAY) {
      throw fault(path, parser, key + " must be a value or a list of values");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isScalarValue()) {
        throw fault(path, parser, key + " must be a value or a list of values");
      }
      texts.add(parser.getText());
    }
    return texts;
  }

  private static IllegalArgumentException fault(Path path, JsonParser parser, String what) {
    return new IllegalArgumentException(
        path + " line " + parser.currentTokenLocation().getLineNr() + ": " + what);
  }
}
