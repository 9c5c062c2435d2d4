package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table was computed with 60 digits by mpmath 1.4.1. */
class Black76Test {

  private static final double RELATIVE_TOLERANCE = 2e-14;
  private static final double WING_TOLERANCE = 1e-12;
  private static final double PARITY_TOLERANCE = 1e-13;
  private static final double RATE = 0.065;

  @ParameterizedTest
  @CsvSource({
    "CALL,100.0,100.0,1.0,0.2,7.965567455405797",
    "CALL,100.0,100.0,1e-06,0.01,0.0003989422803997704",
    "CALL,24520.0,24500.0,0.00610547,0.142,118.78558778828904",
    "PUT,24520.0,24500.0,0.00610547,0.142,98.78558778828904",
    "CALL,100.0,120.0,30.0,1.5,99.99562752377142",
    "PUT,100.0,60.0,20.0,0.9,56.59905519916219",
    "CALL,1.0,1.0000001,0.01,0.3,0.011967770215581897",
    "CALL,5.0,80.0,2.0,4.0,4.915376874729298"
  })
  void price_table_isMet(
      Side side, double forward, double strike, double years, double sigma, double expected) {
    assertThat(Black76.price(side, forward, strike, years, sigma, 0))
        .isCloseTo(expected, within(expected * RELATIVE_TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({
    "CALL,24520.0,27000.0,0.00610547,0.142,6.152607016068963e-17",
    "PUT,24520.0,20000.0,0.00610547,0.25,3.658521279612794e-24",
    "CALL,100.0,150.0,0.25,0.1,1.8672551913332252e-16",
    "CALL,100.0,1000.0,0.5,0.3,5.7394219729061035e-27",
    "PUT,47800.0,10000.0,0.05,1.2,2.6168513511521056e-06"
  })
  void price_deepWing_keepsItsDigits(
      Side side, double forward, double strike, double years, double sigma, double expected) {
    assertThat(Black76.price(side, forward, strike, years, sigma, 0))
        .isCloseTo(expected, within(expected * WING_TOLERANCE));
  }

  @Test
  void price_callLessPut_isTheDiscountedForwardLessStrike() {
    Random random = new Random(12);
    for (int i = 0; i < 10_000; i++) {
      double forward = 100 * Math.exp(random.nextGaussian());
      double strike = 100 * Math.exp(random.nextGaussian());
      double years = 3 * random.nextDouble();
      double sigma = 2 * random.nextDouble();
      double call = Black76.price(Side.CALL, forward, strike, years, sigma, RATE);
      double put = Black76.price(Side.PUT, forward, strike, years, sigma, RATE);
      assertThat(call - put)
          .isCloseTo(
              Math.exp(-RATE * years) * (forward - strike),
              within((forward + strike) * PARITY_TOLERANCE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void price_risingVolatility_rises(Side side) {
    double before = 0;
    for (double sigma = 0.01; sigma < 3; sigma += 0.001) {
      double price = Black76.price(side, 100, side == Side.CALL ? 110 : 90, 0.5, sigma, RATE);
      assertThat(price).as("at %s", sigma).isGreaterThan(before);
      before = price;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CALL,110,100,1,0,10",
    "CALL,90,100,1,0,0",
    "PUT,90,100,1,0,10",
    "PUT,100,100,1,0,0",
    "CALL,110,100,0,0.2,10",
    "CALL,110,100,0,Infinity,10",
    "CALL,110,100,1,Infinity,110",
    "PUT,110,100,1,Infinity,100",
    "CALL,110,1e-300,1,0.2,110",
    "PUT,110,1e300,1,0.2,1e300",
    "CALL,110,1e9,0.01,0.1,0",
    "CALL,NaN,100,1,0.2,NaN",
    "CALL,110,100,1,NaN,NaN",
    "CALL,110,100,NaN,0.2,NaN"
  })
  void price_limit_isMet(
      Side side, double forward, double strike, double years, double sigma, Double expected) {
    assertThat(Black76.price(side, forward, strike, years, sigma, 0)).isEqualTo(expected);
  }

  @Test
  void logMoneyness_whereTheSeriesEnds_agreesWithTheLogarithm() {
    for (double ratio = 0.85; ratio < 1.15; ratio += 0.0001) {
      assertThat(Black76.logMoneyness(ratio, 1)).isCloseTo(Math.log(ratio), within(1e-16));
    }
  }
}
