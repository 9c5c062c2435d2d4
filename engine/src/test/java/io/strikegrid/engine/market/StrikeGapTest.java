package io.strikegrid.engine.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrikeGapTest {

  private static final double[] WINGS_WIDER =
      DoubleStream.iterate(20000, strike -> strike < 24000, strike -> strike + 100).toArray();

  @Test
  void inferred_strikesDenserNearTheMoney_isTheDenserGap() {
    double[] dense =
        DoubleStream.iterate(24000, strike -> strike <= 25000, strike -> strike + 50).toArray();
    double[] all = DoubleStream.concat(Arrays.stream(WINGS_WIDER), Arrays.stream(dense)).toArray();
    assertThat(StrikeGap.inferred(all, all.length, 24510)).isEqualTo(50);
    assertThat(StrikeGap.inferred(all, all.length, 21000)).isEqualTo(100);
  }

  @Test
  void inferred_underlyingNotKnown_takesTheMiddle() {
    double[] strikes = new double[61];
    for (int i = 0; i < strikes.length; i++) {
      strikes[i] = i < 20 || i > 40 ? i * 10 : 200 + (i - 20) * 5;
    }
    Arrays.sort(strikes);
    assertThat(StrikeGap.inferred(strikes, strikes.length, Double.NaN)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void inferred_fewerThanTwoStrikes_isNaN(int count) {
    assertThat(StrikeGap.inferred(new double[] {100, 0}, count, 100)).isNaN();
  }

  @Test
  void inferred_tie_isTheSmallest() {
    assertThat(StrikeGap.inferred(new double[] {90, 100, 105}, 3, 100)).isEqualTo(5);
  }

  @Test
  void inferred_oneStrikeMissing_isTheCommonGap() {
    assertThat(StrikeGap.inferred(new double[] {90, 100, 120, 130}, 4, 110)).isEqualTo(10);
  }

  @Test
  void inferred_placesBeyondTheCount_areNotRead() {
    assertThat(StrikeGap.inferred(new double[] {90, 100, 101, 102, 103}, 2, 100)).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"0", "1000000"})
  void inferred_underlyingOutsideTheStrikes_takesThatEnd(double underlying) {
    assertThat(StrikeGap.inferred(WINGS_WIDER, WINGS_WIDER.length, underlying)).isEqualTo(100);
  }

  @Test
  void inferred_gapsDifferByRoundingAlone_countAsOne() {
    double[] strikes = {0.1, 0.2, 0.30000000000000004, 0.4, 0.65, 0.9};
    assertThat(StrikeGap.inferred(strikes, strikes.length, 0.5)).isBetween(0.0999999, 0.1000001);
  }
}
