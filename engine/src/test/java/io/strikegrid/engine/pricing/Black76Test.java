package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class Black76Test {

  private static final double ROUNDING = 1e-12;
  private static final double DIFFERENCE = 2e-6;
  private static final double RATE = 0.065;
  private static final double YIELD = 0.012;

  record Terms(double spot, double strike, double years, double volatility, double rate) {

    double forward() {
      return spot * Math.exp((rate - YIELD) * years);
    }

    Black76 option(Side side) {
      return new Black76(side, spot, forward(), strike, years, volatility, rate);
    }

    Terms spot(double other) {
      return new Terms(other, strike, years, volatility, rate);
    }

    Terms years(double other) {
      return new Terms(spot, strike, other, volatility, rate);
    }

    Terms volatility(double other) {
      return new Terms(spot, strike, years, other, rate);
    }

    Terms rate(double other) {
      return new Terms(spot, strike, years, volatility, other);
    }
  }

  static Stream<Arguments> terms() {
    return Stream.of(80.0, 97.0, 100.0, 104.0, 125.0)
        .flatMap(strike ->
            Stream.of(0.004, 0.1, 1.5)
                .flatMap(years ->
                    Stream.of(0.12, 0.45)
                        .flatMap(volatility ->
                            Stream.of(Side.values())
                                .map(side ->
                                    Arguments.of(
                                        new Terms(100, strike, years, volatility, RATE), side)))));
  }

  @ParameterizedTest
  @MethodSource("terms")
  void price_ofCallLessPut_isTheDiscountedForwardLessStrike(Terms terms, Side side) {
    double difference = terms.option(Side.CALL).price() - terms.option(Side.PUT).price();
    double parity = Math.exp(-RATE * terms.years) * (terms.forward() - terms.strike);
    assertThat(difference).isEqualTo(parity, within(ROUNDING * 100));
    assertThat(terms.option(side).price()).isNotNegative();
  }

  @ParameterizedTest
  @MethodSource("terms")
  void greeks_besideFiniteDifferences_areTheSame(Terms terms, Side side) {
    double bump = 1e-4;
    Black76 option = terms.option(side);
    double spot = 100 * bump;
    double up = terms.spot(100 + spot).option(side).price();
    double down = terms.spot(100 - spot).option(side).price();
    assertThat(option.delta()).isEqualTo((up - down) / (2 * spot), within(DIFFERENCE * 100));
    double deltaUp = terms.spot(100 + spot).option(side).delta();
    double deltaDown = terms.spot(100 - spot).option(side).delta();
    assertThat(option.gamma())
        .isEqualTo((deltaUp - deltaDown) / (2 * spot), within(DIFFERENCE * 100));
    double years = terms.years * bump;
    double longer = terms.years(terms.years + years).option(side).price();
    double shorter = terms.years(terms.years - years).option(side).price();
    assertThat(option.theta())
        .isEqualTo(-(longer - shorter) / (2 * years) / 365, within(DIFFERENCE * 100));
    double more = terms.volatility(terms.volatility + bump).option(side).price();
    double less = terms.volatility(terms.volatility - bump).option(side).price();
    assertThat(option.vega()).isEqualTo((more - less) / (2 * bump) / 100, within(DIFFERENCE));
    double dear = terms.rate(RATE + bump).option(side).price();
    double cheap = terms.rate(RATE - bump).option(side).price();
    assertThat(option.rho()).isEqualTo((dear - cheap) / (2 * bump) / 100, within(DIFFERENCE));
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void everything_atZeroVolatilityOrTime_takesItsLimit(Side side) {
    for (double strike : new double[] {90, 100, 110}) {
      for (Terms terms :
          new Terms[] {new Terms(100, strike, 0.5, 0, 0), new Terms(100, strike, 0, 0.2, 0)}) {
        Black76 option = new Black76(side, 100, 100, strike, terms.years, terms.volatility, 0);
        double exercise = side == Side.CALL ? 100 - strike : strike - 100;
        assertThat(option.price()).isEqualTo(Math.max(0, exercise));
        assertThat(Math.abs(option.delta())).isEqualTo(exercise > 0 ? 1 : exercise < 0 ? 0 : 0.5);
        assertThat(option.gamma()).isZero();
        assertThat(option.theta()).isZero();
        assertThat(option.vega()).isFinite().isNotNegative();
        assertThat(option.rho()).isFinite();
      }
    }
  }

  @Test
  void price_farOutInTheWings_fallsToZeroWithoutNaN() {
    double before = 100;
    for (double strike = 100; strike < 100_000; strike *= 1.1) {
      double price = new Black76(Side.CALL, 100, 100, strike, 0.02, 0.2, 0.05).price();
      assertThat(price).isBetween(0.0, before);
      before = price;
    }
    assertThat(before).isZero();
  }
}
