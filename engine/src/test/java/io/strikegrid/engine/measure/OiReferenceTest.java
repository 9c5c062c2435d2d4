package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OiReferenceTest {

  private static final double UNKNOWN = Double.NaN;
  private static final GridPage PAGE =
      Chain.of(90, 100, 110)
          .call(1, 90, GridField.PRICE, 2)
          .call(2, 90, GridField.OI, 5)
          .call(2, 100, GridField.OI, 0)
          .put(2, 100, GridField.OI, 77)
          .call(4, 90, GridField.OI, 8)
          .call(4, 100, GridField.OI, 3)
          .page();

  @Test
  void sessionOpen_eachContract_isTheFirstOfItsDay() {
    assertThat(OiReference.sessionOpen(PAGE, Side.CALL, 4)).containsExactly(5, 0, UNKNOWN);
    assertThat(OiReference.sessionOpen(PAGE, Side.PUT, 374)).containsExactly(UNKNOWN, 77, UNKNOWN);
  }

  @Test
  void sessionOpen_contractThatComesLater_isUnknown() {
    assertThat(OiReference.sessionOpen(PAGE, Side.CALL, 1)).containsOnly(UNKNOWN);
    assertThat(OiReference.sessionOpen(PAGE, Side.PUT, 2)).containsExactly(UNKNOWN, 77, UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"0,-1,-1", "1,-1,-1", "2,2,2", "3,2,2", "4,2,4", "374,2,4"})
  void firstAndNewest_areOfBarsWithOpenInterestOfTheirOwn(int bucket, int first, int newest) {
    assertThat(OiReference.first(PAGE, bucket)).isEqualTo(first);
    assertThat(OiReference.newest(PAGE, bucket)).isEqualTo(newest);
  }

  @ParameterizedTest
  @CsvSource({"1,NaN,NaN", "2,5,0", "3,5,0", "4,8,3"})
  void at_bucket_isTheLastKnownThen(int bucket, double first, double second) {
    assertThat(OiReference.at(PAGE, Side.CALL, bucket)).containsExactly(first, second, UNKNOWN);
  }

  @Test
  void at_beforeTheFirstBucket_isUnknown() {
    assertThat(OiReference.at(PAGE, Side.CALL, -1)).containsOnly(UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"5", "374"})
  void at_afterTheNewestBucket_isTheNewest(int bucket) {
    assertThat(OiReference.at(PAGE, Side.CALL, bucket)).containsExactly(8, 3, UNKNOWN);
  }

  @Test
  void at_emptyPage_isUnknown() {
    assertThat(OiReference.at(Chain.of(90).page(), Side.CALL, 3)).containsExactly(UNKNOWN);
  }
}
