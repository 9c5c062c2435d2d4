package io.strikegrid.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.ContractSchemas;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bars and ticks with each member in turn set to each of many values: the server rejects what is no
 * bar or tick by the contract, and of the others those alone that break a rule which no schema
 * says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractItemsTest {

  private static final String[] VALUES = {
    "null",
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "-0.5",
    "60",
    "61",
    "100000000",
    "100000001",
    "1e9",
    "1000000001",
    "1e15",
    "1.1e15",
    "-1e15",
    "-1.1e15",
    "1e300",
    "631152000",
    "631151940",
    "1745555400",
    "1745555401",
    "true",
    "[]",
    "{}",
    "[1]",
    "\"\"",
    "\" \"",
    "\"x\"",
    "\"1\"",
    "\"1e3\"",
    "\"1,000\"",
    "\"0x10\"",
    "\"NaN\"",
    "\"call\"",
    "\"PE\"",
    "\"Put\"",
    "\"calls\"",
    "\"lots\"",
    "\"Units\"",
    "\"lot\"",
    "\"2025-05-29\"",
    "\"2025-02-30\"",
    "\"2025-5-29\"",
    "\"2025-04-25T10:00:00+05:30\"",
    "\"2025-04-25T10:00:30+05:30\"",
    "\"2025-04-25T10:00:00\"",
    "\"2025-04-25T04:30Z\"",
    "\"NIFTY50\"",
    "\" NIFTY50\"",
    "\"a\\u0000b\"",
    "\"live\""
  };

  /** Codes for what no schema says: of time, of what is stored, and of several members together. */
  private static final Set<String> BEYOND_SCHEMAS =
      Set.of(
          "count_of_zero",
          "no_value",
          "closed_day",
          "outside_session",
          "after_expiry",
          "in_future",
          "bad_time",
          "unknown_symbol",
          "bad_symbol",
          "lookalike_symbol",
          "second_bar",
          "no_lot_size",
          "missing_field",
          "not_positive",
          "dropout",
          "repeated_field");

  private SampleServer server;

  @BeforeAll
  void start() {
    server = SampleServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static ObjectNode item(String kind) {
    String text =
        kind.equals("IngestBar")
            ? """
            {"bucket_time": 1745555400, "symbol": "BANKNIFTY", "expiry": "2025-05-29",
             "strike": 55000, "call_close": 410.5, "put_bid": 2}\
            """
            : """
            {"time": 1745555400, "symbol": "BANKNIFTY", "expiry": "2025-05-29", "strike": 55000,
             "side": "call", "bid": 2}\
            """;
    return (ObjectNode) ApiClient.read(text);
  }

  private JsonNode send(String kind, List<ObjectNode> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode().addAll(items);
    HttpResponse<String> reply =
        kind.equals("IngestBar")
            ? server.client().post("/ingest/bars", "{\"bars\": " + array + "}")
            : server.client().post("/ingest/ticks", array.toString());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return ContractSchemas.checked(
        kind.equals("IngestBar") ? "IngestResult" : "TickResult", ApiClient.read(reply.body()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"IngestBar", "IngestTick"})
  void item_withAnyValueOfAMember_isTakenWhereItsSchemaTakesIt(String kind) {
    JsonNode schema = ContractSchemas.contract().at("/components/schemas").get(kind);
    List<ObjectNode> items = new ArrayList<>();
    List<Boolean> asTheSchemaSays = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : schema.get("properties").properties()) {
      for (String value : VALUES) {
        ObjectNode item = item(kind);
        item.set(member.getKey(), ApiClient.read(value));
        items.add(item);
        asTheSchemaSays.add(ContractSchemas.errors(schema, item).isEmpty());
      }
    }

    Map<Integer, String> rejected = new HashMap<>();
    for (JsonNode one : send(kind, items).get("rejected")) {
      rejected.put(one.get("index").asInt(), one.get("code").asText());
    }

    List<String> faults = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String code = rejected.get(i);
      if (asTheSchemaSays.get(i) ? code != null && !BEYOND_SCHEMAS.contains(code) : code == null) {
        faults.add(items.get(i) + " " + code);
      }
    }
    assertThat(faults).isEmpty();
    assertThat(asTheSchemaSays).contains(true, false);
  }
}
