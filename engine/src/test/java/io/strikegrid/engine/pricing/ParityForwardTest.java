package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParityForwardTest {

  private static final double RELATIVE_TOLERANCE = 1e-12;
  private static final double RATE = 0.065;
  private static final double YEARS = 0.02;
  private static final double[] STRIKES =
      DoubleStream.iterate(24000, k -> k <= 25000, k -> k + 50).toArray();

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  private static double[] puts() {
    return Arrays.stream(STRIKES).map(k -> 60 + Math.max(0, (k - 24500) * 0.6)).toArray();
  }

  private static double[] calls(double forward, double[] puts, double rate, double years) {
    return IntStream.range(0, STRIKES.length)
        .mapToDouble(i -> puts[i] + Math.exp(-rate * years) * (forward - STRIKES[i]))
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({"24512.3,0.065,0.02", "24000,0,1", "25000,-0.01,0.5", "24777.77,0.1,0"})
  void of_pricesInParity_isTheForward(double forward, double rate, double years) {
    double[] puts = puts();
    double[] calls = calls(forward, puts, rate, years);
    assertThat(ParityForward.of(STRIKES, calls, puts, rate, years))
        .isCloseTo(forward, within(forward * RELATIVE_TOLERANCE));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void of_twoBadQuotesAmongTheNearest_isTheForwardStill(int seed) {
    Random random = new Random(seed);
    double forward = 24250 + 500 * random.nextDouble();
    double[] puts = puts();
    double[] calls = calls(forward, puts, RATE, YEARS);
    for (int bad = 0; bad < 2; bad++) {
      int k = random.nextInt(STRIKES.length);
      calls[k] = puts[k] + random.nextInt(-20, 20);
    }
    assertThat(ParityForward.of(STRIKES, calls, puts, RATE, YEARS))
        .isCloseTo(forward, within(forward * RELATIVE_TOLERANCE));
  }

  @Test
  void of_badQuoteFarFromTheMoney_hasNoVote() {
    double[] puts = puts();
    double[] calls = calls(24500, puts, RATE, YEARS);
    calls[0] = 9000;
    assertThat(ParityForward.of(STRIKES, calls, puts, RATE, YEARS))
        .isCloseTo(24500, within(24500 * RELATIVE_TOLERANCE));
  }

  @Test
  void of_fiveStrikesDisagree_isTheirMedian() {
    double[] strikes = {100, 110, 120, 130, 140, 150};
    double[] puts = {5, 5, 5, 5, 5, 5};
    double[] calls = {6, 6, 6, 6, 6, 500};
    assertThat(ParityForward.of(strikes, calls, puts, 0, 1)).isEqualTo(121);
  }

  @Test
  void of_fourStrikes_isTheMeanOfTheMiddleTwo() {
    double[] strikes = {100, 110, 120, 130};
    double[] puts = {5, 5, 5, 5};
    double[] calls = {6, 6, 6, 6};
    assertThat(ParityForward.of(strikes, calls, puts, 0, 1)).isEqualTo(116);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void of_fewerThanThreeStrikesWithBoth_isUnknown(int complete) {
    double[] puts = puts();
    double[] calls = calls(24500, puts, RATE, YEARS);
    Arrays.fill(calls, complete, calls.length, Double.NaN);
    assertThat(ParityForward.of(STRIKES, calls, puts, RATE, YEARS)).isNaN();
  }

  @Test
  void of_threeStrikesWithBoth_isTheForward() {
    double[] puts = puts();
    double[] calls = calls(24500, puts, RATE, YEARS);
    Arrays.fill(puts, 3, puts.length, Double.NaN);
    assertThat(ParityForward.of(STRIKES, calls, puts, RATE, YEARS))
        .isCloseTo(24500, within(24500 * RELATIVE_TOLERANCE));
  }

  @Test
  void of_expired_isUnknown() {
    double[] puts = puts();
    assertThat(ParityForward.of(STRIKES, calls(24500, puts, RATE, 0), puts, RATE, -1e-9)).isNaN();
  }

  @Test
  void of_orderOfStrikes_doesNotMatter() {
    double[] puts = {5, 7, 5, 9, 5, 8};
    double[] calls = {6, 5, 4, 9, 2, 1};
    double[] strikes = {100, 110, 120, 130, 140, 150};
    double expected = ParityForward.of(strikes, calls, puts, RATE, YEARS);
    assertThat(ParityForward.of(reversed(strikes), reversed(calls), reversed(puts), RATE, YEARS))
        .isEqualTo(expected);
  }

  private static double[] reversed(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[values.length - 1 - i])
        .toArray();
  }

  @Test
  void price_quoted_isTheMiddle() {
    assertThat(ParityForward.price(true, 4, 5, 9)).isEqualTo(4.5);
  }

  @Test
  void price_notQuoted_isTheLast() {
    assertThat(ParityForward.price(false, 4, 5, 9)).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"100,0.065,0.5", "25000,0,1", "43.21,-0.02,0.001"})
  void standIn_ofTheForwardFromASpot_isTheSpot(double spot, double rate, double years) {
    double forward = ParityForward.fromSpot(spot, rate, 0, years);
    assertThat(ParityForward.standIn(forward, rate, years))
        .isCloseTo(spot, within(spot * RELATIVE_TOLERANCE));
  }

  @Test
  void fromSpot_yieldEqualsRate_isTheSpot() {
    assertThat(ParityForward.fromSpot(100, 0.05, 0.05, 2)).isEqualTo(100);
  }

  @Test
  void fromSpot_yield_lowersTheForward() {
    assertThat(ParityForward.fromSpot(100, 0.05, 0.02, 1))
        .isCloseTo(100 * Math.exp(0.03), within(100 * RELATIVE_TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"0,31536000,1", "0,0,0", "31536000,0,-1", "0,15768000,0.5"})
  void years_seconds_areOf365Days(long observed, long expiryAt, double years) {
    assertThat(ParityForward.years(observed, expiryAt)).isEqualTo(years);
  }
}
