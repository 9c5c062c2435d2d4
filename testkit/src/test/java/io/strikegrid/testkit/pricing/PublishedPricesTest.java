package io.strikegrid.testkit.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.Black76;
import io.strikegrid.engine.pricing.Greeks;
import io.strikegrid.engine.pricing.ImpliedVolatility;
import io.strikegrid.testkit.pricing.ReferenceTable.Row;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prices and Greeks that others published: OpenGamma Strata, py_vollib, E. G. Haug's tables. */
class PublishedPricesTest {

  private static final double STRATA_TOLERANCE = 1e-12;
  private static final double VOLLIB_PRICE_TOLERANCE = 5e-7;
  private static final double VOLLIB_TOLERANCE = 5e-8;
  private static final double HAUG_TOLERANCE = 1e-4;
  private static final double DAYS_PER_YEAR = 365;

  private static Side side(String text) {
    return text.startsWith("C") ? Side.CALL : Side.PUT;
  }

  private static void assertStrata(Row row, double forward, double rate, double price) {
    double strike = row.number("strike");
    double years = row.number("t_years");
    double vol = row.number("vol");
    Side side = side(row.text("type"));
    assertThat(Black76.price(side, forward, strike, years, vol, rate))
        .as("%s", row)
        .isCloseTo(price, within(STRATA_TOLERANCE));
    double discount = Math.exp(-rate * years);
    double iv = ImpliedVolatility.of(side, price, forward, strike, years, discount);
    assertThat(Black76.price(side, forward, strike, years, iv, rate))
        .as("%s", row)
        .isCloseTo(price, within(STRATA_TOLERANCE));
  }

  @Test
  void price_strataBlack76_isMet() throws IOException {
    List<Row> rows = ReferenceTable.csv("strata_black76_prices_63.csv");
    assertThat(rows).hasSize(63);
    for (Row row : rows) {
      assertStrata(row, row.number("forward"), 0, row.number("undiscounted_price"));
    }
  }

  @Test
  void price_strataBlackScholes_isMet() throws IOException {
    List<Row> rows = ReferenceTable.csv("strata_bs_call_prices_441.csv");
    assertThat(rows).hasSize(441);
    for (Row row : rows) {
      double growth = Math.exp(row.number("cost_of_carry") * row.number("t_years"));
      assertStrata(row, row.number("spot") * growth, row.number("r"), row.number("price"));
    }
  }

  @Test
  void priceAndGreeks_pyVollib_areMet() throws IOException {
    List<Row> rows = ReferenceTable.json("py_vollib_101.json");
    assertThat(rows).hasSize(101);
    for (Row row : rows) {
      assertVollib(row, Side.CALL, "bs_call", "C");
      assertVollib(row, Side.PUT, "bs_put", "P");
    }
  }

  private static void assertVollib(Row row, Side side, String price, String prefix) {
    double spot = row.number("S");
    double strike = row.number("K");
    double rate = row.number("R");
    double years = row.number("t");
    double vol = row.number("v");
    double forward = spot * Math.exp(rate * years);
    assertThat(Black76.price(side, forward, strike, years, vol, rate))
        .as("%s", row)
        .isCloseTo(row.number(price), within(VOLLIB_PRICE_TOLERANCE));
    Greeks greeks = new Greeks().at(side, forward, strike, years, vol, rate, 0, spot);
    assertVollib(row, greeks.delta(), prefix + "D");
    assertVollib(row, greeks.gamma(), prefix + "G");
    assertVollib(row, greeks.theta() * DAYS_PER_YEAR, prefix + "T");
    assertVollib(row, greeks.vega() * 100, prefix + "V");
    assertVollib(row, greeks.rho() * 100, prefix + "R");
  }

  private static void assertVollib(Row row, double actual, String column) {
    double expected = row.number(column);
    assertThat(actual)
        .as("%s of %s", column, row)
        .isCloseTo(expected, within(VOLLIB_TOLERANCE * (1 + Math.abs(expected))));
  }

  @Test
  void price_haug_isMet() throws IOException {
    List<Row> rows = ReferenceTable.csv("quantlib_haug_prices.csv");
    assertThat(rows).hasSize(43);
    for (Row row : rows) {
      double years = row.number("t_years");
      double rate = row.number("r");
      double forward = row.number("spot") * Math.exp((rate - row.number("q")) * years);
      Side side = side(row.text("type"));
      assertThat(Black76.price(side, forward, row.number("strike"), years, row.number("vol"), rate))
          .as("%s", row)
          .isCloseTo(row.number("price"), within(row.number("tol")));
    }
  }

  @Test
  void greeks_haug_areMet() throws IOException {
    List<Row> rows = ReferenceTable.csv("quantlib_haug_greeks.csv");
    assertThat(rows).hasSize(11);
    for (Row row : rows) {
      assertThat(haug(row)).as("%s", row).isCloseTo(row.number("value"), within(HAUG_TOLERANCE));
    }
  }

  private static double haug(Row row) {
    Side side = side(row.text("type"));
    double spot = row.number("spot");
    double strike = row.number("strike");
    double years = row.number("t_years");
    double vol = row.number("vol");
    double rate = row.number("r");
    double yield = row.number("q");
    double forward = spot * Math.exp((rate - yield) * years);
    Greeks greeks = new Greeks().at(side, forward, strike, years, vol, rate, yield, spot);
    return switch (row.text("greek")) {
      case "delta" -> greeks.delta();
      case "gamma" -> greeks.gamma();
      case "vega" -> greeks.vega() * 100;
      case "theta" -> greeks.theta() * DAYS_PER_YEAR;
      case "theta per day" -> greeks.theta();
      case "rho" -> greeks.rho() * 100;
      case "elasticity" ->
          greeks.delta() * spot / Black76.price(side, forward, strike, years, vol, rate);
      case "dividendRho" -> -years * spot * greeks.delta();
      default -> throw new IllegalStateException("no Greek " + row.text("greek"));
    };
  }
}
