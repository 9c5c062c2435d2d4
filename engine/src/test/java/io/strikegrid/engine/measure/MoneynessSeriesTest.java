package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.grid.AsOf;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.market.Moneyness;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MoneynessSeriesTest {

  private static final double UNKNOWN = Double.NaN;
  private static final double RELATIVE_TOLERANCE = 1e-12;

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  private static double[][] series(
      GridPage page, Indicator indicator, @Nullable Side side, double gap, int maxLevel) {
    double[][] to = new double[2 * maxLevel + 1][page.buckets()];
    for (double[] level : to) {
      Arrays.fill(level, UNKNOWN);
    }
    MoneynessSeries.fill(page, indicator, side, gap, maxLevel, 0, page.buckets(), to, 0);
    return to;
  }

  private static double[] level(double[][] series, int level) {
    return series[level + series.length / 2];
  }

  private static Chain strikesAsPrices(int... buckets) {
    Chain chain = Chain.wide();
    for (int b : buckets) {
      for (double strike = 50; strike <= 150; strike += Chain.GAP) {
        chain.call(b, strike, GridField.PRICE, strike);
      }
    }
    return chain;
  }

  @Test
  void fill_underlyingMoves_followsIt() {
    GridPage page =
        strikesAsPrices(0, 1, 2).underlying(0, 101).underlying(1, 118).underlying(2, 94.9).page();
    double[][] series = series(page, Indicator.PRICE, Side.CALL, Chain.GAP, 2);
    assertThat(level(series, 0)).containsExactly(100, 120, 90);
    assertThat(level(series, 2)).containsExactly(120, 140, 110);
    assertThat(level(series, -2)).containsExactly(80, 100, 70);
  }

  @ParameterizedTest
  @CsvSource({"100,100", "104.9,100", "105,100", "105.1,110", "95,90", "95.1,100", "150,150"})
  void fill_anyUnderlying_hasOneStrikeAtTheMoney(double underlying, double atm) {
    GridPage page = strikesAsPrices(0).underlying(0, underlying).page();
    double[][] counted = series(oiOne(page, underlying), Indicator.OI, Side.CALL, Chain.GAP, 3);
    assertThat(level(counted, 0)).containsExactly(1);
    assertThat(level(series(page, Indicator.PRICE, Side.CALL, Chain.GAP, 3), 0))
        .containsExactly(atm);
  }

  private static GridPage oiOne(GridPage like, double underlying) {
    Chain chain = Chain.wide().underlying(0, underlying);
    for (double strike : like.strikeArray()) {
      chain.call(0, strike, GridField.OI, 1);
    }
    return chain.page();
  }

  @Test
  void fill_strikesBeyondTheLimit_areLeftOut() {
    Chain chain = Chain.wide().underlying(0, 100);
    for (double strike = 50; strike <= 150; strike += Chain.GAP) {
      chain.call(0, strike, GridField.OI, 1);
    }
    double[][] series = series(chain.page(), Indicator.OI, Side.CALL, Chain.GAP, 2);
    assertThat(Arrays.stream(series).mapToDouble(level -> level[0])).containsOnly(1.0);
  }

  @Test
  void fill_levelWithoutAStrike_isUnknown() {
    GridPage page = strikesAsPrices(0).underlying(0, 145).page();
    double[][] series = series(page, Indicator.PRICE, Side.CALL, Chain.GAP, 3);
    assertThat(level(series, 1)).containsExactly(150);
    assertThat(level(series, 2)).containsExactly(UNKNOWN);
  }

  @Test
  void fill_severalStrikesInALevel_addUpInterestAndAverageIv() {
    Chain chain = Chain.of(98, 100, 102).underlying(0, 100);
    for (double strike : new double[] {98, 100, 102}) {
      chain.call(0, strike, GridField.OI, strike).call(0, strike, GridField.IV, strike - 97);
    }
    GridPage page = chain.page();
    assertThat(level(series(page, Indicator.OI, Side.CALL, 10, 1), 0)).containsExactly(300);
    assertThat(level(series(page, Indicator.IV, Side.CALL, 10, 1), 0)).containsExactly(3);
  }

  @Test
  void fill_bucketWithoutObservation_showsLastOiButNoIv() {
    GridPage page =
        Chain.wide()
            .underlying(0, 100)
            .call(0, 100, GridField.OI, 7)
            .call(0, 100, GridField.IV, 0.25)
            .call(0, 100, GridField.VOLUME, 3)
            .call(0, 100, GridField.PRICE, 2)
            .underlying(1, 100)
            .page();
    assertThat(atm(page, Indicator.OI)).containsExactly(7, 7);
    assertThat(atm(page, Indicator.IV)).containsExactly(0.25, UNKNOWN);
    assertThat(atm(page, Indicator.VOLUME)).containsExactly(3, UNKNOWN);
    assertThat(atm(page, Indicator.PRICE)).containsExactly(2, UNKNOWN);
  }

  private static double[] atm(GridPage page, Indicator indicator) {
    return level(series(page, indicator, Side.CALL, Chain.GAP, 1), 0);
  }

  @Test
  void fill_pcr_usesLastKnownInterest() {
    GridPage page =
        Chain.wide()
            .underlying(0, 100)
            .both(0, 100, GridField.OI, 8, 4)
            .underlying(1, 100)
            .put(1, 100, GridField.OI, 2)
            .page();
    assertThat(level(series(page, Indicator.PCR, null, Chain.GAP, 1), 0))
        .containsExactly(0.5, 0.25);
  }

  @Test
  void fill_pcrVolume_usesDayVolumeAlone() {
    GridPage page =
        Chain.wide()
            .underlying(0, 100)
            .both(0, 100, GridField.OI, 8, 4)
            .both(0, 100, GridField.VOLUME, 1, 1)
            .both(0, 100, GridField.VOLUME_DAY, 10, 30)
            .page();
    assertThat(level(series(page, Indicator.PCR_VOLUME, null, Chain.GAP, 1), 0)).containsExactly(3);
  }

  @Test
  void fill_pcrOfNoCallInterest_isUnknown() {
    GridPage page = Chain.wide().underlying(0, 100).both(0, 100, GridField.OI, 0, 4).page();
    assertThat(level(series(page, Indicator.PCR, null, Chain.GAP, 1), 0)).containsExactly(UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Indicator.class,
      names = {"OI", "PRICE", "PCR"})
  void fill_underlyingUnknown_isUnknown(Indicator indicator) {
    GridPage page =
        Chain.wide().both(0, 100, GridField.OI, 3, 4).both(0, 100, GridField.PRICE, 3, 4).page();
    assertThat(List.of(series(page, indicator, null, Chain.GAP, 5)))
        .allSatisfy(level -> assertThat(level).containsExactly(UNKNOWN));
  }

  @Test
  void fill_gapUnknown_isUnknown() {
    GridPage page = strikesAsPrices(0).underlying(0, 100).page();
    assertThat(List.of(series(page, Indicator.PRICE, Side.CALL, Double.NaN, 2)))
        .allSatisfy(level -> assertThat(level).containsExactly(UNKNOWN));
  }

  @Test
  void fill_rangeAndOffset_writesThoseCellsAlone() {
    GridPage page =
        strikesAsPrices(0, 1, 2).underlying(0, 80).underlying(1, 90).underlying(2, 100).page();
    double[][] to = {{-1, -1, -1, -1}};
    MoneynessSeries.fill(page, Indicator.PRICE, Side.CALL, Chain.GAP, 0, 1, 3, to, 1);
    assertThat(to[0]).containsExactly(-1, 90, 100, -1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void fill_randomPage_equalsSumsOverAllStrikes(int seed) {
    Random random = new Random(seed);
    Chain chain = Chain.wide();
    for (int b = 0; b < 10; b++) {
      if (random.nextInt(4) > 0) {
        chain.underlying(b, random.nextDouble(20, 180));
      }
      chain.open(b);
      for (int i = 0; i < 8; i++) {
        double strike = 50 + 5 * random.nextInt(21);
        chain.both(b, strike, GridField.OI, random.nextInt(9), random.nextInt(9));
      }
    }
    GridPage page = chain.page();
    double[][] series = series(page, Indicator.OI, null, Chain.GAP, 4);
    for (int b = 0; b < page.buckets(); b++) {
      for (int level = -4; level <= 4; level++) {
        double expected = sum(page, b, level);
        double actual = level(series, level)[b];
        if (Double.isNaN(expected)) {
          assertThat(actual).as("seed %s, bucket %s, level %s", seed, b, level).isNaN();
        } else {
          assertThat(actual)
              .as("seed %s, bucket %s, level %s", seed, b, level)
              .isCloseTo(expected, within(RELATIVE_TOLERANCE * (1 + expected)));
        }
      }
    }
  }

  /** Of the strikes that any bucket so far has observed. */
  private static double nearestSeen(GridPage page, int b, double underlying) {
    return IntStream.range(0, page.strikes())
        .filter(k -> AsOf.at(page, b, 0).isKnown(k))
        .mapToObj(page::strike)
        .filter(strike -> !Double.isNaN(underlying))
        .min(
            Comparator.comparingDouble((Double strike) -> Math.abs(strike - underlying))
                .thenComparing(Comparator.naturalOrder()))
        .orElse(Double.NaN);
  }

  private static double sum(GridPage page, int b, int level) {
    double underlying = page.bucketValue(io.strikegrid.engine.grid.BucketField.UNDERLYING, b);
    double atm = nearestSeen(page, b, underlying);
    double sum = Double.NaN;
    for (int k = 0; k < page.strikes() && !Double.isNaN(atm); k++) {
      if (Moneyness.level(page.strike(k), atm, Chain.GAP) == level) {
        for (Side side : Side.values()) {
          double oi = page.at(side, GridField.OI, b, k);
          sum = Double.isNaN(oi) ? sum : Double.isNaN(sum) ? oi : sum + oi;
        }
      }
    }
    return sum;
  }
}
