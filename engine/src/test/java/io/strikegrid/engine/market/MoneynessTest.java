package io.strikegrid.engine.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneynessTest {

  @ParameterizedTest
  @CsvSource({
    "24500,24500,50,0",
    "24525,24500,50,1",
    "24524.99,24500,50,0",
    "24475,24500,50,0",
    "24474.99,24500,50,-1",
    "24600,24500,50,2",
    "24400,24500,50,-2",
    "105,100,2.5,2"
  })
  void level_strike_isFloorOfTheDistancePlusAHalf(
      double strike, double atmStrike, double gap, int level) {
    assertThat(Moneyness.level(strike, atmStrike, gap)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "24525,24500",
    "24550,24500",
    "24550.01,24600",
    "24500,24500",
    "25349,24600",
    "25351,26100",
    "1,24500",
    "1e9,26100"
  })
  void atTheMoney_strikesFarApart_isTheNearestListedOne(double underlying, double expected) {
    double[] strikes = {24500, 24550, 24600, 26100, Double.NaN};
    int at = Moneyness.atTheMoney(strikes, 4, underlying, k -> k != 1);
    assertThat(strikes[at]).isEqualTo(expected);
  }

  @Test
  void atTheMoney_nothingListedOrNoUnderlying_isNone() {
    double[] strikes = {24500};
    assertThat(Moneyness.atTheMoney(strikes, 1, 24500, k -> false)).isEqualTo(-1);
    assertThat(Moneyness.atTheMoney(strikes, 0, 24500, k -> true)).isEqualTo(-1);
    assertThat(Moneyness.atTheMoney(strikes, 1, Double.NaN, k -> true)).isEqualTo(-1);
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
