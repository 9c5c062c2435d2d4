package io.strikegrid.server.ingest.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {

  @Test
  void fields_shortContent_isKeptWhole() {
    Map<String, String> original = new LinkedHashMap<>(Map.of("code", "x", "price", "abc"));
    assertThat(new DeadLetter("bad_number", "why", original).fields("1-0"))
        .containsOnly(
            entry("reason", "why"),
            entry("code", "bad_number"),
            entry("id", "1-0"),
            entry("original.code", "x"),
            entry("price", "abc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "é", "€", "😀"})
  void fields_longContent_isCutAndNamesItsLength(String letter) {
    Map<String, String> original = new LinkedHashMap<>();
    original.put("symbol", "ETH");
    original.put("note", letter.repeat(1 << 20));
    original.put("rest", "z");
    Map<String, String> fields = new DeadLetter("bad_tick", "why", original).fields("1-0");
    long bytes = ((long) letter.getBytes(StandardCharsets.UTF_8).length << 20) + 18;
    assertThat(fields)
        .containsEntry("full_length", Long.toString(bytes))
        .containsEntry("symbol", "ETH");
    String note = fields.getOrDefault("note", "");
    assertThat(note).startsWith(letter);
    int kept = 13 + note.getBytes(StandardCharsets.UTF_8).length;
    assertThat(kept).isBetween(DeadLetter.MOST_BYTES - 8, DeadLetter.MOST_BYTES);
  }

  @Test
  void fields_manyFields_areCutAsAWhole() {
    Map<String, String> original = new LinkedHashMap<>();
    for (int n = 0; n < 100_000; n++) {
      original.put("field" + n, "value");
    }
    Map<String, String> fields = new DeadLetter("bad_tick", "why", original).fields("1-0");
    assertThat(fields).containsKey("full_length").hasSizeLessThan(10_000);
  }
}
