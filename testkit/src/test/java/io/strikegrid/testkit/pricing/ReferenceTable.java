package io.strikegrid.testkit.pricing;

import io.strikegrid.testkit.RecordedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A table of recorded reference values: rows of text by column. */
final class ReferenceTable {

  private static final String FOLDER = "iv-greeks-ref/";
  private static final Pattern CELL = Pattern.compile("\"([^\"]*)\"|([^,]+)|(?<=^|,)(?=,|$)");

  private ReferenceTable() {}

  /** Reads a CSV file; skips the running test where it is missing. */
  static List<Row> csv(String name) throws IOException {
    List<String> lines = text(name).lines().toList();
    List<String> columns = cells(lines.getFirst());
    return lines.stream().skip(1).map(line -> Row.of(columns, cells(line))).toList();
  }

  /** Reads a JSON file of {@code columns} and {@code data}, numbers only. */
  static List<Row> json(String name) throws IOException {
    String text = text(name);
    String head = text.substring(text.indexOf("\"columns\""), text.indexOf("\"index\""));
    List<String> columns =
        Pattern.compile("\"(\\w+)\"").matcher(head).results().map(m -> m.group(1)).skip(1).toList();
    String data = text.substring(text.indexOf('[', text.indexOf("\"data\"")) + 1);
    return Pattern.compile("\\[([^\\]]*)\\]")
        .matcher(data)
        .results()
        .map(m -> Row.of(columns, Stream.of(m.group(1).split(",", -1)).map(String::strip).toList()))
        .toList();
  }

  private static String text(String name) throws IOException {
    Path file = RecordedData.require(FOLDER + name);
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    Matcher matcher = CELL.matcher(line);
    while (matcher.find()) {
      cells.add(matcher.group(1) != null ? matcher.group(1) : matcher.group());
    }
    return cells;
  }

  /** One row. */
  record Row(Map<String, String> cells) {

    private static Row of(List<String> columns, List<String> values) {
      if (columns.size() != values.size()) {
        throw new IllegalStateException(columns.size() + " columns; have " + values);
      }
      Map<String, String> cells = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        cells.put(columns.get(i), values.get(i));
      }
      return new Row(Map.copyOf(cells));
    }

    String text(String column) {
      String cell = cells.get(column);
      if (cell == null) {
        throw new IllegalStateException("no column " + column + "; have " + cells.keySet());
      }
      return cell;
    }

    double number(String column) {
      return Double.parseDouble(text(column));
    }
  }
}
