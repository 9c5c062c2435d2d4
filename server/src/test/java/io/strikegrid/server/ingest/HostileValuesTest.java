package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field with every value that it cannot have: each refuses itself, and nothing beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileValuesTest {

  private SampleServer server;

  @BeforeAll
  void start() {
    server = SampleServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bucket_time",
        "expiry",
        "strike",
        "symbol",
        "call_close",
        "call_volume_day",
        "call_oi_last",
        "call_iv_count"
      })
  void bars_withAFieldThatCannotBe_areEachRefusedAndTheirNeighboursStored(String field) {
    List<String> values = values(field.equals("bucket_time") ? "time" : field);

    List<String> bars = new ArrayList<>();
    for (String value : values) {
      bars.add(bar(Map.of(field, value)));
    }
    assertNamed("/ingest/bars", "{\"bars\": [%s]}", bars, bar(Map.of()), values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time",
        "expiry",
        "strike",
        "symbol",
        "price",
        "volume_day",
        "oi",
        "iv",
        "underlying"
      })
  void ticks_withAFieldThatCannotBe_areEachRefusedAndTheirNeighboursTaken(String field) {
    List<String> values = values(field);

    List<String> ticks = new ArrayList<>();
    for (String value : values) {
      ticks.add(tick(Map.of(field, value)));
    }
    assertNamed("/ingest/ticks", "[%s]", ticks, tick(Map.of()), values);
  }

  private void assertNamed(
      String path, String form, List<String> bad, String good, List<String> values) {
    List<String> all = new ArrayList<>();
    all.add(good);
    all.addAll(bad);
    all.add(good);
    HttpResponse<String> response =
        server.client().post(path, form.formatted(String.join(",\n", all)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode outcome = ApiClient.read(response.body());
    Map<Integer, String> codes = new LinkedHashMap<>();
    outcome
        .get("rejected")
        .forEach(one -> codes.put(one.get("index").asInt(), one.get("code").asText()));
    for (int i = 0; i < values.size(); i++) {
      assertThat(codes).as(values.get(i)).containsKey(i + 1);
    }
    assertThat(outcome.get("accepted").asInt()).isEqualTo(2);
  }

  private static List<String> values(String field) {
    Stream<String> values =
        switch (field) {
          case "time" -> HostileValues.times();
          case "expiry" -> HostileValues.dates();
          case "symbol" -> HostileValues.symbols().stream();
          default -> HostileValues.numbers();
        };
    return values.toList();
  }

  private static String bar(Map<String, String> changed) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("bucket_time", "\"2025-04-25T10:00:00+05:30\"");
    fields.put("symbol", "\"BANKNIFTY\"");
    fields.put("expiry", "\"2025-05-29\"");
    fields.put("strike", "55000");
    fields.put("call_close", "5");
    return json(fields, changed);
  }

  private static String tick(Map<String, String> changed) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("time", "\"2025-04-25T11:59:58+05:30\"");
    fields.put("symbol", "\"BANKNIFTY\"");
    fields.put("expiry", "\"2025-05-29\"");
    fields.put("strike", "55000");
    fields.put("side", "\"call\"");
    fields.put("price", "5");
    return json(fields, changed);
  }

  private static String json(Map<String, String> fields, Map<String, String> changed) {
    fields.putAll(changed);
    List<String> members = new ArrayList<>();
    fields.forEach((name, value) -> members.add("\"" + name + "\": " + value));
    return "{" + String.join(", ", members) + "}";
  }
}
