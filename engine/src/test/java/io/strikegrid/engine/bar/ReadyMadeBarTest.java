package io.strikegrid.engine.bar;

import static io.strikegrid.engine.bar.ObservationField.COUNT;
import static io.strikegrid.engine.bar.ObservationField.DELTA;
import static io.strikegrid.engine.bar.ObservationField.GREEKS_COUNT;
import static io.strikegrid.engine.bar.ObservationField.HIGH;
import static io.strikegrid.engine.bar.ObservationField.IV;
import static io.strikegrid.engine.bar.ObservationField.IV_COUNT;
import static io.strikegrid.engine.bar.ObservationField.LOW;
import static io.strikegrid.engine.bar.ObservationField.PRICE;
import static io.strikegrid.engine.bar.ObservationField.VOLUME;
import static io.strikegrid.engine.bar.ObservationField.VOLUME_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import org.junit.jupiter.api.Test;

class ReadyMadeBarTest {

  private static double call(BarBuilder.Result result, int row, SideColumn column) {
    return result.bars().get(row, Side.CALL, column);
  }

  @Test
  void build_readyMadeBarWithZeroLow_takesThePositivePrice() {
    BarBuilder.Result result =
        Seen.readyMade(
            Seen.at(0, 0).with(PRICE, 5).with(ObservationField.OPEN, 0).with(HIGH, 0).with(LOW, 0));
    assertThat(call(result, 0, SideColumn.OPEN)).isEqualTo(5);
    assertThat(call(result, 0, SideColumn.HIGH)).isEqualTo(5);
    assertThat(call(result, 0, SideColumn.LOW)).isEqualTo(5);
  }

  @Test
  void build_readyMadeBarWithCounts_keepsThem() {
    BarBuilder.Result result =
        Seen.readyMade(
            Seen.at(0, 0)
                .with(IV, 0.2)
                .with(IV_COUNT, 4)
                .with(DELTA, 0.5)
                .with(GREEKS_COUNT, 3)
                .with(COUNT, 9));
    assertThat(call(result, 0, SideColumn.IV_AVG)).isEqualTo(0.2);
    assertThat(call(result, 0, SideColumn.IV_COUNT)).isEqualTo(4);
    assertThat(call(result, 0, SideColumn.GREEKS_COUNT)).isEqualTo(3);
    assertThat(call(result, 0, SideColumn.COUNT)).isEqualTo(9);
  }

  @Test
  void build_readyMadeBarWithoutCount_countsOne() {
    BarBuilder.Result result = Seen.readyMade(Seen.at(0, 0).with(PRICE, 3));
    assertThat(call(result, 0, SideColumn.COUNT)).isEqualTo(1);
  }

  @Test
  void build_readyMadeSecondBarOfAMinute_isAConflict() {
    BarBuilder.Result result =
        Seen.readyMade(Seen.at(0, 0).with(PRICE, 3), Seen.at(0, 0).with(PRICE, 4));
    assertThat(result.conflicts()).hasSize(1);
    assertThat(call(result, 0, SideColumn.COUNT)).isEqualTo(1);
    assertThat(call(result, 0, SideColumn.CLOSE)).isEqualTo(3);
  }

  @Test
  void build_readyMadeSameBarAgain_isADuplicate() {
    Seen bar = Seen.at(0, 0).with(PRICE, 3);
    BarBuilder.Result result = Seen.readyMade(bar, bar);
    assertThat(result.conflicts()).isEmpty();
    assertThat(result.duplicates()).isEqualTo(1);
  }

  @Test
  void build_readyMadeCallAndPutOfAMinute_areNoConflict() {
    BarBuilder.Result result =
        Seen.readyMade(Seen.at(0, 0).with(PRICE, 3), Seen.at(0, 0).put().with(PRICE, 4));
    assertThat(result.conflicts()).isEmpty();
    assertThat(result.bars().rows()).isEqualTo(1);
  }

  @Test
  void build_readyMadeBarsWithVolumeAlone_keepItAndKnowNoDayVolume() {
    BarBuilder.Result result =
        Seen.readyMade(Seen.at(0, 0).with(VOLUME, 10), Seen.at(3, 0).with(VOLUME, 5));
    assertThat(call(result, 0, SideColumn.VOLUME)).isEqualTo(10);
    assertThat(call(result, 1, SideColumn.VOLUME)).isEqualTo(5);
    assertThat(call(result, 1, SideColumn.VOLUME_DAY)).isNaN();
  }

  @Test
  void build_readyMadeConflict_addsNothingToTheDayVolume() {
    BarBuilder.Result result =
        Seen.readyMade(
            Seen.at(0, 0).with(VOLUME_DAY, 10),
            Seen.at(0, 0).with(VOLUME_DAY, 30),
            Seen.at(1, 0).with(VOLUME_DAY, 15));
    assertThat(call(result, 1, SideColumn.VOLUME_DAY)).isEqualTo(15);
  }

  @Test
  void build_readyMadeBar_speaksForItsWholeMinute() {
    BarBuilder.Result result = Seen.readyMade(Seen.at(2, 0).with(PRICE, 3));
    assertThat(result.lastObservation()).containsEntry(Seen.minute(2), Seen.minute(3) - 1);
  }
}
