package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainStateTest {

  private static final double FLOAT_TOLERANCE = 1e-7;
  private static final double UNKNOWN = Double.NaN;

  private static ChainState state(Chain chain, double underlying, double forward) {
    return ChainState.of(chain.page().newest(0), underlying, forward);
  }

  private static Chain interest() {
    return Chain.of(90, 100, 110)
        .both(0, 90, GridField.OI, 5, 20)
        .both(0, 100, GridField.OI, 10, 10)
        .both(0, 110, GridField.OI, 100, 5);
  }

  @Test
  void of_interest_hasTotalsRatioAndMaxPain() {
    ChainState state = state(interest(), 100, 100);
    assertThat(state.callOi()).isEqualTo(115);
    assertThat(state.putOi()).isEqualTo(35);
    assertThat(state.pcr()).isEqualTo(35 / 115.0);
    assertThat(state.maxPain()).isEqualTo(100);
  }

  @Test
  void of_dayVolume_hasTotalsAndRatio() {
    ChainState state =
        state(
            Chain.of(90, 100)
                .both(0, 90, GridField.VOLUME_DAY, 30, 10)
                .both(0, 100, GridField.VOLUME_DAY, 10, 10),
            100,
            100);
    assertThat(state.callVolumeDay()).isEqualTo(40);
    assertThat(state.putVolumeDay()).isEqualTo(20);
    assertThat(state.pcrVolume()).isEqualTo(0.5);
  }

  @Test
  void of_nothingKnown_isUnknown() {
    ChainState state = state(Chain.of(90, 100).open(0), 95, 95);
    assertThat(state)
        .isEqualTo(
            new ChainState(
                UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN,
                UNKNOWN, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"0,5,NaN", "NaN,5,NaN", "5,NaN,NaN", "5,0,0", "4,2,0.5"})
  void of_interestOfTwoSides_hasTheRatioOrNone(double call, double put, double pcr) {
    Chain chain = Chain.of(100).both(0, 100, GridField.OI, call, put);
    assertThat(state(chain, 100, 100).pcr()).isEqualTo(Double.valueOf(pcr));
  }

  @Test
  void of_earlierBars_areCarriedAndCounted() {
    Chain chain = interest().call(1, 100, GridField.OI, 30);
    ChainState state = state(chain, 100, 100);
    assertThat(state.callOi()).isEqualTo(135);
    assertThat(state.contracts()).isEqualTo(6);
    assertThat(state.carried()).isEqualTo(5);
  }

  @Test
  void of_strikeSeenLater_hasNoPartInMaxPain() {
    Chain chain =
        Chain.of(80, 100, 110)
            .both(0, 100, GridField.OI, 10, 0)
            .both(0, 110, GridField.OI, 0, 10)
            .call(1, 80, GridField.OI, 1000);
    AsOf first = AsOf.at(chain.page(), 0, 0);
    assertThat(ChainState.of(first, 100, 100).maxPain()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({
    "100,100",
    "104.9,100",
    "105,100",
    "106,110",
    "94,90",
    "95,90",
    "116,110",
    "1000,110",
    "80,90"
  })
  void of_underlying_hasTheNearestStrikeAtTheMoney(double underlying, double atm) {
    assertThat(state(interest(), underlying, UNKNOWN).atmStrike()).isEqualTo(Double.valueOf(atm));
  }

  @Test
  void of_twoStrikesEquallyNear_takesTheLower() {
    Chain chain = Chain.of(98, 102).call(0, 98, GridField.OI, 1).call(0, 102, GridField.OI, 1);
    assertThat(state(chain, 100, UNKNOWN).atmStrike()).isEqualTo(98);
  }

  @Test
  void of_strikeNotYetObserved_isNotAtTheMoney() {
    Chain chain = Chain.of(98, 100).call(0, 98, GridField.OI, 1);
    assertThat(state(chain, 100, UNKNOWN).atmStrike()).isEqualTo(98);
  }

  @Test
  void of_underlyingUnknown_hasNothingAtTheMoney() {
    Chain chain = interest().both(0, 100, GridField.PRICE, 3, 4);
    ChainState state = ChainState.of(chain.page().newest(0), UNKNOWN, 100);
    assertThat(state.atmStrike()).isNaN();
    assertThat(state.straddle()).isNaN();
    assertThat(state.callOi()).isEqualTo(115);
  }

  @ParameterizedTest
  @CsvSource({"3,4,7", "3,NaN,NaN", "NaN,4,NaN"})
  void of_pricesAtTheMoney_areTheStraddle(double call, double put, double straddle) {
    Chain chain = interest().both(0, 100, GridField.PRICE, call, put);
    assertThat(state(chain, 101, UNKNOWN).straddle()).isEqualTo(Double.valueOf(straddle));
  }

  @ParameterizedTest
  @CsvSource({
    "100,0.2",
    "105,0.25",
    "102.5,0.225",
    "110,0.3",
    "95,0.3",
    "89.9,NaN",
    "110.1,NaN",
    "NaN,NaN"
  })
  void of_forward_interpolatesIvLinearlyInStrike(double forward, double iv) {
    Chain chain =
        Chain.of(90, 100, 110)
            .both(0, 90, GridField.IV, 0.4, 0.4)
            .both(0, 100, GridField.IV, 0.1, 0.3)
            .both(0, 110, GridField.IV, UNKNOWN, 0.3);
    double actual = state(chain, 100, forward).atmIv();
    if (Double.isNaN(iv)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(iv, within(FLOAT_TOLERANCE));
    }
  }

  @ParameterizedTest
  @CsvSource({"95,NaN", "105,NaN", "100,NaN", "90,0.4", "110,0.3"})
  void of_neighbourWithoutIv_isUnknown(double forward, double iv) {
    Chain chain =
        Chain.of(90, 100, 110)
            .both(0, 90, GridField.IV, 0.4, 0.4)
            .both(0, 100, GridField.OI, 3, 3)
            .both(0, 110, GridField.IV, 0.3, 0.3);
    double actual = state(chain, 100, forward).atmIv();
    if (Double.isNaN(iv)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(iv, within(FLOAT_TOLERANCE));
    }
  }

  @Test
  void of_strikeNotYetObserved_isNoNeighbour() {
    Chain chain =
        Chain.of(90, 100, 110)
            .both(0, 90, GridField.IV, 0.4, 0.4)
            .both(0, 110, GridField.IV, 0.2, 0.2)
            .both(1, 100, GridField.IV, 0.9, 0.9);
    ChainState state = ChainState.of(AsOf.at(chain.page(), 0, 0), 100, 100);
    assertThat(state.atmIv()).isCloseTo(0.3, within(FLOAT_TOLERANCE));
  }

  @Test
  void of_page_takesUnderlyingAndForwardOfTheBucket() {
    Chain chain =
        interest()
            .both(0, 100, GridField.IV, 0.25, 0.25)
            .underlying(0, 111)
            .whole(0, BucketField.FORWARD, 100);
    var page = chain.page();
    ChainState state = ChainState.of(page, page.newest(0));
    assertThat(state.atmStrike()).isEqualTo(110);
    assertThat(state.atmIv()).isEqualTo(0.25);
  }
}
