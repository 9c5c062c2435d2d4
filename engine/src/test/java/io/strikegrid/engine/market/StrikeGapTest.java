package io.strikegrid.engine.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrikeGapTest {

  private static final OptionalDouble NO_USUAL = OptionalDouble.empty();
  private static final double[] STRIKES = {80, 90, 95, 100, 105, 115, 130};

  private static double around(double underlying, double... strikes) {
    return StrikeGap.around(strikes, strikes.length, underlying, NO_USUAL);
  }

  @ParameterizedTest
  @CsvSource({"100,5", "80,5", "117,5", "126,10", "1000,10", "0,5"})
  void around_underlying_isTheSmallestOfTheFourSpacingsBesideIt(double underlying, double gap) {
    assertThat(around(underlying, STRIKES)).isEqualTo(gap);
  }

  @Test
  void around_strikesDenserNearTheMoney_isTheDenserGap() {
    double[] wings = DoubleStream.iterate(20000, k -> k < 24000, k -> k + 100).toArray();
    double[] dense = DoubleStream.iterate(24000, k -> k <= 25000, k -> k + 50).toArray();
    double[] all = DoubleStream.concat(Arrays.stream(wings), Arrays.stream(dense)).toArray();
    assertThat(around(24510, all)).isEqualTo(50);
    assertThat(around(21000, all)).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void around_fewerThanTwoStrikes_isNaN(int count) {
    assertThat(StrikeGap.around(new double[] {100, 0}, count, 100, NO_USUAL)).isNaN();
  }

  @Test
  void around_underlyingNotKnown_isNaN() {
    assertThat(around(Double.NaN, STRIKES)).isNaN();
  }

  @Test
  void around_placesBeyondTheCount_areNotRead() {
    assertThat(StrikeGap.around(new double[] {90, 100, 101, 102}, 2, 100, NO_USUAL)).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"1500,100,1500", "49,50,50", "74,50,50", "76,50,100", "10,50,50"})
  void around_instrumentsUsualGap_isRoundedToAMultipleOfIt(
      double spacing, double usual, double gap) {
    double[] strikes = {1000, 1000 + spacing, 1000 + 2 * spacing};
    assertThat(StrikeGap.around(strikes, 3, 1000, OptionalDouble.of(usual))).isEqualTo(gap);
  }
}
