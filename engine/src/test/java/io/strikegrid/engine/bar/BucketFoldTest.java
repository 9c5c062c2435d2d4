package io.strikegrid.engine.bar;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketFoldTest {

  private static final int MINUTES = 40;

  private static BarTable random(Random random, int from, int to) {
    BarTable bars = new BarTable();
    for (int strike = 1; strike <= 5; strike++) {
      for (int m = from; m < to; m++) {
        if (random.nextInt(4) > 0) {
          int row = bars.add(strike, Seen.minute(m));
          for (int i = 0; i < BarColumns.COUNT; i++) {
            bars.set(row, i, random.nextInt(3) == 0 ? Double.NaN : random.nextInt(100));
          }
          for (Side side : Side.values()) {
            bars.set(row, side, SideColumn.IV_COUNT, random.nextInt(3));
            bars.set(row, side, SideColumn.GREEKS_COUNT, random.nextInt(3));
          }
        }
      }
    }
    return bars;
  }

  private static BarTable part(BarTable bars, int from, int to) {
    BarTable part = new BarTable();
    for (int row = 0; row < bars.rows(); row++) {
      if (bars.bucket(row) >= Seen.minute(from) && bars.bucket(row) < Seen.minute(to)) {
        part.addCopy(bars, row);
      }
    }
    return part;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void add_inSteps_endsWithTheBucketsOfOneStep(long seed) {
    BarTable bars = random(new Random(seed), 0, MINUTES);
    for (Timeframe timeframe : new Timeframe[] {Timeframe.MIN5, Timeframe.MIN15}) {
      TreeMap<String, String> steps = new TreeMap<>();
      BucketFold fold = BucketFold.empty(timeframe);
      Random lengths = new Random(seed);
      for (int at = 0; at < MINUTES; ) {
        int to = Math.min(MINUTES, at + 1 + lengths.nextInt(7));
        BucketFold.Added added = fold.add(part(bars, at, to));
        put(added.buckets(), steps);
        fold = added.fold();
        at = to;
      }
      TreeMap<String, String> atOnce = new TreeMap<>();
      put(BucketFold.empty(timeframe).add(bars).buckets(), atOnce);
      assertThat(steps).as("seed %d", seed).isEqualTo(atOnce);
    }
  }

  private static void put(BarTable buckets, TreeMap<String, String> to) {
    for (int row = 0; row < buckets.rows(); row++) {
      BarTable one = new BarTable();
      one.addCopy(buckets, row);
      to.put(buckets.strike(row) + " " + buckets.bucket(row), Seen.text(one));
    }
  }

  @Test
  void add_eachRule_isThatOfTheColumn() {
    BarTable minutes = new BarTable();
    double[] prices = {5, Double.NaN, 3};
    double[] counts = {1, 2, 3};
    for (int m = 0; m < 3; m++) {
      int row = minutes.add(100, Seen.minute(m));
      minutes.set(row, BarColumns.UNDERLYING_CLOSE, 10 + m);
      minutes.set(row, Side.CALL, SideColumn.IV_AVG, prices[m]);
      minutes.set(row, Side.CALL, SideColumn.IV_COUNT, counts[m]);
      minutes.set(row, Side.CALL, SideColumn.VOLUME, prices[m]);
      minutes.set(row, Side.CALL, SideColumn.OI_SUM, prices[m]);
      minutes.set(row, Side.CALL, SideColumn.OI_LAST, prices[m]);
      minutes.set(row, Side.CALL, SideColumn.OPEN, prices[m]);
      minutes.set(row, Side.CALL, SideColumn.LOW, prices[m]);
    }
    BarTable made = BucketFold.empty(Timeframe.MIN5).add(minutes).buckets();
    assertThat(made.rows()).isEqualTo(1);
    assertThat(made.bucket(0)).isEqualTo(Seen.OPEN);
    assertThat(made.get(0, BarColumns.UNDERLYING_CLOSE)).isEqualTo(11);
    assertThat(made.get(0, Side.CALL, SideColumn.IV_AVG)).isEqualTo((5 * 1 + 3 * 3) / 4.0);
    assertThat(made.get(0, Side.CALL, SideColumn.IV_COUNT)).isEqualTo(6);
    assertThat(made.get(0, Side.CALL, SideColumn.VOLUME)).isEqualTo(8);
    assertThat(made.get(0, Side.CALL, SideColumn.OI_SUM)).isEqualTo(5);
    assertThat(made.get(0, Side.CALL, SideColumn.OI_LAST)).isEqualTo(3);
    assertThat(made.get(0, Side.CALL, SideColumn.OPEN)).isEqualTo(5);
    assertThat(made.get(0, Side.CALL, SideColumn.LOW)).isEqualTo(3);
    assertThat(made.get(0, Side.PUT, SideColumn.OI_LAST)).isNaN();
  }
}
