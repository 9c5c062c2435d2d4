package io.strikegrid.engine.bar;

import static io.strikegrid.engine.bar.ObservationField.ASK;
import static io.strikegrid.engine.bar.ObservationField.BID;
import static io.strikegrid.engine.bar.ObservationField.COUNT;
import static io.strikegrid.engine.bar.ObservationField.DELTA;
import static io.strikegrid.engine.bar.ObservationField.GREEKS_COUNT;
import static io.strikegrid.engine.bar.ObservationField.IV;
import static io.strikegrid.engine.bar.ObservationField.IV_COUNT;
import static io.strikegrid.engine.bar.ObservationField.OI;
import static io.strikegrid.engine.bar.ObservationField.PRICE;
import static io.strikegrid.engine.bar.ObservationField.UNDERLYING;
import static io.strikegrid.engine.bar.ObservationField.VEGA;
import static io.strikegrid.engine.bar.ObservationField.VOLUME;
import static io.strikegrid.engine.bar.ObservationField.VOLUME_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarBuilderTest {

  private static final double MEAN_TOLERANCE = 1e-15;

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static double call(BarBuilder.Result result, int row, SideColumn column) {
    return result.bars().get(row, Side.CALL, column);
  }

  private static List<Observation> randomDay(Random random) {
    List<Observation> day = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Seen seen = Seen.at(random.nextInt(4), random.nextInt(4)).strike(90 + 10 * random.nextInt(3));
      if (random.nextBoolean()) {
        seen.put();
      }
      for (ObservationField field : ObservationField.values()) {
        boolean isBarOnly =
            field == VOLUME || field == COUNT || field == IV_COUNT || field == GREEKS_COUNT;
        if (!isBarOnly && random.nextInt(3) > 0) {
          seen.with(field, field == VOLUME_DAY ? random.nextInt(5) : random.nextInt(1, 1000) / 7.0);
        }
      }
      day.add(seen.made());
      if (random.nextInt(8) == 0) {
        day.add(seen.made());
      }
    }
    return day;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void build_anyOrder_givesTheSameBars(int seed) {
    Random random = new Random(seed);
    List<Observation> day = randomDay(random);
    BarBuilder.Result expected = BarBuilder.build(day, false, Seen.minute(3));
    Collections.shuffle(day, random);
    BarBuilder.Result shuffled = BarBuilder.build(day, false, Seen.minute(3));
    assertThat(Seen.text(shuffled.bars())).isEqualTo(Seen.text(expected.bars()));
    assertThat(shuffled.lastObservation()).isEqualTo(expected.lastObservation());
    assertThat(shuffled.duplicates()).isEqualTo(expected.duplicates());
    assertThat(texts(shuffled.dropouts())).isEqualTo(texts(expected.dropouts()));
    assertThat(texts(shuffled.reports())).isEqualTo(texts(expected.reports()));
  }

  private static List<String> texts(List<Observation> observations) {
    return observations.stream()
        .map(o ->
            o.strike() + " " + o.side() + " " + o.time() + java.util.Arrays.toString(o.values()))
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void build_everythingTwice_givesTheSameBars(int seed) {
    List<Observation> day = randomDay(new Random(seed));
    List<Observation> twice = new ArrayList<>(day);
    twice.addAll(day);
    assertThat(Seen.text(BarBuilder.build(twice, false, Seen.CLOSE).bars()))
        .isEqualTo(Seen.text(BarBuilder.build(day, false, Seen.CLOSE).bars()));
  }

  @Test
  void build_givenList_isLeftAsItIs() {
    List<Observation> given = Seen.all(Seen.at(1, 0).with(PRICE, 2), Seen.at(0, 0).with(PRICE, 1));
    List<Observation> copy = List.copyOf(given);
    BarBuilder.build(given, false, Seen.CLOSE);
    assertThat(given).isEqualTo(copy);
  }

  @Test
  void build_sameObservationAgain_isCountedOnceAndReported() {
    Seen tick = Seen.at(0, 5).with(PRICE, 10).with(IV, 0.2);
    BarBuilder.Result result = Seen.build(tick, tick);
    assertThat(call(result, 0, SideColumn.COUNT)).isEqualTo(1);
    assertThat(call(result, 0, SideColumn.IV_COUNT)).isEqualTo(1);
    assertThat(result.duplicates()).isEqualTo(1);
  }

  @Test
  void build_sameTimeOtherFields_areTwoObservations() {
    BarBuilder.Result result =
        Seen.build(Seen.at(0, 5).with(PRICE, 10), Seen.at(0, 5).with(PRICE, 11));
    assertThat(call(result, 0, SideColumn.COUNT)).isEqualTo(2);
    assertThat(result.duplicates()).isZero();
  }

  @Test
  void build_sameTime_isOrderedByDayVolume() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 5).with(PRICE, 10).with(VOLUME_DAY, 200),
            Seen.at(0, 5).with(PRICE, 12).with(VOLUME_DAY, 100));
    assertThat(call(result, 0, SideColumn.OPEN)).isEqualTo(12);
    assertThat(call(result, 0, SideColumn.CLOSE)).isEqualTo(10);
  }

  @Test
  void build_severalOi_takesTheLastByEventTime() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 50).with(OI, 300),
            Seen.at(0, 10).with(OI, 900),
            Seen.at(0, 30).with(OI, 500));
    assertThat(call(result, 0, SideColumn.OI_LAST)).isEqualTo(300);
    assertThat(call(result, 0, SideColumn.OI_SUM)).isEqualTo(300);
  }

  @Test
  void build_lastOiUnknown_keepsTheOneBefore() {
    BarBuilder.Result result =
        Seen.build(Seen.at(0, 10).with(OI, 900), Seen.at(0, 50).with(PRICE, 5));
    assertThat(call(result, 0, SideColumn.OI_LAST)).isEqualTo(900);
  }

  @Test
  void build_oiZero_staysZero() {
    BarBuilder.Result result = Seen.build(Seen.at(0, 10).with(OI, 0));
    assertThat(call(result, 0, SideColumn.OI_LAST)).isZero();
  }

  @Test
  void build_oiUnknown_staysUnknown() {
    BarBuilder.Result result = Seen.build(Seen.at(0, 10).with(PRICE, 5));
    assertThat(call(result, 0, SideColumn.OI_LAST)).isNaN();
    assertThat(call(result, 0, SideColumn.OI_SUM)).isNaN();
  }

  @Test
  void build_severalPrices_takesFirstHighestLowestLast() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 40).with(PRICE, 11),
            Seen.at(0, 20).with(PRICE, 14),
            Seen.at(0, 30).with(PRICE, 9),
            Seen.at(0, 10).with(PRICE, 10));
    assertThat(call(result, 0, SideColumn.OPEN)).isEqualTo(10);
    assertThat(call(result, 0, SideColumn.HIGH)).isEqualTo(14);
    assertThat(call(result, 0, SideColumn.LOW)).isEqualTo(9);
    assertThat(call(result, 0, SideColumn.CLOSE)).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void build_priceNotPositiveAmongOthers_isPassedOver(double price) {
    BarBuilder.Result result =
        Seen.build(Seen.at(0, 10).with(PRICE, 5), Seen.at(0, 20).with(PRICE, price).with(OI, 1));
    assertThat(call(result, 0, SideColumn.LOW)).isEqualTo(5);
    assertThat(call(result, 0, SideColumn.CLOSE)).isEqualTo(5);
  }

  @Test
  void build_noPositivePrice_isUnknown() {
    BarBuilder.Result result = Seen.build(Seen.at(0, 10).with(PRICE, 0).with(OI, 7));
    assertThat(call(result, 0, SideColumn.OPEN)).isNaN();
    assertThat(call(result, 0, SideColumn.HIGH)).isNaN();
    assertThat(call(result, 0, SideColumn.LOW)).isNaN();
    assertThat(call(result, 0, SideColumn.CLOSE)).isNaN();
  }

  @Test
  void build_quotes_areTheLastOnes() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(BID, 1).with(ASK, 2), Seen.at(0, 20).with(BID, 0).with(ASK, 3));
    assertThat(call(result, 0, SideColumn.BID)).isZero();
    assertThat(call(result, 0, SideColumn.ASK)).isEqualTo(3);
  }

  @Test
  void build_severalIv_isTheMeanOfTheKnownWithItsCount() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(IV, 0.1),
            Seen.at(0, 20).with(PRICE, 5),
            Seen.at(0, 30).with(IV, 0.3));
    assertThat(call(result, 0, SideColumn.IV_AVG)).isCloseTo(0.2, within(MEAN_TOLERANCE));
    assertThat(call(result, 0, SideColumn.IV_COUNT)).isEqualTo(2);
    assertThat(call(result, 0, SideColumn.IV_SOURCE)).isEqualTo(IvSource.FEED.ordinal());
    assertThat(call(result, 0, SideColumn.COUNT)).isEqualTo(3);
  }

  @Test
  void build_noIv_isUnknownWithCountZero() {
    BarBuilder.Result result = Seen.build(Seen.at(0, 10).with(PRICE, 5));
    assertThat(call(result, 0, SideColumn.IV_AVG)).isNaN();
    assertThat(call(result, 0, SideColumn.IV_COUNT)).isZero();
    assertThat(call(result, 0, SideColumn.IV_SOURCE)).isNaN();
  }

  @Test
  void build_noGreeks_areUnknownWithCountZero() {
    BarBuilder.Result result = Seen.build(Seen.at(0, 10).with(IV, 0.2));
    for (SideColumn greek : SideColumn.greeks()) {
      assertThat(call(result, 0, greek)).as(greek.name()).isNaN();
    }
    assertThat(call(result, 0, SideColumn.GREEKS_COUNT)).isZero();
  }

  @Test
  void build_greekMissingAtTimes_isTheMeanOfItsOwnValues() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(DELTA, 0.25).with(VEGA, 4), Seen.at(0, 20).with(DELTA, 0.75));
    assertThat(call(result, 0, SideColumn.DELTA_AVG)).isEqualTo(0.5);
    assertThat(call(result, 0, SideColumn.VEGA_AVG)).isEqualTo(4);
    assertThat(call(result, 0, SideColumn.GREEKS_COUNT)).isEqualTo(2);
  }

  @Test
  void build_sideWithoutObservation_hasCountZeroAndNoValue() {
    BarBuilder.Result result = Seen.build(Seen.at(0, 0).with(PRICE, 3));
    assertThat(result.bars().isObserved(0, Side.PUT)).isFalse();
    assertThat(result.bars().get(0, Side.PUT, SideColumn.COUNT)).isZero();
    assertThat(result.bars().get(0, Side.PUT, SideColumn.IV_COUNT)).isZero();
    assertThat(result.bars().get(0, Side.PUT, SideColumn.VOLUME_DAY)).isNaN();
  }

  @Test
  void build_underlyingChanges_closeIsTheLastOfTheMinute() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 55).strike(110).with(PRICE, 3).with(UNDERLYING, 101),
            Seen.at(0, 5).with(PRICE, 3).with(UNDERLYING, 108),
            Seen.at(1, 5).with(PRICE, 3).with(UNDERLYING, 90));
    assertThat(result.bars().get(0, BarColumns.UNDERLYING_CLOSE)).isEqualTo(101);
    assertThat(result.bars().get(0, BarColumns.UNDERLYING_LAST)).isEqualTo(101);
    assertThat(result.bars().get(0, BarColumns.UNDERLYING_SOURCE))
        .isEqualTo(UnderlyingSource.QUOTED.ordinal());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN})
  void build_noUnderlying_isUnknownFromNowhere(double price) {
    BarBuilder.Result result = Seen.build(Seen.at(0, 5).with(PRICE, 3).with(UNDERLYING, price));
    assertThat(result.bars().get(0, BarColumns.UNDERLYING_CLOSE)).isNaN();
    assertThat(result.bars().get(0, BarColumns.UNDERLYING_SOURCE))
        .isEqualTo(UnderlyingSource.NONE.ordinal());
  }

  @Test
  void build_dayVolumeFallsWithinAMinute_staysAtItsMaximum() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(VOLUME_DAY, 500),
            Seen.at(0, 20).with(VOLUME_DAY, 300),
            Seen.at(1, 10).with(VOLUME_DAY, 400));
    assertThat(call(result, 0, SideColumn.VOLUME_DAY)).isEqualTo(500);
    assertThat(call(result, 1, SideColumn.VOLUME_DAY)).as("as reported").isEqualTo(400);
  }

  @Test
  void build_dayVolumeNotReportedInAMinute_staysUnknown() {
    BarBuilder.Result result =
        Seen.build(Seen.at(0, 10).with(VOLUME_DAY, 500), Seen.at(1, 10).with(PRICE, 3));
    assertThat(call(result, 1, SideColumn.VOLUME_DAY)).isNaN();
  }

  @Test
  void build_dayVolumeMaximum_isEachContractsOwn() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(VOLUME_DAY, 500),
            Seen.at(1, 10).put().with(VOLUME_DAY, 20),
            Seen.at(1, 10).strike(110).with(VOLUME_DAY, 30));
    assertThat(result.bars().get(1, Side.PUT, SideColumn.VOLUME_DAY)).isEqualTo(20);
    assertThat(call(result, 2, SideColumn.VOLUME_DAY)).isEqualTo(30);
  }

  @Test
  void build_dayVolumeFallsToZero_holdsTheObservationBack() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(VOLUME_DAY, 500).with(OI, 70),
            Seen.at(1, 10).with(VOLUME_DAY, 0).with(OI, 0).with(PRICE, 9),
            Seen.at(2, 10).with(VOLUME_DAY, 600).with(OI, 80));
    assertThat(result.dropouts()).hasSize(1);
    assertThat(result.bars().rows()).isEqualTo(2);
    assertThat(result.bars().bucket(1)).isEqualTo(Seen.minute(2));
    assertThat(result.lastObservation()).doesNotContainKey(Seen.minute(1));
  }

  @Test
  void build_dropoutWithinAMinute_leavesTheOtherObservation() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(VOLUME_DAY, 500).with(OI, 70),
            Seen.at(0, 50).with(VOLUME_DAY, 0).with(OI, 0));
    assertThat(call(result, 0, SideColumn.OI_LAST)).isEqualTo(70);
    assertThat(call(result, 0, SideColumn.COUNT)).isEqualTo(1);
  }

  @Test
  void build_dropoutOfOneSide_leavesTheOther() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(VOLUME_DAY, 500),
            Seen.at(1, 10).with(VOLUME_DAY, 0).with(OI, 0),
            Seen.at(1, 10).put().with(VOLUME_DAY, 0).with(OI, 0));
    assertThat(result.bars().isObserved(1, Side.CALL)).isFalse();
    assertThat(result.bars().get(1, Side.PUT, SideColumn.OI_LAST)).isZero();
  }

  @Test
  void build_dayVolumeZeroFromTheStart_stands() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(VOLUME_DAY, 0).with(OI, 0), Seen.at(1, 10).with(VOLUME_DAY, 0));
    assertThat(result.dropouts()).isEmpty();
    assertThat(call(result, 1, SideColumn.VOLUME_DAY)).isZero();
    assertThat(call(result, 0, SideColumn.OI_LAST)).isZero();
  }

  @Test
  void build_oiFallsToZeroWhileVolumeGrows_stands() {
    BarBuilder.Result result =
        Seen.build(
            Seen.at(0, 10).with(VOLUME_DAY, 10).with(OI, 50),
            Seen.at(1, 10).with(VOLUME_DAY, 20).with(OI, 0));
    assertThat(call(result, 1, SideColumn.OI_LAST)).isZero();
  }

  @Test
  void build_nothingKnownButCountsAndUnderlying_makesNoBar() {
    BarBuilder.Result result =
        Seen.build(Seen.at(0, 10).with(UNDERLYING, 100).with(COUNT, 3).with(IV_COUNT, 2));
    assertThat(result.bars().rows()).isZero();
    assertThat(result.lastObservation()).isEmpty();
  }

  @Test
  void build_lastObservation_isTheNewestOfAnyContract() {
    BarBuilder.Result result =
        Seen.build(Seen.at(2, 41).put().with(PRICE, 3), Seen.at(2, 17).strike(110).with(OI, 3));
    assertThat(result.lastObservation())
        .containsOnly(java.util.Map.entry(Seen.minute(2), Seen.minute(2) + 41));
  }

  @Test
  void build_nothing_makesNothing() {
    assertThat(Seen.build().bars().rows()).isZero();
  }
}
