package io.strikegrid.testkit.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.Black76;
import io.strikegrid.engine.pricing.Greeks;
import io.strikegrid.engine.pricing.ImpliedVolatility;
import io.strikegrid.engine.pricing.IvReason;
import io.strikegrid.testkit.pricing.ReferenceTable.Row;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Recorded option prices with volatilities and Greeks that we did not compute: NIFTY bars of a data
 * set on GitHub, and tickers of an exchange for options on bitcoin.
 */
class RecordedGreeksTest {

  private static final double PRICE_TOLERANCE = 1e-7;
  private static final double GREEK_TOLERANCE = 1e-12;
  private static final double MILLIS_PER_YEAR = 365.0 * 86_400_000;
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("dMMMuu", Locale.ENGLISH);

  @Test
  void niftyBars_eachRow_isSolvedOrRefusedAsRecorded() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (Row row : ReferenceTable.csv("nifty_dhan_1min_sample_751.csv.gz")) {
      String status = row.text("bsm_status");
      counts.merge(status, 1, Integer::sum);
      if (status.equals("ok")) {
        assertSolved(row);
      } else {
        assertRefused(row);
      }
    }
    assertThat(counts).isEqualTo(Map.of("ok", 580, "no_arbitrage_violation", 171));
  }

  private static Side niftySide(Row row) {
    return Side.valueOf(row.text("option_type"));
  }

  private static double niftyForward(Row row) {
    double years = row.number("t_years_act365");
    return row.number("independent_nifty_spot") * Math.exp(row.number("bsm_rate_cc") * years);
  }

  private static void assertSolved(Row row) {
    Side side = niftySide(row);
    double forward = niftyForward(row);
    double strike = row.number("strike");
    double years = row.number("t_years_act365");
    double rate = row.number("bsm_rate_cc");
    double price = row.number("close");
    double discount = Math.exp(-rate * years);
    double iv = ImpliedVolatility.of(side, price, forward, strike, years, discount);
    double theirs = row.number("bsm_iv_close");
    Greeks greeks =
        new Greeks()
            .at(
                side,
                forward,
                strike,
                years,
                theirs,
                rate,
                0,
                row.number("independent_nifty_spot"));
    assertThat(Black76.price(side, forward, strike, years, iv, rate))
        .as("%s", row)
        .isCloseTo(price, within(price * GREEK_TOLERANCE));
    assertThat((iv - theirs) * 100 * greeks.vega())
        .as("%s", row)
        .isCloseTo(0, within(PRICE_TOLERANCE));
    assertGreek(row, greeks.delta(), "bsm_delta");
    assertGreek(row, greeks.gamma(), "bsm_gamma");
    assertGreek(row, greeks.theta(), "bsm_theta_per_day_365");
    assertGreek(row, greeks.vega(), "bsm_vega_per_100");
    assertGreek(row, greeks.rho(), "bsm_rho_per_100");
  }

  private static void assertGreek(Row row, double actual, String column) {
    double expected = row.number(column);
    assertThat(actual)
        .as("%s of %s", column, row)
        .isCloseTo(expected, within(GREEK_TOLERANCE * (1 + Math.abs(expected))));
  }

  private static void assertRefused(Row row) {
    double years = row.number("t_years_act365");
    double discount = Math.exp(-row.number("bsm_rate_cc") * years);
    assertThat(
            ImpliedVolatility.reason(
                niftySide(row),
                row.number("close"),
                niftyForward(row),
                row.number("strike"),
                years,
                discount))
        .as("%s", row)
        .isEqualTo(IvReason.BELOW_INTRINSIC);
  }

  /** One ticker with its Greeks by us; theirs are rounded, in coins and for the forward as spot. */
  private record Ticker(Row row, Side side, LocalDate expiry, double price, Greeks greeks) {

    static Ticker of(Row row) {
      String[] name = row.text("instrument_name").split("-", -1);
      LocalDate expiry = LocalDate.parse(titled(name[1]), EXPIRY);
      long expiryAt = expiry.atTime(LocalTime.of(8, 0)).toInstant(ZoneOffset.UTC).toEpochMilli();
      double years = (expiryAt - row.number("timestamp")) / MILLIS_PER_YEAR;
      double forward = row.number("underlying_price");
      double strike = Double.parseDouble(name[2]);
      Side side = name[3].equals("C") ? Side.CALL : Side.PUT;
      double vol = row.number("mark_iv") / 100;
      double price = Black76.price(side, forward, strike, years, vol, 0) / forward;
      Greeks greeks = new Greeks().at(side, forward, strike, years, vol, 0, 0, forward);
      return new Ticker(row, side, expiry, price, greeks);
    }

    private static String titled(String date) {
      int month = date.length() - 5;
      return date.substring(0, month + 1)
          + date.substring(month + 1, month + 3).toLowerCase(Locale.ENGLISH)
          + date.substring(month + 3);
    }
  }

  private static List<Ticker> tickers() throws IOException {
    List<Ticker> tickers =
        ReferenceTable.csv("deribit_btc_20210211.csv.gz").stream().map(Ticker::of).toList();
    assertThat(tickers).hasSize(976);
    return tickers;
  }

  private static double quantile(List<Double> errors, double share) {
    return errors.stream().sorted().toList().get((int) (share * (errors.size() - 1)));
  }

  @Test
  void bitcoinTickers_pricesAndGreeks_areMetAsFarAsTheyAreRounded() throws IOException {
    List<Double> prices = new ArrayList<>();
    List<Double> deltas = new ArrayList<>();
    List<Double> vegas = new ArrayList<>();
    List<Double> gammas = new ArrayList<>();
    for (Ticker t : tickers()) {
      prices.add(Math.abs(t.price() - t.row().number("mark_price")));
      deltas.add(Math.abs(t.greeks().delta() - t.row().number("greeks.delta")));
      vegas.add(Math.abs(t.greeks().vega() - t.row().number("greeks.vega")));
      gammas.add(Math.abs(t.greeks().gamma() - t.row().number("greeks.gamma")));
    }
    assertThat(quantile(prices, 0.5)).isLessThan(1e-5);
    assertThat(quantile(deltas, 0.5)).isLessThan(5e-6);
    assertThat(quantile(deltas, 0.99)).isLessThan(5e-5);
    assertThat(quantile(vegas, 0.5)).isLessThan(3e-4);
    assertThat(quantile(gammas, 0.99)).isLessThan(1e-5);
  }

  @Test
  void bitcoinTickers_thetaFromTheSecondWeekOn_isMetToAThousandth() throws IOException {
    List<Double> errors = new ArrayList<>();
    for (Ticker t : tickers()) {
      double theirs = t.row().number("greeks.theta");
      if (!t.expiry().isBefore(LocalDate.of(2021, 2, 19)) && Math.abs(theirs) > 1) {
        errors.add(Math.abs(t.greeks().theta() / theirs - 1));
      }
    }
    assertThat(errors).hasSizeGreaterThan(300);
    assertThat(quantile(errors, 0.9)).isLessThan(1e-3);
  }
}
