package io.strikegrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.ChainState;
import io.strikegrid.engine.measure.Indicator;
import io.strikegrid.engine.measure.MoneynessSeries;
import io.strikegrid.engine.measure.OiReference;
import io.strikegrid.engine.measure.StrikeWindow;
import io.strikegrid.engine.time.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GridLayoutTest {

  private static final int MINUTES = 90;
  private static final Session ALL_DAY =
      new Session(Cells.DAY, Cells.OPEN, Cells.OPEN + 1_440 * 60);

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  /** The same random writes to pages stored in every way. */
  private static final class Run {
    final Random random;
    final List<Layout> layouts = List.of(Layout.DENSE, Layout.SPARSE, Layout.CHOSEN);
    final List<GridWriter> writers = new ArrayList<>();
    final List<List<GridPage>> versions = new ArrayList<>();
    final double fill;
    int buckets;

    Run(int seed) {
      random = new Random(seed);
      fill = random.nextInt(4) == 0 ? 0.7 : 0.03;
      double[] strikes = random.nextBoolean() ? new double[0] : new double[] {100, 200};
      layouts.forEach(layout ->
          writers.add(new GridWriter(Cells.KEY, Cells.session(MINUTES), strikes, layout)));
    }

    void step() {
      boolean isCorrection = buckets > 0 && random.nextInt(8) == 0;
      int bucket =
          isCorrection ? random.nextInt(buckets) : Math.min(MINUTES - 1, buckets + skipped());
      writers.forEach(writer -> writer.open(bucket));
      buckets = Math.max(buckets, bucket + 1);
      int strikes = 2 + buckets;
      for (int i = 0; i < strikes; i++) {
        if (random.nextDouble() < fill) {
          write(bucket, 100 + 10 * random.nextInt(strikes));
        }
      }
      BucketField field = BucketField.values()[random.nextInt(BucketField.values().length)];
      double value = random.nextInt(100);
      writers.forEach(writer -> writer.set(field, bucket, value));
      if (random.nextInt(3) == 0) {
        publish();
      }
      if (!versions.isEmpty() && random.nextInt(15) == 0) {
        goOn();
      }
    }

    private int skipped() {
      return random.nextInt(5) == 0 ? random.nextInt(4) : 0;
    }

    private void write(int bucket, double strike) {
      Side side = Side.values()[random.nextInt(2)];
      GridField field = GridField.values()[random.nextInt(GridField.values().length)];
      GridField carried = random.nextBoolean() ? GridField.OI : GridField.VOLUME_DAY;
      double value = random.nextInt(4) == 0 ? Double.NaN : random.nextInt(2000) * 0.05;
      boolean isSpokenOf = random.nextBoolean();
      boolean isFeed = random.nextBoolean();
      for (GridWriter writer : writers) {
        int k = writer.strikeIndex(strike);
        writer.observe(side, bucket, k);
        writer.quote(side, bucket, k, isSpokenOf);
        writer.feedIv(side, bucket, k, isFeed);
        writer.set(side, field, bucket, k, value);
        writer.set(side, carried, bucket, k, value);
        writer.add(Provenance.LIVE);
      }
    }

    void publish() {
      boolean isSealed = random.nextInt(3) == 0;
      versions.add(
          writers.stream().map(writer -> isSealed ? writer.seal() : writer.publish()).toList());
    }

    /** From a page of a writer of another kind, and maybe not from its end. */
    private void goOn() {
      List<GridPage> pages = versions.getLast();
      int kept = random.nextInt(3) == 0 ? random.nextInt(MINUTES) : MINUTES;
      for (int i = 0; i < writers.size(); i++) {
        GridPage page = pages.get((i + 1) % pages.size());
        writers.set(i, GridWriter.after(page, kept, layouts.get(i)));
      }
      buckets = Math.min(kept, pages.getFirst().buckets());
    }
  }

  private static Run run(int seed) {
    Run run = new Run(seed);
    for (int i = 0; i < 70; i++) {
      run.step();
    }
    run.publish();
    return run;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void publish_randomWrites_isTheSameHoweverItIsStored(int seed) {
    List<List<GridPage>> versions = run(seed).versions;
    for (int i = 0; i < versions.size(); i++) {
      List<GridPage> pages = versions.get(i);
      String when = "seed " + seed + ", version " + i;
      SamePages.assertSame(pages.get(0), pages.get(1), when + " sparse");
      SamePages.assertSame(pages.get(0), pages.get(2), when + " chosen");
      assertThat(pages.get(0).isSparse()).as(when).isFalse();
      assertThat(pages.get(1).isSparse()).as(when).isTrue();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void asOf_anyBucket_isTheSameHoweverThePageIsStored(int seed) {
    List<GridPage> pages = run(seed).versions.getLast();
    for (int b = -1; b < pages.get(0).buckets(); b++) {
      AsOf dense = AsOf.at(pages.get(0), b, 0);
      SamePages.assertSame(dense, AsOf.at(pages.get(1), b, 0), "seed " + seed);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void measures_anyPage_areTheSameHoweverItIsStored(int seed) {
    List<GridPage> pages = run(seed).versions.getLast();
    GridPage dense = pages.get(0);
    GridPage sparse = pages.get(1);
    int buckets = dense.buckets();
    assertThat(StrikeWindow.seen(sparse, buckets / 2))
        .as("seed %s", seed)
        .isEqualTo(StrikeWindow.seen(dense, buckets / 2));
    for (Side side : Side.values()) {
      assertThat(OiReference.sessionOpen(sparse, side, buckets - 2))
          .as("seed %s", seed)
          .isEqualTo(OiReference.sessionOpen(dense, side, buckets - 2));
    }
    for (int b = 0; b < buckets; b++) {
      assertThat(ChainState.of(AsOf.at(sparse, b, 0), 100, 101))
          .as("seed %s", seed)
          .isEqualTo(ChainState.of(AsOf.at(dense, b, 0), 100, 101));
    }
    for (Indicator indicator : List.of(Indicator.IV, Indicator.OI, Indicator.PCR)) {
      assertThat(series(sparse, indicator))
          .as("seed %s", seed)
          .isDeepEqualTo(series(dense, indicator));
    }
  }

  private static double[][] series(GridPage page, Indicator indicator) {
    double[][] values = new double[11][page.buckets()];
    MoneynessSeries.fill(page, indicator, null, 10, 5, 0, page.buckets(), values, 0);
    return values;
  }

  @Test
  void publish_pageThatGrowsLargeAndSparse_changesOverAndBack() {
    Random random = new Random(1);
    GridWriter chosen = new GridWriter(Cells.KEY, Cells.session(200), new double[] {100});
    GridWriter dense =
        new GridWriter(Cells.KEY, Cells.session(200), new double[] {100}, Layout.DENSE);
    List<Boolean> sparse = new ArrayList<>();
    for (int b = 0; b < 200; b++) {
      int strikes = b < 60 ? 5 : b < 90 ? 100 : 5;
      int bars = b < 60 ? 5 : b < 90 ? 3 : 0;
      for (GridWriter writer : List.of(chosen, dense)) {
        Random same = new Random(b);
        writer.open(b);
        for (int i = 0; i < bars; i++) {
          double strike = 100 + (bars == 5 ? i : same.nextInt(strikes));
          Cells.put(writer, b, strike, Side.CALL, GridField.OI, same.nextInt(1000));
        }
      }
      GridPage page = chosen.publish();
      SamePages.assertSame(dense.publish(), page, "bucket " + b);
      sparse.add(page.isSparse());
    }
    for (GridWriter writer : List.of(chosen, dense)) {
      Random same = new Random(random.nextInt(1));
      for (int b = 0; b < 200; b++) {
        for (int k = 0; k < chosen.strikesWith(new double[0]); k++) {
          writer.open(b);
          writer.observe(Side.PUT, b, k);
          writer.set(Side.PUT, GridField.PRICE, b, k, same.nextInt(100));
        }
      }
    }
    GridPage full = chosen.publish();
    SamePages.assertSame(dense.publish(), full, "filled");
    assertThat(sparse.get(59)).isFalse();
    assertThat(sparse.get(150)).isTrue();
    assertThat(full.isSparse()).isFalse();
  }

  private static GridWriter allDay(double[] strikes) {
    return new GridWriter(Cells.KEY, ALL_DAY, strikes);
  }

  private static double[] strikes(int count) {
    return DoubleStream.iterate(50_000, k -> k + 10).limit(count).toArray();
  }

  private static void bar(GridWriter writer, int bucket, int k) {
    writer.open(bucket);
    writer.observe(Side.CALL, bucket, k);
    writer.set(Side.CALL, GridField.PRICE, bucket, k, 100 + k % 7);
    writer.set(Side.CALL, GridField.OI, bucket, k, 10);
    writer.set(BucketField.UNDERLYING, bucket, 60_000);
  }

  @Test
  void bytes_oneBarOfEachOfManyStrikes_areThoseOfTheBars() {
    GridWriter writer = allDay(strikes(2_000));
    for (int k = 0; k < 2_000; k++) {
      bar(writer, k == 1_999 ? 1_439 : 0, k);
    }
    assertThat(writer.publish().bytes()).isLessThan(1_000_000);
    assertThat(writer.seal().bytes()).isLessThan(200_000);
  }

  @Test
  void bytes_oneBarInEachBucketSpreadOverManyStrikes_areThoseOfTheBars() {
    GridWriter writer = allDay(strikes(2_000));
    for (int b = 0; b < 1_440; b++) {
      bar(writer, b, b * 7 % 2_000);
    }
    assertThat(writer.seal().bytes()).isLessThan(400_000);
  }

  @Test
  void bytes_firstAndLastMinuteOfEachStrike_areThoseOfTheBars() {
    GridWriter writer = allDay(strikes(100));
    for (int k = 0; k < 100; k++) {
      bar(writer, 0, k);
    }
    for (int k = 0; k < 100; k++) {
      bar(writer, 1_439, k);
    }
    assertThat(writer.seal().bytes()).isLessThan(40_000);
  }

  @Test
  void bytes_strikesThatComeOneByOne_areThoseOfTheBars() {
    GridWriter writer = allDay(new double[0]);
    for (int i = 0; i < 1_000; i++) {
      writer.open(i);
      bar(writer, i, writer.strikeIndex(1_000 - i));
    }
    assertThat(writer.publish().bytes()).isLessThan(1_000_000);
  }

  @Test
  void bytes_firstMinutesOfADay_areNotThoseOfTheWholeDay() {
    GridWriter writer = allDay(strikes(63));
    for (int b = 0; b < 3; b++) {
      for (int k = 0; k < 63; k++) {
        bar(writer, b, k);
      }
    }
    assertThat(writer.publish().bytes()).isLessThan(1_440 * 63 * 193 / 20);
  }

  @Test
  void open_aPageThatIsOut_keepsItsCellsWhereTheLayoutChanges() {
    GridWriter writer = allDay(strikes(4));
    for (int k = 0; k < 4; k++) {
      bar(writer, 0, k);
    }
    GridPage before = writer.publish();
    bar(writer, 1_400, 2);
    GridPage after = writer.publish();
    assertThat(after.isSparse()).isTrue();
    assertThat(before.isSparse()).isFalse();
    assertThat(before.buckets()).isEqualTo(1);
    assertThat(before.at(Side.CALL, GridField.PRICE, 0, 3)).isEqualTo(103);
    assertThat(after.at(Side.CALL, GridField.PRICE, 0, 3)).isEqualTo(103);
    assertThat(after.at(Side.CALL, GridField.OI, 1_439 - 39, 3)).isEqualTo(10);
  }
}
