package io.strikegrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridWriterTest {

  private static final int BYTES_PER_ROW = 170;
  private static final int MINUTES = 30;

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  private static final class Run {
    final Random random;
    final GridWriter writer = new GridWriter(Cells.KEY, Cells.session(MINUTES), new double[] {100});
    final GridModel model = new GridModel();
    final List<GridPage> pages = new ArrayList<>();
    final List<GridModel> then = new ArrayList<>();

    Run(int seed) {
      random = new Random(seed);
      model.addStrike(100);
    }

    void step() {
      int at = Math.min(MINUTES - 1, model.buckets() + random.nextInt(3) - 1);
      boolean isCorrection = model.buckets() > 0 && random.nextInt(6) == 0;
      int bucket = isCorrection ? random.nextInt(model.buckets()) : Math.max(0, at);
      writer.open(bucket);
      model.open(bucket);
      for (int i = random.nextInt(8); i > 0; i--) {
        write(bucket);
      }
      if (random.nextInt(3) == 0) {
        BucketField field = BucketField.values()[random.nextInt(BucketField.values().length)];
        double value = random.nextInt(100);
        writer.set(field, bucket, value);
        model.put(bucket, field, value);
      }
      if (random.nextInt(3) == 0) {
        pages.add(random.nextInt(5) == 0 ? writer.seal() : writer.publish());
        then.add(model.copy());
      }
    }

    private void write(int bucket) {
      double strike = 90 + random.nextInt(model.buckets() > 10 ? 12 : 5) * 2.5;
      Side side = Side.values()[random.nextInt(2)];
      GridField field = GridField.values()[random.nextInt(GridField.values().length)];
      int kind = random.nextInt(6);
      double value =
          switch (kind) {
            case 0 -> Double.NaN;
            case 1 -> 0;
            case 2 -> random.nextDouble();
            default -> random.nextInt(2000) * 0.05;
          };
      int k = writer.strikeIndex(strike);
      writer.observe(side, bucket, k);
      writer.set(side, field, bucket, k, value);
      model.addStrike(strike);
      model.put(bucket, strike, side, field, value);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void publish_randomWrites_equalsThePlainModel(int seed) {
    Run run = new Run(seed);
    for (int i = 0; i < 60; i++) {
      run.step();
      run.model.assertSame(run.writer.publish(), "seed " + seed + ", step " + i);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void publish_laterWrites_leaveEveryEarlierPageAsItWas(int seed) {
    Run run = new Run(seed);
    for (int i = 0; i < 120; i++) {
      run.step();
    }
    assertThat(run.pages).isNotEmpty();
    for (int i = 0; i < run.pages.size(); i++) {
      run.then.get(i).assertSame(run.pages.get(i), "seed " + seed + ", page " + i);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void seal_randomWrites_equalsThePublishedPage(int seed) {
    Run run = new Run(seed);
    for (int i = 0; i < 80; i++) {
      run.step();
    }
    run.model.assertSame(run.writer.seal(), "sealed, seed " + seed);
    run.model.assertSame(run.writer.publish(), "published, seed " + seed);
  }

  @ParameterizedTest
  @EnumSource(GridField.class)
  void publish_bucketWithoutAValue_showsTheLastOfCarriedFieldsAlone(GridField field) {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, field, 5);
    writer.open(2);
    GridPage page = writer.publish();
    boolean isCarried = field == GridField.OI || field == GridField.VOLUME_DAY;
    assertThat(Cells.get(page, 2, 100, Side.CALL, field))
        .isEqualTo(Double.valueOf(isCarried ? 5 : Double.NaN));
    assertThat(page.isObserved(Side.CALL, 2, 0)).isFalse();
  }

  @Test
  void publish_beforeTheFirstValue_isUnknown() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 2, 100, Side.CALL, GridField.OI, 5);
    assertThat(Cells.get(writer.publish(), 1, 100, Side.CALL, GridField.OI)).isNaN();
  }

  @Test
  void publish_zeroOi_isCarriedAsZero() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.OI, 5);
    Cells.put(writer, 1, 100, Side.CALL, GridField.OI, 0);
    writer.open(2);
    assertThat(Cells.get(writer.publish(), 2, 100, Side.CALL, GridField.OI)).isZero();
  }

  @Test
  void publish_callKnown_isNotCarriedToThePut() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.OI, 5);
    writer.open(1);
    assertThat(Cells.get(writer.publish(), 1, 100, Side.PUT, GridField.OI)).isNaN();
  }

  @Test
  void publish_correctionOfAPublishedBucket_isCarriedAnew() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.OI, 5);
    writer.open(3);
    GridPage before = writer.publish();
    Cells.put(writer, 1, 100, Side.CALL, GridField.OI, 8);
    GridPage after = writer.publish();
    assertThat(Cells.get(after, 3, 100, Side.CALL, GridField.OI)).isEqualTo(8);
    assertThat(Cells.get(before, 3, 100, Side.CALL, GridField.OI)).isEqualTo(5);
  }

  @Test
  void publish_correctionToUnknown_carriesTheOneBefore() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.OI, 5);
    Cells.put(writer, 1, 100, Side.CALL, GridField.OI, 8);
    writer.publish();
    Cells.put(writer, 1, 100, Side.CALL, GridField.OI, Double.NaN);
    writer.open(2);
    assertThat(Cells.get(writer.publish(), 2, 100, Side.CALL, GridField.OI)).isEqualTo(5);
  }

  @Test
  void publish_strikeAddedDuringTheDay_leavesPagesThatAreOut() {
    GridWriter writer = Cells.writer(90, 110);
    Cells.put(writer, 0, 110, Side.CALL, GridField.PRICE, 3);
    GridPage before = writer.publish();
    Cells.put(writer, 1, 100, Side.CALL, GridField.PRICE, 7);
    GridPage after = writer.publish();
    assertThat(before.strikeArray()).containsExactly(90, 110);
    assertThat(Cells.get(before, 0, 110, Side.CALL, GridField.PRICE)).isEqualTo(3);
    assertThat(after.strikeArray()).containsExactly(90, 100, 110);
    assertThat(Cells.get(after, 0, 110, Side.CALL, GridField.PRICE)).isEqualTo(3);
    assertThat(Cells.get(after, 0, 100, Side.CALL, GridField.PRICE)).isNaN();
    assertThat(Cells.get(after, 1, 100, Side.CALL, GridField.PRICE)).isEqualTo(7);
  }

  @Test
  void publish_nothingWritten_isEmpty() {
    GridPage page = Cells.writer().publish();
    assertThat(page.buckets()).isZero();
    assertThat(page.strikes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 375})
  void open_bucketOutsideTheSession_isRefusedWithIt(int bucket) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cells.writer(100).open(bucket))
        .withMessage("bucket must be 0 to 374; have " + bucket);
  }

  @Test
  void add_provenances_areBitsByCode() {
    GridWriter writer = Cells.writer(100);
    writer.add(Provenance.LIVE);
    writer.add(Provenance.BACKFILLED);
    assertThat(writer.publish().provenances()).isEqualTo((1 << 1) | (1 << 3));
  }

  static double[][] packed() {
    double[] ticks = DoubleStream.iterate(0, i -> i < 4000, i -> i + 1).map(i -> i / 20).toArray();
    return new double[][] {
      ticks,
      {0, 75, 150, 1_234_567_800, Double.NaN},
      {0.1, 0.25, 12.3456, 1e-9},
      {0.0001, 214748.3646, 0.9999},
      {1e18, 3, Double.MAX_VALUE},
      {2147483646, 2147483647, 2147483648.0},
      {-2147483648.0, -2147483647, 1},
      {-0.0, 0.0, 1},
      {Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY},
      {Double.MIN_VALUE, 0},
      {1 / 3.0, 2 / 3.0, Double.NaN},
      {Double.NaN, Double.NaN}
    };
  }

  @ParameterizedTest
  @MethodSource("packed")
  void seal_values_comeBackToTheBit(double[] values) {
    GridWriter writer = new GridWriter(Cells.KEY, Cells.session(values.length), new double[] {100});
    for (int b = 0; b < values.length; b++) {
      Cells.put(writer, b, 100, Side.PUT, GridField.PRICE, values[b]);
    }
    Column column = writer.seal().column(Side.PUT, GridField.PRICE);
    double[] copied = new double[values.length];
    column.copy(0, values.length, copied);
    for (int b = 0; b < values.length; b++) {
      long expected = Double.doubleToLongBits(values[b]);
      assertThat(Double.doubleToLongBits(column.at(b))).as("%s", values[b]).isEqualTo(expected);
      assertThat(Double.doubleToLongBits(copied[b])).as("%s", values[b]).isEqualTo(expected);
    }
  }

  @Test
  void seal_pricesOnATick_takeHalfTheSize() {
    double[] ticks = packed()[0];
    GridWriter writer = new GridWriter(Cells.KEY, Cells.NSE, ticks);
    for (int k = 0; k < ticks.length; k++) {
      Cells.put(writer, 0, ticks[k], Side.CALL, GridField.PRICE, ticks[k]);
    }
    Column column = writer.seal().column(Side.CALL, GridField.PRICE);
    assertThat(column).isInstanceOf(ScaledColumn.class);
    assertThat(column.bytes()).isLessThan(5L * ticks.length);
  }

  @Test
  void seal_ivAndGreeks_areTheNearestFloats() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.IV, 0.1234567890123);
    assertThat(Cells.get(writer.seal(), 0, 100, Side.CALL, GridField.IV))
        .isEqualTo((float) 0.1234567890123);
  }

  private static GridWriter fullDay(int seed) {
    Random random = new Random(seed);
    double[] strikes = DoubleStream.iterate(23000, k -> k + 50).limit(63).toArray();
    GridWriter writer = Cells.writer(strikes);
    for (int b = 0; b < 375; b++) {
      writer.open(b);
      for (int k = 0; k < strikes.length; k++) {
        for (Side side : Side.values()) {
          writer.observe(side, b, k);
          for (GridField field : GridField.values()) {
            writer.set(side, field, b, k, value(field, random));
          }
        }
      }
    }
    return writer;
  }

  private static double value(GridField field, Random random) {
    return switch (field) {
      case OI, VOLUME, VOLUME_DAY -> 75.0 * random.nextInt(1_000_000);
      case OPEN, HIGH, LOW, PRICE, BID, ASK -> random.nextInt(1, 40_000) / 20.0;
      default -> random.nextDouble();
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void seal_fullStandardDay_takesFewBytesPerRow(int seed) {
    GridPage page = fullDay(seed).seal();
    assertThat(page.bytes() / (375.0 * 63)).as("seed %s", seed).isLessThanOrEqualTo(BYTES_PER_ROW);
  }

  @Test
  void bytes_ofAPage_areAtLeastThoseOfItsColumns() {
    GridWriter writer = fullDay(1);
    GridPage published = writer.publish();
    long columns = 0;
    for (Side side : Side.values()) {
      for (GridField field : GridField.values()) {
        columns += published.column(side, field).bytes();
      }
    }
    long cells = 375 * 63;
    assertThat(columns).isGreaterThanOrEqualTo(2 * cells * (9 * 8 + 6 * 4));
    assertThat(published.bytes()).isGreaterThanOrEqualTo(columns + cells);
    assertThat(writer.seal().bytes()).isLessThan(published.bytes());
  }

  @Test
  void isEmpty_column_tellsWhetherAnyValueIsKnown() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.OI, 0);
    for (GridPage page : List.of(writer.publish(), writer.seal())) {
      assertThat(page.column(Side.CALL, GridField.OI).isEmpty()).isFalse();
      assertThat(page.column(Side.PUT, GridField.OI).isEmpty()).isTrue();
      assertThat(page.column(Side.CALL, GridField.IV).isEmpty()).isTrue();
    }
  }

  @Test
  void firstAtOrAbove_anyPrice_isThatStrike() {
    GridPage page = Cells.writer(90, 100, 110).publish();
    assertThat(page.firstAtOrAbove(80)).isZero();
    assertThat(page.firstAtOrAbove(100)).isEqualTo(1);
    assertThat(page.firstAtOrAbove(100.5)).isEqualTo(2);
    assertThat(page.firstAtOrAbove(111)).isEqualTo(3);
  }

  @Test
  void bucketStart_ofALongerTimeframe_countsFromTheOpening() {
    PageKey key = new PageKey("NIFTY50", Cells.DAY, Timeframe.MIN15, Cells.DAY);
    GridWriter writer = new GridWriter(key, Cells.NSE, new double[] {100});
    writer.open(24);
    assertThat(writer.publish().bucketStart(24)).isEqualTo(Cells.OPEN + 24 * 900);
  }

  @Test
  void pageKey_blankSymbol_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PageKey(" ", Cells.DAY, Timeframe.MIN1, Cells.DAY));
  }
}
