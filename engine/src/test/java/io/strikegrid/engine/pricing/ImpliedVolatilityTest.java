package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpliedVolatilityTest {

  private static final double RELATIVE = 1e-12;
  private static final double PRICE_RELATIVE = 5e-13;
  private static final long SEED = 20_260_105;

  private static List<double[]> references() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ImpliedVolatilityTest.class.getResourceAsStream("normalised-black.csv")),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> {
            String[] cells = line.split(",", -1);
            return new double[] {
              Double.parseDouble(cells[0]),
              Double.parseDouble(cells[1]),
              Double.parseDouble(cells[2])
            };
          })
          .toList();
    }
  }

  @Test
  void search_of50DigitReferencePrices_findsTheVolatilityToTwelveDigits() throws IOException {
    assertThat(references())
        .hasSize(300)
        .allSatisfy(reference -> {
          double found = VolatilitySearch.of(reference[0], reference[2]);
          assertThat(found / reference[1]).isEqualTo(1, within(RELATIVE));
        });
  }

  @Test
  void normalisedPrice_of50DigitReferences_agrees() throws IOException {
    assertThat(references())
        .hasSize(300)
        .allSatisfy(reference -> {
          double price = NormalisedBlack.price(reference[0], reference[1]);
          double exponent = Math.max(1, -Math.log(reference[2]));
          assertThat(price / reference[2]).isEqualTo(1, within(PRICE_RELATIVE * exponent));
        });
  }

  @Test
  void of_twentyThousandOptionsWithinThreeSigma_solvesEachToTwelveDigits() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      double volatility = 0.05 + 0.95 * random.nextDouble();
      double years = Math.exp(Math.log(1.0 / 365) + random.nextDouble() * Math.log(730));
      double forward = 100 * (0.5 + random.nextDouble());
      double sigmas = 6 * random.nextDouble() - 3;
      double strike = forward * Math.exp(sigmas * volatility * Math.sqrt(years));
      Side side = strike >= forward ? Side.CALL : Side.PUT;
      double price = new Black76(side, forward, forward, strike, years, volatility, 0.03).price();
      double found = ImpliedVolatility.of(side, price, forward, strike, years, 0.03);
      assertThat(found / volatility)
          .as("seed %d, option %d: %s %s %s %s", SEED, i, volatility, years, forward, strike)
          .isEqualTo(1, within(RELATIVE));
    }
  }

  @Test
  void search_fromTinyToHugeVolatility_returnsThePriceItWasGiven() {
    int solved = 0;
    for (double total = 1e-4; total < 12; total *= 1.17) {
      for (double sigmas = 0; sigmas < 36; sigmas += 0.7) {
        double x = -sigmas * total;
        double price = NormalisedBlack.price(x, total);
        if (price > 0 && price < Math.exp(x / 2)) {
          double found = VolatilitySearch.of(x, price);
          double again = NormalisedBlack.price(x, found);
          double exponent = Math.max(1, sigmas * sigmas);
          assertThat(again / price).as("%s %s", x, total).isEqualTo(1, within(1e-13 * exponent));
          solved++;
        }
      }
    }
    assertThat(solved).isGreaterThan(3_000);
  }

  @ParameterizedTest
  @CsvSource({
    "CALL, NaN, 100, 100, 0.1, NO_PRICE",
    "CALL, 0, 100, 100, 0.1, NO_PRICE",
    "PUT, -1, 100, 100, 0.1, NO_PRICE",
    "CALL, 5, 100, 100, 0, EXPIRED",
    "CALL, 5, 100, 100, -0.1, EXPIRED",
    "CALL, 5, NaN, 100, 0.1, NO_FORWARD",
    "CALL, 9, 110, 100, 0.1, BELOW_INTRINSIC",
    "CALL, 10, 110, 100, 0.1, BELOW_INTRINSIC",
    "PUT, 9, 90, 100, 0.1, BELOW_INTRINSIC",
    "CALL, 110, 110, 100, 0.1, ABOVE_BOUND",
    "PUT, 100, 90, 100, 0.1, ABOVE_BOUND"
  })
  void reason_whereThereIsNoVolatility_saysWhy(
      Side side, double price, double forward, double strike, double years, IvReason reason) {
    assertThat(ImpliedVolatility.of(side, price, forward, strike, years, 0)).isNaN();
    assertThat(ImpliedVolatility.reason(side, price, forward, strike, years, 0)).isEqualTo(reason);
  }

  @Test
  void reason_whereThereIsAVolatility_isNone() {
    assertThat(ImpliedVolatility.reason(Side.CALL, 5, 100, 100, 0.1, 0)).isNull();
    assertThat(ImpliedVolatility.of(Side.CALL, 5, 100, 100, 0.1, 0)).isPositive();
  }
}
