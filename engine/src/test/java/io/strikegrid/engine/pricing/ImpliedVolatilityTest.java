package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table was computed with 60 digits by mpmath 1.4.1. */
class ImpliedVolatilityTest {

  private static final double RELATIVE_TOLERANCE = 1e-14;
  private static final double OUT_OF_THE_MONEY_TOLERANCE = 1e-12;
  private static final double EXTREME_TOLERANCE = 2e-14;
  private static final int OPTIONS = 20_000;
  private static final double RATE = 0.065;

  @ParameterizedTest
  @CsvSource({
    "CALL,100.0,100.0,1.0,0.2,7.965567455405797",
    "CALL,100.0,100.0,1e-06,0.01,0.0003989422803997704",
    "CALL,24520.0,27000.0,0.00610547,0.142,6.152607016068963e-17",
    "PUT,24520.0,20000.0,0.00610547,0.25,3.658521279612794e-24",
    "PUT,24520.0,24500.0,0.00610547,0.142,98.78558778828904",
    "CALL,100.0,150.0,0.25,0.1,1.8672551913332252e-16",
    "CALL,100.0,1000.0,0.5,0.3,5.7394219729061035e-27",
    "PUT,47800.0,10000.0,0.05,1.2,2.6168513511521056e-06",
    "PUT,100.0,60.0,20.0,0.9,56.59905519916219",
    "CALL,1.0,1.0000001,0.01,0.3,0.011967770215581897",
    "CALL,5.0,80.0,2.0,4.0,4.915376874729298"
  })
  void of_table_isMet(
      Side side, double forward, double strike, double years, double expected, double price) {
    assertThat(ImpliedVolatility.of(side, price, forward, strike, years, 1))
        .isCloseTo(expected, within(expected * RELATIVE_TOLERANCE));
  }

  @Test
  void of_twentyThousandOutOfTheMoney_givesTheVolatilityBack() {
    Random random = new Random(14);
    for (int i = 0; i < OPTIONS; i++) {
      double years = Math.exp(random.nextDouble() * Math.log(17_520) - Math.log(8_760));
      double sigma = 0.05 + 1.15 * random.nextDouble();
      double forward = 24_000 * (0.5 + random.nextDouble());
      double sigmas = 6 * random.nextDouble() - 3;
      double strike = forward * Math.exp(sigmas * sigma * Math.sqrt(years));
      Side side = sigmas < 0 ? Side.PUT : Side.CALL;
      double price = Black76.price(side, forward, strike, years, sigma, RATE);
      double discount = Math.exp(-RATE * years);
      assertThat(ImpliedVolatility.of(side, price, forward, strike, years, discount))
          .as("%s F=%s K=%s T=%s", side, forward, strike, years)
          .isCloseTo(sigma, within(sigma * OUT_OF_THE_MONEY_TOLERANCE));
    }
  }

  @Test
  void of_anyDistanceAndDeviation_isAsGoodAsThePriceAllows() {
    Random random = new Random(15);
    for (int i = 0; i < 10 * OPTIONS; i++) {
      double distance = Math.exp(random.nextDouble() * 24 - 20);
      double deviation = Math.exp(random.nextDouble() * 14 - 11.5);
      double ceiling = Math.exp(-distance / 2);
      double price = NormalisedBlack.price(distance, deviation, ceiling);
      if (price < 1e-290 || price > ceiling * (1 - 1e-6)) {
        continue;
      }
      double slope = NormalisedBlack.slope(distance / deviation, deviation / 2);
      double amplified = price > ceiling / 2 ? price / (slope * deviation) : 1;
      assertThat(NormalisedVolatility.of(price, distance, ceiling))
          .as("x=%s s=%s", distance, deviation)
          .isCloseTo(deviation, within(deviation * EXTREME_TOLERANCE * Math.max(1, amplified)));
    }
  }

  @Test
  void of_inTheMoney_isThatOfTheOtherSide() {
    double put = Black76.price(Side.PUT, 100, 120, 0.5, 0.3, 0);
    double call = Black76.price(Side.CALL, 100, 120, 0.5, 0.3, 0);
    assertThat(ImpliedVolatility.of(Side.PUT, put, 100, 120, 0.5, 1))
        .isCloseTo(
            ImpliedVolatility.of(Side.CALL, call, 100, 120, 0.5, 1), within(RELATIVE_TOLERANCE));
  }

