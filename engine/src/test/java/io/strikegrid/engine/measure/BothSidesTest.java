package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.grid.GridWriter;
import io.strikegrid.engine.market.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BothSidesTest {

  private static GridPage page(double forward, double callIv, double putIv) {
    return Chain.of(90, 100, 110)
        .underlying(0, 101)
        .whole(0, BucketField.FORWARD, forward)
        .both(0, 90, GridField.IV, callIv, putIv)
        .both(0, 100, GridField.IV, callIv, putIv)
        .both(0, 110, GridField.IV, callIv, putIv)
        .page();
  }

  private static double at(GridPage page, Indicator indicator, int k, double call, double put) {
    return new BothSides(page, indicator).value(0, k, call, put);
  }

  @ParameterizedTest
  @CsvSource({"0,0.1", "1,0.2", "2,0.2"})
  void value_ivThatWasComputed_isOfTheSideOutOfTheMoney(int k, double expected) {
    GridPage page = page(100, 0.2, 0.1);
    assertThat(at(page, Indicator.IV, k, 0.2, 0.1)).isEqualTo(expected);
    assertThat(at(page, Indicator.VEGA, k, 20, 10)).isEqualTo(expected * 100);
  }

  @Test
  void value_sideWithoutAnIv_isOfTheOther() {
    GridPage page = page(100, Double.NaN, 0.1);
    assertThat(at(page, Indicator.IV, 2, Double.NaN, 0.1)).isEqualTo(0.1);
    assertThat(at(page, Indicator.GAMMA, 2, 3, 2)).as("whose Greeks it gave").isEqualTo(2);
  }

  @Test
  void value_withoutAForward_isTheMean() {
    assertThat(at(page(Double.NaN, 0.2, 0.1), Indicator.VEGA, 0, 20, 10)).isEqualTo(15);
  }

  @Test
  void value_ivOfAFeed_isTheMean() {
    GridWriter writer = GridWriter.after(page(100, 0.2, 0.1));
    writer.open(0);
    writer.feedIv(Side.PUT, 0, 0, true);
    GridPage page = writer.publish();
    assertThat(at(page, Indicator.THETA, 0, 20, 10)).isEqualTo(15);
    assertThat(at(page, Indicator.THETA, 2, 20, 10)).as("another strike").isEqualTo(20);
  }

  @Test
  void value_whatAddsUp_doesSoAtEveryStrike() {
    GridPage page = page(100, 0.2, 0.1);
    assertThat(at(page, Indicator.OI, 2, 20, 10)).isEqualTo(30);
    assertThat(at(page, Indicator.PRICE, 0, 20, 10)).isEqualTo(30);
    assertThat(at(page, Indicator.DELTA, 0, 0.5, Double.NaN)).isNaN();
  }
}
