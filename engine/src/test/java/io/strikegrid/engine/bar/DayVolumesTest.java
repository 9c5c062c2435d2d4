package io.strikegrid.engine.bar;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
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

  /** Derives a day, minute after minute, in place. */
  private static void derive(BarTable bars, long symbolFirst) {
    DayVolumes volumes = new DayVolumes(symbolFirst, Seen.OPEN);
    DayVolumesSoFar before = new DayVolumesSoFar();
    IntStream.range(0, bars.rows())
        .boxed()
        .sorted(Comparator.comparingLong(bars::bucket))
        .forEach(row -> {
          BarTable minute = new BarTable(1);
          minute.addCopy(bars, row);
          boolean isOutOfDate = volumes.isOutOfDate(minute, before);
          volumes.derive(minute, before);
          assertThat(isOutOfDate).isEqualTo(!minute.sameValues(0, bars, row));
          before.take(minute);
          for (int column = 0; column < BarColumns.COUNT; column++) {
            bars.set(row, column, minute.get(0, column));
          }
        });
  }

  /** What the minutes before had come to. */
  private static final class DayVolumesSoFar implements DayVolumes.Before {
    private final Map<String, Double> volumes = new HashMap<>();
    private final Map<String, Long> firsts = new HashMap<>();

    private void take(BarTable minute) {
      for (Side side : Side.values()) {
        double volume = minute.get(0, side, SideColumn.VOLUME_DAY);
        if (!Double.isNaN(volume)) {
          volumes.put(side + " " + minute.strike(0), volume);
        }
        if (minute.isObserved(0, side)) {
          firsts.putIfAbsent(side + " " + minute.strike(0), minute.bucket(0));
        }
      }
    }

    @Override
    public double volumeDay(Side side, double strike) {
      return volumes.getOrDefault(side + " " + strike, Double.NaN);
    }

    @Override
    public long firstObserved(Side side, double strike) {
      return firsts.getOrDefault(side + " " + strike, DayVolumes.NEVER);
    }

    @Override
    public double missingSince(Side side, double strike, long minute) {
      return UNKNOWN;
    }
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
    derive(bars, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100, 50, 0, 250);
  }

  @Test
  void derive_decrease_addsNothingUntilTheMaximumIsPassed() {
    BarTable bars = inARow(100, 60, 90, 130);
    derive(bars, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100, 0, 0, 30);
    assertThat(column(bars, SideColumn.VOLUME_DAY)).containsExactly(100, 100, 100, 130);
  }

  @Test
  void derive_symbolFirstSeenAfterTheOpening_leavesTheFirstBarUnknown() {
    BarTable bars = new BarTable();
    add(bars, Seen.STRIKE, 7, 100);
    add(bars, Seen.STRIKE, 8, 130);
    derive(bars, Seen.minute(7));
    assertThat(volumes(bars)).containsExactly(UNKNOWN, 30);
  }

  @Test
  void derive_symbolSeenBeforeTheContract_countsFromZero() {
    BarTable bars = new BarTable();
    add(bars, Seen.STRIKE, 7, 100);
    derive(bars, Seen.minute(6));
    assertThat(volumes(bars)).containsExactly(100);
  }

  @Test
  void derive_firstMinuteIsTheOpening_countsFromZero() {
    BarTable bars = inARow(100);
    derive(bars, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100);
  }

  @Test
  void derive_missingMinutes_bookTheDifferenceWhereItWasSeen() {
    BarTable bars = calls(new TreeMap<>(Map.of(0, 100.0, 5, 180.0)));
    derive(bars, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100, 80);
  }

  @Test
  void derive_earlierBarInserted_recomputesTheNext() {
    BarTable before = calls(new TreeMap<>(Map.of(0, 100.0, 5, 180.0)));
    derive(before, Seen.OPEN);
    BarTable inserted = calls(new TreeMap<>(Map.of(3, 150.0)));
    BarTable merged = BarMerge.merge(before, inserted, Provenance.IMPORTED);
    derive(merged, Seen.OPEN);
    assertThat(volumes(merged)).containsExactly(100, 50, 30);
  }

  @Test
  void derive_unknownInBetween_staysUnknown() {
    BarTable bars = inARow(100, UNKNOWN, 130);
    derive(bars, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(100, UNKNOWN, 30);
    assertThat(column(bars, SideColumn.VOLUME_DAY)).containsExactly(100, UNKNOWN, 130);
  }

  /** Row 9 of the definitions' cases: quoted first, a figure a minute later. */
  @Test
  void derive_contractQuotedBeforeItsFirstFigure_countsFromZeroWhereItCameAfterItsSymbol() {
    BarTable bars = calls(new TreeMap<>(Map.of(5, UNKNOWN, 6, 75.0, 7, 100.0)));
    derive(bars, Seen.minute(2));
    assertThat(volumes(bars)).containsExactly(UNKNOWN, 75, 25);
  }

  @Test
  void derive_contractSeenAtTheOpeningWithoutAFigure_countsFromZero() {
    BarTable bars = inARow(UNKNOWN, 5_000, 5_200);
    derive(bars, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(UNKNOWN, 5_000, 200);
  }

  @Test
  void derive_contractThereInTheSymbolsLateFirstMinute_leavesItsFirstFigureUnknown() {
    BarTable bars = calls(new TreeMap<>(Map.of(7, UNKNOWN, 8, 5_000.0, 9, 5_200.0)));
    derive(bars, Seen.minute(7));
    assertThat(volumes(bars)).containsExactly(UNKNOWN, UNKNOWN, 200);
  }

  @Test
  void derive_zeroInTheSymbolsLateFirstMinute_countsFromZero() {
    BarTable bars = calls(new TreeMap<>(Map.of(7, 0.0, 8, 75.0)));
    derive(bars, Seen.minute(7));
    assertThat(volumes(bars)).containsExactly(0, 75);
  }

  @Test
  void derive_nextStrike_startsAfresh() {
    BarTable bars = new BarTable();
    add(bars, 90, 0, 500);
    add(bars, 100, 1, 20);
    derive(bars, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(500, 20);
  }

  @Test
  void derive_call_leavesThePutAlone() {
    BarTable bars = inARow(100, 200);
    bars.set(1, Side.PUT, SideColumn.VOLUME_DAY, 30);
    derive(bars, Seen.OPEN);
    assertThat(bars.get(0, Side.PUT, SideColumn.VOLUME)).isNaN();
    assertThat(bars.get(1, Side.PUT, SideColumn.VOLUME)).isEqualTo(30);
  }

  @Test
  void derive_zeroAtTheOpening_isZero() {
    BarTable bars = inARow(0, 0);
    derive(bars, Seen.OPEN);
    assertThat(volumes(bars)).containsExactly(0, 0);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void derive_anyDay_volumesAddUpToTheLastDayVolume(int seed) {
    Random random = new Random(seed);
    BarTable bars = inARow(random.doubles(40, 0, 1000).map(Math::rint).toArray());
    derive(bars, Seen.OPEN);
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
    derive(bars, Seen.minute(0));
    String once = Seen.text(bars);
    derive(bars, Seen.minute(0));
    assertThat(Seen.text(bars)).isEqualTo(once);
  }
}
