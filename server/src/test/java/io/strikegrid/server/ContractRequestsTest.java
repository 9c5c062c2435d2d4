package io.strikegrid.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests made from the contract's own parameters, good and bad ones: the server takes what the
 * schemas take and nothing else, and every answer is one that the contract has for the request.
 */
final class ContractRequestsTest {

  private static final long SEED = 20_250_425;
  private static final int REQUESTS_OF_EACH = 40;

  /** What a 400 may say of parameters of which each is as its schema says. */
  private static final Set<String> BEYOND_SCHEMAS =
      Set.of("unknown_label", "range_too_long", "too_much", "not_together");

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND");

  private final SampleServer server = SampleServer.shared();

  /** Everything that is asked with GET and ends. */
  static Stream<String> paths() {
    return pathItems()
        .filter(path -> path.getValue().has("get"))
        .map(Map.Entry::getKey)
        .filter(path -> !path.startsWith("/fo/stream"));
  }

  static Stream<String> allPaths() {
    return pathItems().map(Map.Entry::getKey);
  }

  private static Stream<Map.Entry<String, JsonNode>> pathItems() {
    return ContractSchemas.contract().get("paths").properties().stream();
  }

  @ParameterizedTest
  @MethodSource("paths")
  void request_madeFromTheContract_isTakenAsItsSchemasSay(String path) {
    JsonNode operation = ContractSchemas.contract().get("paths").get(path).get("get");
    ContractQuery queries = new ContractQuery(operation, new Random(SEED + path.hashCode()));
    int taken = 0;
    for (int i = 0; i < REQUESTS_OF_EACH; i++) {
      ContractQuery.Query query = queries.next();
      String url = path.replace("{path}", "css/base.css") + query.text();
      HttpResponse<String> reply = server.client().get(url, "Accept", query.accept());
      String where = "seed " + SEED + ", request " + i + ": " + url + " " + query.accept();
      checkVerdict(operation, query, reply, where);
      checkAnswer(operation, reply, where);
      taken += reply.statusCode() == 200 ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(REQUESTS_OF_EACH / 10);
  }

  private static void checkVerdict(
      JsonNode operation, ContractQuery.Query query, HttpResponse<String> reply, String where) {
    int status = reply.statusCode();
    String code = status < 400 ? "" : ApiClient.problem(reply).get("code").asText();
    if (!query.isAsTheSchemasSay()) {
      assertThat(status).as(where).isIn(400, 404);
    } else if (status == 400) {
      assertThat(code).as(where).isIn(BEYOND_SCHEMAS);
    } else if (status == 406) {
      JsonNode offered = operation.at("/responses/200/content");
      assertThat(offered.size() == 1 && offered.has(query.accept())).as(where).isFalse();
    } else {
      assertThat(status).as(where).isIn(200, 404);
    }
  }

  private static void checkAnswer(JsonNode operation, HttpResponse<String> reply, String where) {
    JsonNode declared = operation.get("responses").get("" + reply.statusCode());
    assertThat(declared).as("status %s of %s", reply.statusCode(), where).isNotNull();
    JsonNode response = ContractSchemas.resolved(declared);
    checkHeaders(response, reply, where);
    String type = reply.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    JsonNode content = response.path("content").get(type);
    assertThat(content).as("type %s of %s", type, where).isNotNull();
    if (type.endsWith("json") && content.has("schema")) {
      assertThat(ContractSchemas.errors(content.get("schema"), ApiClient.read(reply.body())))
          .as(where)
          .isEmpty();
    }
  }

  private static void checkHeaders(JsonNode response, HttpResponse<String> reply, String where) {
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      JsonNode declared = ContractSchemas.resolved(header.getValue());
      String sent = reply.headers().firstValue(header.getKey()).orElse("");
      assertThat(sent).as("%s of %s", header.getKey(), where).isNotEmpty();
      boolean isNumber = declared.at("/schema/type").asText().equals("integer");
      JsonNode value = isNumber ? ApiClient.read(sent) : TextNode.valueOf(sent);
      assertThat(ContractSchemas.errors(declared.get("schema"), value))
          .as("%s of %s", header.getKey(), where)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("allPaths")
  void method_thatThePathDoesNotHave_isRefusedWithThoseThatItHas(String path) {
    JsonNode item = ContractSchemas.contract().get("paths").get(path);
    Set<String> taken = new TreeSet<>();
    item.fieldNames().forEachRemaining(name -> taken.add(name.toUpperCase(Locale.ROOT)));
    if (taken.contains("GET")) {
      taken.add("HEAD");
    }
    for (String method : METHODS) {
      if (!taken.contains(method)) {
        HttpResponse<String> reply = server.client().send(method, path.replace("{path}", "x.js"));
        assertThat(reply.statusCode()).as(method + " " + path).isEqualTo(405);
        checkAnswer(item.elements().next(), reply, method + " " + path);
        String allow = reply.headers().firstValue("Allow").orElse("");
        assertThat(allow.split(", "))
            .as(method + " " + path)
            .containsExactlyInAnyOrderElementsOf(taken);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fo/stream", "/fo/stream?symbol=NIFTY50"})
  void stream_askedForWithoutAHandshake_saysWhatIsNeeded(String url) {
    HttpResponse<String> reply = server.client().get(url);
    assertThat(reply.statusCode()).isEqualTo(426);
    checkAnswer(ContractSchemas.contract().get("paths").get("/fo/stream").get("get"), reply, url);
  }
}
