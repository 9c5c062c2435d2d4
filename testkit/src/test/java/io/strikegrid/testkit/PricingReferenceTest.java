package io.strikegrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.Black76;
import io.strikegrid.engine.pricing.ImpliedVolatility;
import io.strikegrid.engine.pricing.IvReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PricingReferenceTest {

  private static final String FOLDER = "iv-greeks-ref/";
  private static final double STRATA = 1e-12;
  private static final double VOLLIB_PRICE = 1e-6;
  private static final double VOLLIB_GREEK = 5e-7;
  private static final double HAUG = 1e-4;
  private static final double DERIBIT_PRICE_MEDIAN = 1e-5;
  private static final double DERIBIT_DELTA = 5e-5;
  private static final double DERIBIT_THETA = 1e-3;
  private static final double NIFTY = 1e-9;
  private static final double NIFTY_PRICE = 1e-7;

  private static List<Map<String, String>> rows(String name) throws IOException {
    Path file = RecordedData.require(FOLDER + name);
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String[] names = lines.readLine().split(",", -1);
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : (Iterable<String>) lines.lines()::iterator) {
        String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
          row.put(names[i], cells[i]);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static String text(Map<String, String> row, String name) {
    return Objects.requireNonNull(row.get(name), name);
  }

  private static double number(Map<String, String> row, String name) {
    return Double.parseDouble(text(row, name));
  }

  private static Side side(Map<String, String> row, String name) {
    return text(row, name).startsWith("C") ? Side.CALL : Side.PUT;
  }

  @Test
  void prices_ofStrata_agreeAndGiveTheirVolatilityBack() throws IOException {
    List<Map<String, String>> spot = rows("strata_bs_call_prices_441.csv");
    List<Map<String, String>> forward = rows("strata_black76_prices_63.csv");
    assertThat(spot)
        .hasSize(441)
        .allSatisfy(row -> {
          double years = number(row, "t_years");
          double ahead = number(row, "spot") * Math.exp(number(row, "cost_of_carry") * years);
          checkStrata(row, ahead, number(row, "r"), number(row, "price"));
        });
    assertThat(forward)
        .hasSize(63)
        .allSatisfy(
            row -> checkStrata(row, number(row, "forward"), 0, number(row, "undiscounted_price")));
  }

  private static void checkStrata(
      Map<String, String> row, double forward, double rate, double price) {
    Side side = side(row, "type");
    double strike = number(row, "strike");
    double years = number(row, "t_years");
    double volatility = number(row, "vol");
    Black76 option = new Black76(side, 100, forward, strike, years, volatility, rate);
    assertThat(option.price()).isEqualTo(price, within(STRATA));
    assertThat(ImpliedVolatility.of(side, price, forward, strike, years, rate))
        .isEqualTo(volatility, within(STRATA));
  }

  @Test
  void pricesAndGreeks_ofPyVollib_agree() throws IOException {
    String json = Files.readString(RecordedData.require(FOLDER + "py_vollib_101.json"));
    Matcher rows =
        Pattern.compile("\\[([^\\[\\]]*)\\]").matcher(json.substring(json.indexOf("\"data\"")));
    int count = 0;
    while (rows.find()) {
      double[] v =
          Pattern.compile(",")
              .splitAsStream(rows.group(1))
              .mapToDouble(Double::parseDouble)
              .toArray();
      checkVollib(v, Side.CALL, v[5], 7);
      checkVollib(v, Side.PUT, v[6], 12);
      count++;
    }
    assertThat(count).isEqualTo(101);
  }

  private static void checkVollib(double[] v, Side side, double price, int greeks) {
    double forward = v[0] * Math.exp(v[2] * v[3]);
    Black76 option = new Black76(side, v[0], forward, v[1], v[3], v[4], v[2]);
    assertThat(option.price()).isEqualTo(price, within(VOLLIB_PRICE));
    assertThat(option.delta()).isEqualTo(v[greeks], within(VOLLIB_GREEK));
    assertThat(option.gamma()).isEqualTo(v[greeks + 1], within(VOLLIB_GREEK));
    assertThat(option.theta() * 365).isEqualTo(v[greeks + 2], within(VOLLIB_PRICE));
    assertThat(option.vega() * 100).isEqualTo(v[greeks + 3], within(VOLLIB_PRICE));
    assertThat(option.rho() * 100).isEqualTo(v[greeks + 4], within(VOLLIB_PRICE));
  }

  @Test
  void pricesAndGreeks_ofHaug_agreeToFourDecimals() throws IOException {
    assertThat(rows("quantlib_haug_prices.csv"))
        .hasSize(43)
        .allSatisfy(
            row -> assertThat(haug(row).price()).isEqualTo(number(row, "price"), within(HAUG)));
    assertThat(rows("quantlib_haug_greeks.csv"))
        .hasSize(11)
        .allSatisfy(row -> {
          Black76 option = haug(row);
          double value = number(row, "value");
          double ours =
              switch (text(row, "greek")) {
                case "delta" -> option.delta();
                case "elasticity" -> option.delta() * number(row, "spot") / option.price();
                case "gamma" -> option.gamma();
                case "vega" -> option.vega() * 100;
                case "theta" -> option.theta() * 365;
                case "theta per day" -> option.theta();
                case "rho" -> option.rho() * 100;
                case "dividendRho" ->
                    -number(row, "t_years") * number(row, "spot") * option.delta();
                default -> throw new IllegalStateException(text(row, "greek"));
              };
          assertThat(ours).as(row.toString()).isEqualTo(value, within(HAUG));
        });
  }

  private static Black76 haug(Map<String, String> row) {
    double spot = number(row, "spot");
    double years = number(row, "t_years");
    double rate = number(row, "r");
    double forward = spot * Math.exp((rate - number(row, "q")) * years);
    return new Black76(
        side(row, "type"), spot, forward, number(row, "strike"), years, number(row, "vol"), rate);
  }

  @Test
  void tickers_ofDeribit_agreeWithTheExchangesOwnFigures() throws IOException {
    List<Map<String, String>> rows = rows("deribit_btc_20210211.csv.gz");
    assertThat(rows).hasSize(976);
    List<Double> prices = new ArrayList<>();
    int deltas = 0;
    for (Map<String, String> row : rows) {
      String[] name = text(row, "instrument_name").split("-", -1);
      LocalDate expiry =
          LocalDate.parse(
              name[1],
              new DateTimeFormatterBuilder()
                  .parseCaseInsensitive()
                  .appendPattern("dMMMyy")
                  .toFormatter(Locale.ENGLISH));
      Instant expiryAt = expiry.atTime(8, 0).toInstant(ZoneOffset.UTC);
      double years =
          (expiryAt.toEpochMilli() - number(row, "timestamp")) / (365.0 * 24 * 3600 * 1000);
      double forward = number(row, "underlying_price");
      Side side = name[3].equals("C") ? Side.CALL : Side.PUT;
      double volatility = number(row, "mark_iv") / 100;
      Black76 option =
          new Black76(side, forward, forward, Double.parseDouble(name[2]), years, volatility, 0);
      prices.add(Math.abs(option.price() / forward - number(row, "mark_price")));
      deltas += Math.abs(option.delta() - number(row, "greeks.delta")) <= DERIBIT_DELTA ? 1 : 0;
      assertThat(option.gamma()).isEqualTo(number(row, "greeks.gamma"), within(1e-5));
      double theta = number(row, "greeks.theta");
      if (!expiry.isBefore(LocalDate.of(2021, 2, 19)) && Math.abs(theta) > 1) {
        assertThat(option.theta() / theta).isEqualTo(1, within(5 * DERIBIT_THETA));
      }
    }
    prices.sort(null);
    assertThat(prices.get(prices.size() / 2)).isLessThan(DERIBIT_PRICE_MEDIAN);
    assertThat(deltas).isGreaterThanOrEqualTo((int) (0.99 * rows.size()));
  }

  @Test
  void bars_ofNifty_are580SolvedAnd171BelowIntrinsic() throws IOException {
    int solved = 0;
    int refused = 0;
    for (Map<String, String> row : rows("nifty_dhan_1min_sample_751.csv.gz")) {
      double spot = number(row, "independent_nifty_spot");
      double years = number(row, "t_years_act365");
      double rate = number(row, "bsm_rate_cc");
      double forward = spot * Math.exp(rate * years);
      double price = number(row, "close");
      double strike = number(row, "strike");
      Side side = side(row, "option_type");
      double volatility = ImpliedVolatility.of(side, price, forward, strike, years, rate);
      if (text(row, "bsm_status").equals("ok")) {
        Black76 ours = new Black76(side, spot, forward, strike, years, volatility, rate);
        assertThat(ours.price()).isEqualTo(price, within(NIFTY));
        double given = number(row, "bsm_iv_close");
        Black76 option = new Black76(side, spot, forward, strike, years, given, rate);
        assertThat(option.price())
            .isEqualTo(number(row, "bsm_price_reconstructed"), within(NIFTY_PRICE));
        assertThat(option.delta()).isEqualTo(number(row, "bsm_delta"), within(NIFTY));
        assertThat(option.gamma()).isEqualTo(number(row, "bsm_gamma"), within(NIFTY));
        assertThat(option.theta()).isEqualTo(number(row, "bsm_theta_per_day_365"), within(NIFTY));
        assertThat(option.vega()).isEqualTo(number(row, "bsm_vega_per_100"), within(NIFTY));
        assertThat(option.rho()).isEqualTo(number(row, "bsm_rho_per_100"), within(NIFTY));
        solved++;
      } else {
        assertThat(ImpliedVolatility.reason(side, price, forward, strike, years, rate))
            .isEqualTo(IvReason.BELOW_INTRINSIC);
        refused++;
      }
    }
    assertThat(solved).isEqualTo(580);
    assertThat(refused).isEqualTo(171);
  }
}
