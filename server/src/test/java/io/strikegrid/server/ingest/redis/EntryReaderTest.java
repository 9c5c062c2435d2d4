package io.strikegrid.server.ingest.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.server.ingest.HostileValues;
import io.strikegrid.server.ingest.tick.TickReader;
import io.strikegrid.server.platform.market.MarketCatalog;
import io.strikegrid.testkit.ManualClock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EntryReaderTest {

  private static final String GOOD =
      "{\"symbol\":\"NIFTY50\",\"expiry\":\"2025-04-30\",\"strike\":24500,\"side\":\"put\","
          + "\"time\":1745554800,\"price\":0.1}";

  private final EntryReader reader =
      new EntryReader(
          new TickReader(MarketCatalog.load(List.of()), ManualClock.at("2025-04-25T06:30:00Z")));

  static Stream<Arguments> hostile() {
    return Stream.of("time", "expiry", "strike", "price", "oi", "iv", "symbol")
        .flatMap(field -> values(field).map(value -> Arguments.of(field, value)));
  }

  private static Stream<String> values(String field) {
    return switch (field) {
      case "time" -> HostileValues.times();
      case "expiry" -> HostileValues.dates();
      case "symbol" -> HostileValues.symbols().stream();
      default -> HostileValues.numbers();
    };
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void batch_withAFieldThatCannotBe_refusesThatTickByName(String field, String value) {
    String bad = GOOD.replaceFirst("\"" + field + "\":[^,}]+", "");
    bad = bad.replace("{,", "{").replace(",,", ",").replace(",}", "}");
    bad = bad.replaceFirst("\\{", "{\"" + field + "\":" + value.replace("\\", "\\\\") + ",");

    Entry entry = read("[" + GOOD + "," + bad + "," + GOOD + "]");

    assertThat(entry.ticks()).as(bad).hasSize(2);
    assertThat(entry.dead()).hasSize(1);
    assertThat(entry.dead().getFirst().code()).isNotIn("unreadable", "bad_batch");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void fields_withOneThatCannotBe_areOneDeadLetterByName(String field, String value) {
    Map<String, String> fields = good();
    fields.put(field, value.startsWith("\"") ? value.substring(1, value.length() - 1) : value);

    Entry entry = reader.read(new RawEntry("1-1", fields));

    assertThat(entry.ticks()).isEmpty();
    assertThat(entry.dead()).hasSize(1);
    assertThat(entry.dead().getFirst().code()).isNotEqualTo("unreadable");
  }

  @Test
  void batch_withItemsBeyondTheBounds_keepsTheOthers() {
    String wide = "{\"x\":[" + "{},".repeat(2_000) + "{}]}";
    String deep = "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    String number = GOOD.replace("24500", "1".repeat(2_000));

    Entry entry = read("[" + String.join(",", GOOD, wide, deep, number, GOOD) + "]");

    assertThat(entry.ticks()).hasSize(2);
    assertThat(entry.dead())
        .extracting(DeadLetter::code)
        .containsExactly("too_many_values", "too_deep", "too_long");
  }

  @Test
  void batch_ofMoreValuesThanOneMayHave_isRefusedWhole() {
    Entry entry = read("[" + GOOD + ",[" + "1,".repeat(4_000_001) + "1]]");

    assertThat(entry.ticks()).isEmpty();
    assertThat(entry.dead().getFirst().code()).isEqualTo("bad_batch");
    assertThat(entry.dead().getFirst().reason()).contains("4000000 values");
  }

  @Test
  void fields_moreThanATickMayHave_areOneDeadLetter() {
    Map<String, String> fields = good();
    for (int i = 0; i < 300; i++) {
      fields.put("extra" + i, "1");
    }

    Entry entry = reader.read(new RawEntry("1-1", fields));

    assertThat(entry.dead().getFirst().code()).isEqualTo("too_many_members");
  }

  @Test
  void fields_withAValueThatIsTooLong_areOneDeadLetter() {
    Map<String, String> fields = good();
    fields.put("symbol", "N".repeat(2_000));

    Entry entry = reader.read(new RawEntry("1-1", fields));

    assertThat(entry.dead().getFirst().code()).isEqualTo("too_long");
  }

  private Entry read(String batch) {
    Map<String, String> fields = new HashMap<>();
    fields.put(EntryReader.BATCH, batch);
    return reader.read(new RawEntry("1-1", fields));
  }

  private static Map<String, String> good() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("symbol", "NIFTY50");
    fields.put("expiry", "2025-04-30");
    fields.put("strike", "24500");
    fields.put("side", "put");
    fields.put("time", "1745554800");
    fields.put("price", "0.1");
    return fields;
  }
}
