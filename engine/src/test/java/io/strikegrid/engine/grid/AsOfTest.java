package io.strikegrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AsOfTest {

  private static final int MINUTES = 25;

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  private static GridPage random(int seed) {
    Random random = new Random(seed);
    GridWriter writer =
        new GridWriter(Cells.KEY, Cells.session(MINUTES), new double[] {90, 100, 110, 120});
    for (int b = 0; b < MINUTES; b++) {
      writer.open(b);
      for (int i = random.nextInt(5); i > 0; i--) {
        int k = random.nextInt(4);
        Side side = Side.values()[random.nextInt(2)];
        writer.observe(side, b, k);
        for (GridField field : GridField.values()) {
          if (random.nextBoolean()) {
            writer.set(side, field, b, k, random.nextInt(100));
          }
        }
      }
    }
    return random.nextBoolean() ? writer.seal() : writer.publish();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void at_anyBucket_equalsSoManySteps(int seed) {
    GridPage page = random(seed);
    AsOf stepped = AsOf.at(page, -1);
    for (int b = 0; b < page.buckets(); b++) {
      stepped = stepped.next();
      AsOf at = AsOf.at(page, b);
      String when = "seed " + seed + ", bucket " + b;
      assertThat(stepped.bucket()).isEqualTo(b);
      assertThat(stepped.contracts()).as(when).isEqualTo(at.contracts());
      assertThat(stepped.carried()).as(when).isEqualTo(at.carried());
      for (Side side : Side.values()) {
        for (int k = 0; k < page.strikes(); k++) {
          assertThat(stepped.newestBar(side, k)).as(when).isEqualTo(at.newestBar(side, k));
          for (GridField field : GridField.values()) {
            assertThat(stepped.at(side, field, k))
                .as(when + " " + field)
                .isEqualTo(Double.valueOf(at.at(side, field, k)));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void at_anyBucket_isTheLastKnownUpToIt(int seed) {
    GridPage page = random(seed);
    for (int b = 0; b < page.buckets(); b++) {
      AsOf at = AsOf.at(page, b);
      for (Side side : Side.values()) {
        for (int k = 0; k < page.strikes(); k++) {
          for (GridField field : GridField.values()) {
            assertThat(at.at(side, field, k))
                .as("seed %s, bucket %s, %s", seed, b, field)
                .isEqualTo(Double.valueOf(lastKnown(page, b, side, field, k)));
          }
        }
      }
    }
  }

  private static double lastKnown(GridPage page, int bucket, Side side, GridField field, int k) {
    for (int b = bucket; b >= 0; b--) {
      double value = page.at(side, field, b, k);
      if (page.isObserved(side, b, k) && (field == GridField.VOLUME || !Double.isNaN(value))) {
        return value;
      }
    }
    return Double.NaN;
  }

  @Test
  void newestBar_ofAContract_isItsOwn() {
    GridWriter writer = Cells.writer(90, 100);
    Cells.put(writer, 0, 90, Side.CALL, GridField.OI, 1);
    Cells.put(writer, 3, 90, Side.PUT, GridField.OI, 1);
    Cells.put(writer, 5, 100, Side.CALL, GridField.OI, 1);
    AsOf at = writer.publish().newest();
    assertThat(at.newestBar(Side.CALL, 0)).isZero();
    assertThat(at.newestBar(Side.PUT, 0)).isEqualTo(3);
    assertThat(at.newestBar(Side.CALL, 1)).isEqualTo(5);
    assertThat(at.newestBar(Side.PUT, 1)).isEqualTo(-1);
    assertThat(at.contracts()).isEqualTo(3);
    assertThat(at.carried()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(GridField.class)
  void at_valueOfALaterBucket_isNotSeen(GridField field) {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 1, 100, Side.CALL, field, 5);
    Cells.put(writer, 4, 100, Side.CALL, field, 9);
    GridPage page = writer.publish();
    assertThat(AsOf.at(page, 3).at(Side.CALL, field, 0)).isEqualTo(5);
    assertThat(AsOf.at(page, 0).at(Side.CALL, field, 0)).isNaN();
    assertThat(AsOf.at(page, 0).isKnown(0)).isFalse();
  }

  @Test
  void at_volumeUnknownInTheNewestBar_isNotCarried() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 1, 100, Side.CALL, GridField.VOLUME, 5);
    Cells.put(writer, 2, 100, Side.CALL, GridField.PRICE, 9);
    AsOf at = writer.publish().newest();
    assertThat(at.at(Side.CALL, GridField.VOLUME, 0)).isNaN();
  }

  @Test
  void at_beforeTheFirstBucket_knowsNothing() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.OI, 5);
    AsOf at = AsOf.at(writer.publish(), -1);
    assertThat(at.contracts()).isZero();
    assertThat(at.carried()).isZero();
    assertThat(at.at(Side.CALL, GridField.OI, 0)).isNaN();
  }

  @Test
  void newest_emptyPage_knowsNothing() {
    assertThat(Cells.writer(100).publish().newest().contracts()).isZero();
  }

  @Test
  void newest_pagePublishedEarlier_staysAtItsOwnBucket() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.PRICE, 5);
    GridPage before = writer.publish();
    Cells.put(writer, 1, 100, Side.CALL, GridField.PRICE, 6);
    writer.publish();
    assertThat(before.newest().bucket()).isZero();
    assertThat(before.newest().at(Side.CALL, GridField.PRICE, 0)).isEqualTo(5);
  }
}
