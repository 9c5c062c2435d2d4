package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StrikeSeriesTest {

  private static final double UNKNOWN = Double.NaN;
  private static final GridPage PAGE =
      Chain.of(90, 100)
          .both(0, 90, GridField.OI, 5, 7)
          .both(0, 100, GridField.PRICE, 3, 4)
          .both(0, 100, GridField.IV, 0.25, 0.5)
          .both(0, 100, GridField.DELTA, 0.5, -0.25)
          .call(1, 100, GridField.PRICE, 6)
          .call(1, 100, GridField.IV, 0.125)
          .call(1, 100, GridField.DELTA, 0.75)
          .call(2, 90, GridField.OI, 9)
          .put(2, 100, GridField.OI, 11)
          .page();

  private static double[] values(StrikeSeries series, int k) {
    double[] values = new double[3];
    series.fill(k, 0, 3, values, 0);
    return values;
  }

  private static double[] values(Indicator indicator, @Nullable Side side, int k) {
    return values(StrikeSeries.of(PAGE, indicator, side), k);
  }

  @Test
  void fill_openInterest_isTheLastKnown() {
    assertThat(values(Indicator.OI, Side.CALL, 0)).containsExactly(5, 5, 9);
    assertThat(values(Indicator.OI, Side.PUT, 0)).containsExactly(7, 7, 7);
    assertThat(values(Indicator.OI, null, 0)).containsExactly(12, 12, 16);
    assertThat(values(Indicator.OI, null, 1)).containsExactly(UNKNOWN, UNKNOWN, 11);
  }

  @Test
  void fill_otherFields_areTheBucketsOwn() {
    assertThat(values(Indicator.PRICE, Side.CALL, 1)).containsExactly(3, 6, UNKNOWN);
    assertThat(values(Indicator.PRICE, Side.PUT, 1)).containsExactly(4, UNKNOWN, UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"PRICE,7,NaN", "DELTA,0.25,NaN", "IV,0.375,0.125"})
  void fill_bothSides_areTogetherAsLevelsAre(Indicator indicator, double both, double one) {
    assertThat(values(indicator, null, 1)).containsExactly(both, one, UNKNOWN);
  }

  @Test
  void fill_changeOfOpenInterest_isAgainstTheReferenceOfItsSide() {
    double[] calls = {4, UNKNOWN};
    double[] puts = {10, 1};
    assertThat(values(StrikeSeries.oiChange(PAGE, Side.CALL, calls, puts), 0))
        .containsExactly(1, 1, 5);
    assertThat(values(StrikeSeries.oiChange(PAGE, Side.PUT, calls, puts), 0))
        .containsExactly(-3, -3, -3);
    assertThat(values(StrikeSeries.oiChange(PAGE, null, calls, puts), 0))
        .containsExactly(-2, -2, 2);
    assertThat(values(StrikeSeries.oiChange(PAGE, null, calls, puts), 1))
        .containsExactly(UNKNOWN, UNKNOWN, 10);
  }

  @Test
  void fill_partOfTheBuckets_leavesTheRestAsItIs() {
    double[] values = {1, 2, 3, 4};
    StrikeSeries.of(PAGE, Indicator.OI, Side.CALL).fill(0, 1, 3, values, 1);
    assertThat(values).containsExactly(1, 5, 9, 4);
  }

  @ParameterizedTest
  @EnumSource(names = {"PCR", "PCR_VOLUME", "MAX_PAIN", "OI_CHANGE"})
  void of_anIndicatorThatIsNoField_isRefused(Indicator indicator) {
    assertThatThrownBy(() -> StrikeSeries.of(PAGE, indicator, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("have " + indicator.text());
  }
}
