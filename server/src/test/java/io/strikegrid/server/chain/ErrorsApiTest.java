package io.strikegrid.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strikegrid.server.ApiClient;
import io.strikegrid.server.SampleServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorsApiTest {

  private final ApiClient api = SampleServer.shared().client();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          moneyness-series?symbol=NIFTY50&indicator=iv&timeframe=10min   | bad_value          | timeframe
          moneyness-series?symbol=NIFTY50&indicator=iv&timeframe=        | bad_value          | timeframe
          moneyness-series?symbol=NIFTY50&indicator=iv&option_side=puts  | bad_value          | option_side
          moneyness-series?symbol=NIFTY50&indicator=iv&option_side=PUT   | bad_value          | option_side
          moneyness-series?symbol=NIFTY50&indicator=iv&expiry=soon       | bad_value          | expiry
          moneyness-series?symbol=NIFTY50&indicator=iv&expiry=2025-02-30 | bad_value          | expiry
          moneyness-series?symbol=NIFTY50&indicator=iv&expiry=2025-04-23 | unknown_expiry     | expiry
          moneyness-series?symbol=NIFTY50&indicator=iv&expiry=NWeek%2B7  | unknown_label      | expiry
          moneyness-series?symbol=NIFTY50&indicator=iv&expiry=NWeek%2B99 | unknown_label      | expiry
          moneyness-series?symbol=NIFTY50&indicator=iv&expiry=NWeek%2B123| unknown_label      | expiry
          moneyness-series?symbol=NIFTY50&indicator=iv&expiry[]=NWeek%2B0| unknown_parameter  | expiry[]
          moneyness-series?symbol=NIFTY50&indicator=iv&max_level=51      | out_of_range       | max_level
          moneyness-series?symbol=NIFTY50&indicator=iv&max_level=-1      | out_of_range       | max_level
          moneyness-series?symbol=NIFTY50&indicator=iv&max_level=1.5     | bad_value          | max_level
          moneyness-series?symbol=NIFTY50&indicator=max_pain             | bad_value          | indicator
          moneyness-series?symbol=NIFTY50&indicator=pcr&option_side=put  | not_together       | option_side
          moneyness-series?symbol=NIFTY50                                | missing_parameter  | indicator
          moneyness-series?symbol=NIFTY50&indicator=iv&indicator=oi      | repeated_parameter | indicator
          moneyness-series?symbol=NIFTY50&indicator=iv&expiry=2025-04-30&expiry=2025-04-30 | repeated_parameter | expiry
          moneyness-series?symbol=NIFTY50&indicator=iv&from=2025-04-22T10:00:00 | bad_value   | from
          moneyness-series?symbol=NIFTY50&indicator=iv&from=99999999999  | out_of_range       | from
          moneyness-series?symbol=NIFTY50&indicator=iv&from=1745300000&to=1745300000 | not_together | to
          moneyness-series?symbol=NIFTY50&indicator=iv&from=1645300000&to=1745300000 | range_too_long | to
          moneyness-series?symbol=NIFTY50&indicator=iv&from=1645300000&to=1645400000 | no_data | from
          strike-history?symbol=NIFTY50&strike=NaN                       | bad_value          | strike
          strike-history?symbol=NIFTY50&strike=0                         | out_of_range       | strike
          strike-history?symbol=NIFTY50&strike=1e400                     | out_of_range       | strike
          strike-history?symbol=NIFTY50&strike=24500&expiry=NWeek%2B0&expiry=NWeek%2B1 | repeated_parameter | expiry
          strike-map?symbol=NIFTY50                                      | missing_parameter  | indicator
          strike-map?indicator=oi                                        | missing_parameter  | symbol
          strike-map?symbol=NIFTY50&indicator=pcr                        | bad_value          | indicator
          strike-map?symbol=NIFTY50&indicator=max_pain                   | bad_value          | indicator
          strike-map?symbol=NIFTY50&indicator=oi&option_side=all         | bad_value          | option_side
          strike-map?symbol=NIFTY50&indicator=oi&oi_change=previous_close | not_together      | oi_change
          strike-map?symbol=NIFTY50&indicator=oi_change&oi_change=minutes_back | bad_value    | oi_change
          strike-map?symbol=NIFTY50&indicator=oi_change&minutes_back=5   | unknown_parameter  | minutes_back
          strike-map?symbol=NIFTY50&indicator=oi&expiry=NWeek%2B0&expiry=NWeek%2B1 | repeated_parameter | expiry
          strike-map?symbol=NIFTY50&indicator=oi&expiry=2025-04-23       | unknown_expiry     | expiry
          strike-map?symbol=NIFTY50&indicator=oi&expiry=NWeek%2B7        | unknown_label      | expiry
          strike-map?symbol=NIFTY50&indicator=oi&timeframe=10min         | bad_value          | timeframe
          strike-map?symbol=NIFTY50&indicator=oi&max_level=501           | out_of_range       | max_level
          strike-map?symbol=NIFTY50&indicator=oi&from=1745300000&to=1745300000 | not_together | to
          strike-map?symbol=NIFTY50&indicator=oi&from=1645300000&to=1745300000 | range_too_long | to
          strike-map?symbol=NIFTY50&indicator=oi&from=1645300000&to=1645400000 | no_data      | from
          strike-distribution?symbol=NIFTY50&compare_at=yesterday        | bad_value          | compare_at
          strike-distribution?symbol=NIFTY50&compare_at=-1               | out_of_range       | compare_at
          strike-distribution?symbol=NIFTY50&at=yesterday                | bad_value          | at
          expiries                                                       | missing_parameter  | symbol
          expiries?symbol=NIFTY500                                       | unknown_symbol     | symbol
          expiries?symbol=BANKNIFTY                                      | no_data            | symbol
          expiries?symbol=%20NIFTY50                                     | bad_value          | symbol
          expiries?symbol=NIFTY50&at=22-04-2025                          | bad_value          | at
          instruments/search?limit=1001                                  | out_of_range       | limit
          instruments/search?offset=99999999999999999999                 | out_of_range       | offset
          instruments/search?expiry=NWeek%2B0                            | bad_value          | expiry
          symbols?symbol=NIFTY50                                         | unknown_parameter  | symbol
          days                                                           | missing_parameter  | symbol
          days?symbol=NIFTY500                                           | unknown_symbol     | symbol
          days?symbol=BANKNIFTY                                          | no_data            | symbol
          indicators?symbol=NIFTY50                                      | unknown_parameter  | symbol
          """)
  void request_withAFault_namesItAndWhatIsAllowed(String query, String code, String parameter) {
    JsonNode problem = api.problem("/fo/" + query.strip().replace("[]", "%5B%5D"));
    assertThat(problem.at("/code").asText()).isEqualTo(code);
    assertThat(problem.at("/parameter").asText()).isEqualTo(parameter);
    assertThat(problem.at("/allowed").asText()).isNotBlank();
    assertThat(problem.at("/type").asText()).isEqualTo("/docs#" + code);
  }

  @Test
  void label_beyondThoseListed_saysWhichThereAre() {
    JsonNode problem = api.problem("/fo/strike-distribution?symbol=NIFTY50&expiry=NQuarter%2B0");
    assertThat(problem.at("/allowed").asText()).isEqualTo("NWeek+0, NWeek+1, NMonth+0");
  }

  @Test
  void range_ofTooManyExpiries_isTooLong() {
    StringBuilder query = new StringBuilder("/fo/expiry-metrics?symbol=NIFTY50");
    for (int n = 0; n < 21; n++) {
      query.append("&expiry=NWeek%2B").append(n);
    }
    assertThat(api.problem(query.toString()).at("/code").asText()).isEqualTo("repeated_parameter");
  }

  @Test
  void value_thatIsLong_isCutWhereItIsShown() {
    JsonNode problem = api.problem("/fo/expiries?symbol=" + "x".repeat(5000));
    assertThat(problem.at("/value").asText()).hasSize(100);
    assertThat(problem.at("/detail").asText().length()).isLessThan(200);
  }

  @Test
  void value_withControlCharacters_isShownWithoutThem() {
    JsonNode problem = api.problem("/fo/expiries?symbol=a%00b%0Ac%1B%5B31m%E2%80%AEd");
    assertThat(problem.at("/value").asText()).isEqualTo("a?b?c?[31m?d");
  }

  @Test
  void request_withAnId_hasTheSameInHeaderAndBody() {
    HttpResponse<String> response = api.get("/fo/expiries");
    assertThat(response.headers().firstValue("X-Request-Id"))
        .hasValue(ApiClient.problem(response).at("/request_id").asText());
  }

  @Test
  void request_forNothing_isNotFound() {
    assertThat(api.problem("/fo/everything").at("/code").asText()).isEqualTo("not_found");
    assertThat(api.problem("/fo/%2e%2e/%2e%2e/etc/passwd").at("/status").asInt())
        .isBetween(400, 404);
  }

  @Test
  void request_withAnotherMethod_isRefused() {
    HttpResponse<String> response = api.send("DELETE", "/fo/indicators");
    assertThat(ApiClient.problem(response).at("/code").asText()).isEqualTo("method_not_allowed");
  }

  @Test
  void request_withHead_hasTheHeadersOfGetAndNoBody() {
    HttpResponse<String> head = api.send("HEAD", "/fo/indicators");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("ETag"))
        .isEqualTo(api.get("/fo/indicators").headers().firstValue("ETag"));
  }

  @Test
  void url_thatIsTooLong_isRefused() {
    JsonNode problem = api.problem("/fo/expiries?symbol=" + "x".repeat(9000));
    assertThat(problem.at("/code").asText()).isEqualTo("url_too_long");
    assertThat(api.problem("/fo/expiries?symbol=" + "x".repeat(60_000)).at("/code").asText())
        .isEqualTo("url_too_long");
  }

  @Test
  void accept_ofWhatCannotBeGiven_isRefused() {
    HttpResponse<String> response = api.get("/fo/expiries?symbol=NIFTY50", "Accept", "image/png");
    JsonNode problem = ApiClient.problem(response);
    assertThat(problem.at("/code").asText()).isEqualTo("not_acceptable");
    assertThat(problem.at("/allowed").asText()).isEqualTo("application/json, text/csv");
    assertThat(api.get("/fo/indicators", "Accept", "text/csv").statusCode()).isEqualTo(406);
  }
}
