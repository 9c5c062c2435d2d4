package io.strikegrid.server.ingest.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TickFormatPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "tick-format.md");
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  @ParameterizedTest
  @EnumSource(TickField.class)
  void page_rowOfAField_hasItsNamesAndNoOthers(TickField field) throws IOException {
    String[] cells =
        Files.readString(PAGE)
            .lines()
            .filter(line -> line.startsWith("|"))
            .map(line -> line.split("\\|", -1))
            .filter(row -> row[1].contains(quoted(field)))
            .findFirst()
            .orElseThrow();

    List<String> others = NAME.matcher(cells[3]).results().map(r -> r.group(1)).toList();

    assertThat(others).isEqualTo(field.names().subList(1, field.names().size()));
  }

  @Test
  void page_everyFieldOfItsTable_isRead() throws IOException {
    List<String> names =
        Files.readString(PAGE)
            .lines()
            .dropWhile(line -> !line.startsWith("| field |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .flatMap(line -> NAME.matcher(line.split("\\|", -1)[1]).results())
            .map(result -> result.group(1))
            .toList();

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(TickField.values()).map(TickField::label).toList());
  }

  private static String quoted(TickField field) {
    return "`" + field.label() + "`";
  }
}