  @Test
  void of_risingPrice_rises() {
    double before = 0;
    for (double price = 0.001; price < 99.9; price += 0.001) {
      double sigma = ImpliedVolatility.of(Side.CALL, price, 100, 110, 1, 1);
      assertThat(sigma).as("at %s", price).isGreaterThan(before);
      before = sigma;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CALL,NaN,100,90,1,1,NO_PRICE",
    "CALL,0,100,110,1,1,NO_PRICE",
    "PUT,-1,100,110,1,1,NO_PRICE",
    "CALL,9.99,100,90,1,1,BELOW_INTRINSIC",
    "CALL,10,100,90,1,1,BELOW_INTRINSIC",
    "PUT,9.4,100,110,1,0.95,BELOW_INTRINSIC",
    "CALL,100,100,90,1,1,ABOVE_BOUND",
    "CALL,96,100,90,1,0.95,ABOVE_BOUND",
    "PUT,110,100,110,1,1,ABOVE_BOUND",
    "CALL,Infinity,100,90,1,1,ABOVE_BOUND",
    "CALL,12,100,90,0,1,EXPIRED",
    "CALL,12,NaN,90,-1,1,EXPIRED",
    "CALL,12,100,90,NaN,1,EXPIRED",
    "CALL,12,NaN,90,1,1,NO_FORWARD",
    "CALL,12,0,90,1,1,NO_FORWARD",
    "CALL,12,Infinity,90,1,1,NO_FORWARD"
  })
  void reason_noVolatility_isGiven(
      Side side,
      double price,
      double forward,
      double strike,
      double years,
      double discount,
      IvReason expected) {
    assertThat(ImpliedVolatility.reason(side, price, forward, strike, years, discount))
        .isEqualTo(expected);
    assertThat(ImpliedVolatility.of(side, price, forward, strike, years, discount)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "CALL,10.000000000001,100,90",
    "CALL,99.99999999,100,90",
    "CALL,1e-300,100,110",
    "PUT,109.99999999,100,110",
    "PUT,1e-12,100,100"
  })
  void of_priceJustInsideTheBounds_isSolved(
      Side side, double price, double forward, double strike) {
    double sigma = ImpliedVolatility.of(side, price, forward, strike, 1, 1);
    assertThat(sigma).isPositive().isFinite();
    assertThat(Black76.price(side, forward, strike, 1, sigma, 0))
        .isCloseTo(price, within(price * OUT_OF_THE_MONEY_TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"CALL,100,90", "CALL,90,100", "PUT,90,100", "PUT,100,90", "CALL,1e300,1e-300"})
  void of_nextDoubleToABound_isFiniteAndPositive(Side side, double forward, double strike) {
    double intrinsic = Math.max(0, side == Side.CALL ? forward - strike : strike - forward);
    double bound = side == Side.CALL ? forward : strike;
    for (double price : new double[] {Math.nextUp(intrinsic), Math.nextDown(bound)}) {
      if (ImpliedVolatility.reason(side, price, forward, strike, 1, 1) == null) {
        assertThat(ImpliedVolatility.of(side, price, forward, strike, 1, 1))
            .as("%s", price)
            .isPositive()
            .isFinite();
      }
    }
  }

  @Test
  void of_anyPrice_isUnknownExactlyWhereThereIsAReason() {
    Random random = new Random(16);
    for (int i = 0; i < 10 * OPTIONS; i++) {
      Side side = random.nextBoolean() ? Side.CALL : Side.PUT;
      double forward = Math.exp(30 * random.nextGaussian());
      double strike = forward * Math.exp(random.nextGaussian() * random.nextInt(1, 20));
      double price = Math.max(forward, strike) * Math.exp(-random.nextInt(1, 600));
      price *= random.nextDouble();
      boolean isSolvable = ImpliedVolatility.reason(side, price, forward, strike, 1, 0.99) == null;
      double sigma = ImpliedVolatility.of(side, price, forward, strike, 1, 0.99);
      assertThat(sigma > 0 && sigma < Double.POSITIVE_INFINITY)
          .as("%s %s F=%s K=%s", side, price, forward, strike)
          .isEqualTo(isSolvable);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,strike must be positive; have 0.0",
    "90,-1,discount must be positive; have -1.0"
  })
  void of_argumentOutOfBounds_saysWhich(double strike, double discount, String message) {
    assertThatThrownBy(() -> ImpliedVolatility.of(Side.CALL, 12, 100, strike, 1, discount))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
