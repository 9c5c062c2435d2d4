package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GreeksTest {

  private static final double TABLE_TOLERANCE = 5e-6;
  private static final double IDENTITY_TOLERANCE = 1e-13;
  private static final double DIFFERENCE_TOLERANCE = 1e-6;
  private static final double STEP = 1e-4;
  private static final double DAYS_PER_YEAR = 365;

  /** Side, spot, rate, yield, strike, years and volatility, as far as a chain goes. */
  static List<Arguments> options() {
    List<Arguments> options = new ArrayList<>();
    Random random = new Random(13);
    for (int i = 0; i < 40; i++) {
      double years = 0.02 + 2 * random.nextDouble();
      double sigma = 0.1 + random.nextDouble();
      double strike = 100 * Math.exp(2 * sigma * Math.sqrt(years) * (random.nextDouble() - 0.5));
      double rate = 0.1 * random.nextDouble() - 0.02;
      double yield = 0.05 * random.nextDouble();
      Side side = i % 2 == 0 ? Side.CALL : Side.PUT;
      options.add(Arguments.of(side, 100, rate, yield, strike, years, sigma));
    }
    return options;
  }

  private static double price(
      Side side,
      double spot,
      double rate,
      double yield,
      double strike,
      double years,
      double sigma) {
    double forward = spot * Math.exp((rate - yield) * years);
    return Black76.price(side, forward, strike, years, sigma, rate);
  }

  private static Greeks greeks(
      Side side,
      double spot,
      double rate,
      double yield,
      double strike,
      double years,
      double sigma) {
    double forward = spot * Math.exp((rate - yield) * years);
    return new Greeks().at(side, forward, strike, years, sigma, rate, yield, spot);
  }

  private static void assertSlope(double greek, double up, double down, double twoSteps) {
    double slope = (up - down) / twoSteps;
    assertThat(greek).isCloseTo(slope, within(DIFFERENCE_TOLERANCE * (1 + Math.abs(slope))));
  }

  @ParameterizedTest
  @CsvSource({
    "CALL,0.531482,0.00146216,-26.5653,7.61657,0.788152",
    "PUT,-0.468447,0.00146216,-22.2040,7.61657,-0.707094"
  })
  void at_documentedExample_isMet(
      Side side, double delta, double gamma, double theta, double vega, double rho) {
    double years = 192_542 / (DAYS_PER_YEAR * 86_400);
    Greeks greeks = new Greeks().at(side, 24520, 24500, years, 0.142, 0.065, 0, 24512);
    assertThat(greeks.delta()).isCloseTo(delta, within(Math.abs(delta) * TABLE_TOLERANCE));
    assertThat(greeks.gamma()).isCloseTo(gamma, within(gamma * TABLE_TOLERANCE));
    assertThat(greeks.theta()).isCloseTo(theta, within(-theta * TABLE_TOLERANCE));
    assertThat(greeks.vega()).isCloseTo(vega, within(vega * TABLE_TOLERANCE));
    assertThat(greeks.rho()).isCloseTo(rho, within(Math.abs(rho) * TABLE_TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("options")
  void delta_isTheSlopeBySpot(
      Side side, double s, double r, double q, double k, double t, double sigma) {
    double up = price(side, s + STEP, r, q, k, t, sigma);
    double down = price(side, s - STEP, r, q, k, t, sigma);
    assertSlope(greeks(side, s, r, q, k, t, sigma).delta(), up, down, 2 * STEP);
  }

  @ParameterizedTest
  @MethodSource("options")
  void gamma_isTheSlopeOfDelta(
      Side side, double s, double r, double q, double k, double t, double sigma) {
    double up = greeks(side, s + STEP, r, q, k, t, sigma).delta();
    double down = greeks(side, s - STEP, r, q, k, t, sigma).delta();
    assertSlope(greeks(side, s, r, q, k, t, sigma).gamma(), up, down, 2 * STEP);
  }

  @ParameterizedTest
  @MethodSource("options")
  void theta_isTheSlopeByADayThatPasses(
      Side side, double s, double r, double q, double k, double t, double sigma) {
    double day = STEP / DAYS_PER_YEAR;
    double after = price(side, s, r, q, k, t - day, sigma);
    double before = price(side, s, r, q, k, t + day, sigma);
    assertSlope(greeks(side, s, r, q, k, t, sigma).theta(), after, before, 2 * STEP);
  }

  @ParameterizedTest
  @MethodSource("options")
  void theta_forwardOffItsCarry_isTheSlopeByTheCarryThatIsConfigured(
      Side side, double s, double r, double q, double k, double t, double sigma) {
    double off = 1.01 * s;
    double forward = off * Math.exp((r - q) * t);
    double theta = new Greeks().at(side, forward, k, t, sigma, r, q, s).theta();
    double day = STEP / DAYS_PER_YEAR;
    double after = price(side, off, r, q, k, t - day, sigma);
    double before = price(side, off, r, q, k, t + day, sigma);
    assertSlope(theta, after, before, 2 * STEP);
  }

  @ParameterizedTest
  @MethodSource("options")
  void vega_isTheSlopeByAPointOfVolatility(
      Side side, double s, double r, double q, double k, double t, double sigma) {
    double point = STEP / 100;
    double up = price(side, s, r, q, k, t, sigma + point);
    double down = price(side, s, r, q, k, t, sigma - point);
    assertSlope(greeks(side, s, r, q, k, t, sigma).vega(), up, down, 2 * STEP);
  }

  @ParameterizedTest
  @MethodSource("options")
  void rho_isTheSlopeByAPointOfRate(
      Side side, double s, double r, double q, double k, double t, double sigma) {
    double point = STEP / 100;
    double up = price(side, s, r + point, q, k, t, sigma);
    double down = price(side, s, r - point, q, k, t, sigma);
    assertSlope(greeks(side, s, r, q, k, t, sigma).rho(), up, down, 2 * STEP);
  }

  @ParameterizedTest
  @MethodSource("options")
  void at_bothSides_areInParity(
      Side side, double s, double r, double q, double k, double t, double sigma) {
    Greeks call = greeks(Side.CALL, s, r, q, k, t, sigma);
    Greeks put = greeks(Side.PUT, s, r, q, k, t, sigma);
    double forward = s * Math.exp(-q * t);
    double strike = k * Math.exp(-r * t);
    assertThat(call.delta() - put.delta()).isCloseTo(forward / s, within(IDENTITY_TOLERANCE));
    assertThat(call.theta() - put.theta())
        .isCloseTo((q * forward - r * strike) / DAYS_PER_YEAR, within(IDENTITY_TOLERANCE));
    assertThat(call.rho() - put.rho()).isCloseTo(t * strike / 100, within(IDENTITY_TOLERANCE));
    assertThat(call.gamma()).isEqualTo(put.gamma());
    assertThat(call.vega()).isEqualTo(put.vega());
  }

  @ParameterizedTest
  @CsvSource({
    "CALL,110,100,1,0,1,0,0,0",
    "CALL,90,100,1,0,0,0,0,0",
    "PUT,90,100,1,0,-1,0,0,0",
    "CALL,110,100,0,0.2,1,0,0,0",
    "PUT,110,100,0,0.2,0,0,0,0",
    "CALL,100,100,1,0,0.5,Infinity,0,0.3989422804014327",
    "CALL,100,100,0,0.2,0.5,Infinity,-Infinity,0",
    "CALL,110,1e-300,1,0.2,1,0,0,0",
    "CALL,110,1e300,1,0.2,0,0,0,0",
    "PUT,110,1e300,1,0.2,-1,0,0,0",
    "CALL,110,100,1,Infinity,1,0,0,0"
  })
  void at_limit_isMet(
      Side side,
      double forward,
      double strike,
      double years,
      double sigma,
      double delta,
      double gamma,
      double theta,
      double vega) {
    Greeks greeks = new Greeks().at(side, forward, strike, years, sigma, 0, 0, forward);
    assertThat(greeks.delta()).isEqualTo(delta);
    assertThat(greeks.gamma()).isEqualTo(gamma);
    assertThat(greeks.theta() + 0.0).isEqualTo(theta);
    assertThat(greeks.vega()).isCloseTo(vega, within(IDENTITY_TOLERANCE));
  }

  @Test
  void at_unknownSpot_leavesThetaRhoAndVega() {
    Greeks greeks = new Greeks().at(Side.CALL, 100, 100, 1, 0.2, 0.05, 0, Double.NaN);
    assertThat(greeks.delta()).isNaN();
    assertThat(greeks.theta()).isNegative();
    assertThat(greeks.rho()).isPositive();
    assertThat(greeks.vega()).isPositive();
  }
}
