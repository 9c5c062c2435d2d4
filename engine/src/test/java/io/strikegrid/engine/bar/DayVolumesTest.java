package io.strikegrid.engine.bar;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DayVolumesTest {

  private static final double UNKNOWN = Double.NaN;

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  private static BarTable calls(TreeMap<Integer, Double> dayVolumes) {
    BarTable bars = new BarTable();
    dayVolumes.forEach((minute, value) -> add(bars, Seen.STRIKE, minute, value));
    return bars;
  }

  private static void add(BarTable bars, double strike, int minute, double volumeDay) {
    int row = bars.add(strike, Seen.minute(minute));
    bars.set(row, Side.CALL, SideColumn.COUNT, 1);
    bars.set(row, Side.CALL, SideColumn.VOLUME_DAY, volumeDay);
  }

  private static BarTable inARow(double... dayVolumes) {
    BarTable bars = new BarTable();
    for (int i = 0; i < dayVolumes.length; i++) {
      add(bars, Seen.STRIKE, i, dayVolumes[i]);
    }
    return bars;
  }

  private static double[] column(BarTable bars, SideColumn column) {
    return IntStream.range(0, bars.rows())
        .mapToDouble(row -> bars.get(row, Side.CALL, column))
        .toArray();
  }

  private static double[] volumes(BarTable bars) {
    return column(bars, SideColumn.VOLUME);
  }

  @Test
  void derive_growing_isTheDifferences() {
    BarTable bars = inARow(100, 150, 150, 400);
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100, 50, 0, 250);
  }

  @Test
  void derive_decrease_addsNothingUntilTheMaximumIsPassed() {
    BarTable bars = inARow(100, 60, 90, 130);
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100, 0, 0, 30);
    assertThat(column(bars, SideColumn.VOLUME_DAY)).containsExactly(100, 100, 100, 130);
  }

  @Test
  void derive_symbolFirstSeenAfterTheOpening_leavesTheFirstBarUnknown() {
    BarTable bars = new BarTable();
    add(bars, Seen.STRIKE, 7, 100);
    add(bars, Seen.STRIKE, 8, 130);
    DayVolumes.derive(bars, Seen.minute(7), Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(UNKNOWN, 30);
  }

  @Test
  void derive_symbolSeenBeforeTheContract_countsFromZero() {
    BarTable bars = new BarTable();
    add(bars, Seen.STRIKE, 7, 100);
    DayVolumes.derive(bars, Seen.minute(6), Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100);
  }

  @Test
  void derive_firstMinuteIsTheOpening_countsFromZero() {
    BarTable bars = inARow(100);
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100);
  }

  @Test
  void derive_missingMinutes_bookTheDifferenceWhereItWasSeen() {
    BarTable bars = calls(new TreeMap<>(java.util.Map.of(0, 100.0, 5, 180.0)));
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100, 80);
  }

  @Test
  void derive_earlierBarInserted_recomputesTheNext() {
    BarTable before = calls(new TreeMap<>(java.util.Map.of(0, 100.0, 5, 180.0)));
    DayVolumes.derive(before, Seen.OPEN, Seen.OPEN);
    BarTable inserted = calls(new TreeMap<>(java.util.Map.of(3, 150.0)));
    BarTable merged = BarMerge.merge(before, inserted, Provenance.IMPORTED);
    DayVolumes.derive(merged, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(merged)).containsExactly(100, 50, 30);
  }

  @Test
  void derive_unknownInBetween_staysUnknown() {
    BarTable bars = inARow(100, UNKNOWN, 130);
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100, UNKNOWN, 30);
    assertThat(column(bars, SideColumn.VOLUME_DAY)).containsExactly(100, UNKNOWN, 130);
  }

  @Test
  void derive_contractSeenBeforeItsFirstFigure_leavesThatBarUnknown() {
    BarTable bars = inARow(Double.NaN, 5_000, 5_200);
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(Double.NaN, Double.NaN, 200);
  }

  @Test
  void derive_goesOnFromBarsWithoutAFigure_leavesTheFirstUnknown() {
    BarTable bars = inARow(5_000, 5_200);
    DayVolumes.Before seen =
        new DayVolumes.Before() {
          @Override
          public double of(Side side, double strike) {
            return Double.NaN;
          }

          @Override
          public boolean isObserved(Side side, double strike) {
            return true;
          }
        };
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN, seen);
    assertThat(volumes(bars)).containsExactly(Double.NaN, 200);
  }

  @Test
  void derive_nextStrike_startsAfresh() {
    BarTable bars = new BarTable();
    add(bars, 90, 0, 500);
    add(bars, 100, 1, 20);
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(500, 20);
  }

  @Test
  void derive_call_leavesThePutAlone() {
    BarTable bars = inARow(100, 200);
    bars.set(1, Side.PUT, SideColumn.VOLUME_DAY, 30);
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(bars.get(0, Side.PUT, SideColumn.VOLUME)).isNaN();
    assertThat(bars.get(1, Side.PUT, SideColumn.VOLUME)).isEqualTo(30);
  }

  @Test
  void derive_zeroAtTheOpening_isZero() {
    BarTable bars = inARow(0, 0);
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(0, 0);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void derive_anyDay_volumesAddUpToTheLastDayVolume(int seed) {
    Random random = new Random(seed);
    BarTable bars = inARow(random.doubles(40, 0, 1000).map(Math::rint).toArray());
    DayVolumes.derive(bars, Seen.OPEN, Seen.OPEN);
    double sum = java.util.Arrays.stream(volumes(bars)).sum();
    assertThat(sum).isEqualTo(bars.get(bars.rows() - 1, Side.CALL, SideColumn.VOLUME_DAY));
    assertThat(java.util.Arrays.stream(volumes(bars)).min().orElseThrow()).isNotNegative();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void derive_twice_changesNothingMore(int seed) {
    Random random = new Random(seed);
    double[] days = random.doubles(40, 0, 1000).map(v -> v < 200 ? UNKNOWN : v).toArray();
    BarTable bars = inARow(days);
    DayVolumes.derive(bars, Seen.minute(0), Seen.OPEN);
    String once = Seen.text(bars);
    DayVolumes.derive(bars, Seen.minute(0), Seen.OPEN);
    assertThat(Seen.text(bars)).isEqualTo(once);
  }
}
