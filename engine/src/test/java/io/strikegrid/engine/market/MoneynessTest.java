package io.strikegrid.engine.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneynessTest {

  @ParameterizedTest
  @CsvSource({
    "24500,24500,50,0",
    "24500,24524.99,50,0",
    "24500,24525,50,0",
    "24500,24525.01,50,-1",
    "24550,24525,50,1",
    "24600,24500,50,2",
    "24400,24500,50,-2",
    "105,100,2.5,2"
  })
  void level_strike_isFloorOfTheDistancePlusAHalf(
      double strike, double underlying, double gap, int level) {
    assertThat(Moneyness.level(strike, underlying, gap)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "CALL,0,ATM",
    "PUT,0,ATM",
    ",0,ATM",
    "CALL,3,OTM3",
    "CALL,-3,ITM3",
    "PUT,3,ITM3",
    "PUT,-3,OTM3",
    ",3,+3",
    ",-3,-3"
  })
  void label_level_dependsOnTheSide(Side side, int level, String label) {
    assertThat(Moneyness.label(side, level)).isEqualTo(label);
  }
}
