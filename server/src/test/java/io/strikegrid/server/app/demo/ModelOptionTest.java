package io.strikegrid.server.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelOptionTest {

  private static final double SPOT = 24_512;
  private static final double STRIKE = 24_500;
  private static final double IV = 0.142;
  private static final double RATE = 0.065;
  private static final double YEARS = 192_542 / 31_536_000.0;
  private static final double CARRY = Math.log(24_520 / SPOT) / YEARS;
  private static final double SIX_DIGITS = 1e-5;
  private static final double DIFFERENCE = 1e-6;

  private static ModelOption at(Side side, double spot, double iv, double rate, double years) {
    return ModelOption.of(side, spot, STRIKE, iv, rate, CARRY + rate - RATE, years);
  }

  private static ModelOption of(Side side) {
    return at(side, SPOT, IV, RATE, YEARS);
  }

  @ParameterizedTest
  @CsvSource({
    "CALL, 118.7384, 0.531482, 0.00146216, -26.1529, 7.61657, 0.788152",
    "PUT, 98.7464, -0.468447, 0.00146216, -22.5675, 7.61657, -0.707094"
  })
  void of_workedExample_isAsInTheReference(
      Side side, double price, double delta, double gamma, double theta, double vega, double rho) {
    ModelOption option = of(side);
    assertThat(option.price()).isCloseTo(price, within(SIX_DIGITS * 10));
    assertThat(option.delta()).isCloseTo(delta, within(SIX_DIGITS));
    assertThat(option.gamma()).isCloseTo(gamma, within(SIX_DIGITS / 1000));
    assertThat(option.theta()).isCloseTo(theta, within(SIX_DIGITS * 10));
    assertThat(option.vega()).isCloseTo(vega, within(SIX_DIGITS));
    assertThat(option.rho()).isCloseTo(rho, within(SIX_DIGITS));
  }

  @Test
  void of_callAndPut_keepParity() {
    double forward = SPOT * Math.exp(CARRY * YEARS);
    double discounted = Math.exp(-RATE * YEARS) * (forward - STRIKE);
    assertThat(of(Side.CALL).price() - of(Side.PUT).price()).isCloseTo(discounted, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void greeks_anySide_areDifferencesOfThePrice(Side side) {
    ModelOption option = of(side);
    double up = at(side, SPOT + 0.1, IV, RATE, YEARS).price();
    double down = at(side, SPOT - 0.1, IV, RATE, YEARS).price();
    double day = 1 / 365.0;
    double step = 1e-5;
    assertThat((up - down) / 0.2).isCloseTo(option.delta(), within(DIFFERENCE));
    assertThat((up - 2 * option.price() + down) / 0.01)
        .isCloseTo(option.gamma(), within(DIFFERENCE));
    assertThat(
            slope(
                    at(side, SPOT, IV + step, RATE, YEARS),
                    at(side, SPOT, IV - step, RATE, YEARS),
                    step)
                / 100)
        .isCloseTo(option.vega(), within(DIFFERENCE));
    assertThat(
            slope(
                    at(side, SPOT, IV, RATE + step, YEARS),
                    at(side, SPOT, IV, RATE - step, YEARS),
                    step)
                / 100)
        .isCloseTo(option.rho(), within(DIFFERENCE));
    double moment = step * day;
    assertThat(
            -slope(
                    at(side, SPOT, IV, RATE, YEARS + moment),
                    at(side, SPOT, IV, RATE, YEARS - moment),
                    moment)
                * day)
        .isCloseTo(option.theta(), within(1e-4));
  }

  private static double slope(ModelOption above, ModelOption below, double step) {
    return (above.price() - below.price()) / (2 * step);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.8413447460685429",
    "-1, 0.15865525393145705",
    "-3, 0.0013498980316300946",
    "-8, 6.220960574271785e-16",
    "-40, 0",
    "40, 1"
  })
  void cumulative_point_isTheTablesValue(double x, double probability) {
    assertThat(Normal.cumulative(x))
        .isCloseTo(probability, within(1e-14 * Math.max(probability, 1e-16) + 1e-15));
  }
}
