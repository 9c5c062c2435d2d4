package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strikegrid.engine.market.Side;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LevelFoldTest {

  private static double folded(
      Indicator indicator, @Nullable Side side, double[] calls, double[] puts) {
    LevelFold fold = LevelFold.of(indicator, side, 1);
    for (int i = 0; i < calls.length; i++) {
      fold.add(0, calls[i], puts[i]);
    }
    double[][] to = {{Double.NaN}};
    fold.drain(to, 0);
    return to[0][0];
  }

  private static double[] of(double... values) {
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "OI,3,5,8",
    "OI,NaN,5,5",
    "OI,3,NaN,3",
    "OI,0,NaN,0",
    "OI,NaN,NaN,NaN",
    "VOLUME,3,5,8",
    "VOLUME,NaN,5,5",
    "DELTA,0.5,-0.25,0.25",
    "DELTA,NaN,-0.25,NaN",
    "DELTA,0.5,NaN,NaN",
    "PRICE,3,5,8",
    "PRICE,NaN,5,NaN",
    "IV,0.25,0.75,0.5",
    "IV,NaN,0.75,0.75",
    "IV,0.25,NaN,0.25",
    "IV,NaN,NaN,NaN",
    "GAMMA,1,3,2",
    "GAMMA,NaN,3,3",
    "THETA,-1,-3,-2",
    "THETA,NaN,-3,-3",
    "VEGA,1,3,2",
    "VEGA,1,NaN,1",
    "RHO,1,-3,-1",
    "RHO,NaN,-3,-3"
  })
  void both_callAndPut_areJoinedByTheIndicatorsRule(
      Indicator indicator, double call, double put, double expected) {
    assertThat(LevelFold.both(indicator, call, put)).isEqualTo(Double.valueOf(expected));
    assertThat(folded(indicator, null, of(call), of(put))).isEqualTo(Double.valueOf(expected));
  }

  @ParameterizedTest
  @EnumSource(
      value = Indicator.class,
      names = {"PCR", "PCR_VOLUME", "MAX_PAIN"})
  void both_ratio_isRefused(Indicator indicator) {
    assertThatIllegalArgumentException().isThrownBy(() -> LevelFold.both(indicator, 1, 2));
  }

  @ParameterizedTest
  @CsvSource({"CALL,3", "PUT,5"})
  void drain_oneSide_isItsOwnValue(Side side, double expected) {
    assertThat(folded(Indicator.PRICE, side, of(3), of(5))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "OI,9",
    "VOLUME,9",
    "IV,3",
    "DELTA,3",
    "PRICE,3",
    "GAMMA,3",
    "THETA,3",
    "VEGA,3",
    "RHO,3"
  })
  void drain_severalStrikes_addUpOrAreTheMean(Indicator indicator, double expected) {
    assertThat(folded(indicator, Side.CALL, of(2, Double.NaN, 3, 4), of(0, 0, 0, 0)))
        .isEqualTo(expected);
  }

  @Test
  void drain_straddlesOfSeveralStrikes_areTheMeanOfTheComplete() {
    assertThat(folded(Indicator.PRICE, null, of(2, 4, 100), of(4, 6, Double.NaN))).isEqualTo(8);
  }

  @Test
  void drain_ratioOfSeveralStrikes_isTheRatioOfSums() {
    assertThat(folded(Indicator.PCR, null, of(100, 300), of(100, 100))).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource({"0,5", "NaN,5", "0,0", "NaN,NaN", "5,NaN"})
  void drain_ratioWithoutADenominatorOrPuts_isUnknown(double call, double put) {
    assertThat(folded(Indicator.PCR, null, of(call), of(put))).isNaN();
  }

  @Test
  void drain_ratioWithoutPutInterest_isZero() {
    assertThat(folded(Indicator.PCR, null, of(5), of(0))).isZero();
  }

  @Test
  void drain_secondTime_startsAfresh() {
    LevelFold fold = LevelFold.of(Indicator.OI, null, 2);
    double[][] to = {{Double.NaN, Double.NaN}, {Double.NaN, Double.NaN}};
    fold.add(0, 3, 4);
    fold.drain(to, 0);
    fold.add(1, 5, 6);
    fold.drain(to, 1);
    assertThat(to[0]).containsExactly(7, Double.NaN);
    assertThat(to[1]).containsExactly(Double.NaN, 11);
  }

  @ParameterizedTest
  @EnumSource(Indicator.class)
  void indicator_text_leadsBack(Indicator indicator) {
    assertThat(Indicator.of(indicator.text())).contains(indicator);
  }

  @Test
  void indicator_unknownText_isNothing() {
    assertThat(Indicator.of("IV")).isEmpty();
    assertThat(Indicator.of("liquidity")).isEmpty();
  }
}
