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
  void at_anyBucket_isTheLastKnownUpToIt(int seed) {
    GridPage page = random(seed);
    for (int b = 0; b < page.buckets(); b++) {
      AsOf at = AsOf.at(page, b, 0);
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
      if (page.isObserved(side, b, k) && tells(page, b, side, field, k)) {
        return page.at(side, field, b, k);
      }
    }
    return Double.NaN;
  }

  /** Whether a bar is the newest that tells of a field: by hand, from the definition. */
  private static boolean tells(GridPage page, int b, Side side, GridField field, int k) {
    double price = page.at(side, GridField.PRICE, b, k);
    double bid = page.at(side, GridField.BID, b, k);
    double ask = page.at(side, GridField.ASK, b, k);
    boolean isQuoted = !Double.isNaN(bid) || !Double.isNaN(ask);
    boolean isUsable = bid > 0 && ask >= bid && ask - bid <= (bid + ask) / 20 * (1 + 1e-9);
    return switch (field) {
      case IV, DELTA, GAMMA, THETA, VEGA, RHO ->
          price >= 0 || isUsable || page.at(side, GridField.IV, b, k) >= 0;
      case OPEN, HIGH, LOW, PRICE -> price >= 0;
      case BID, ASK -> isQuoted || page.isQuoteSpokenOf(side, b, k);
      case VOLUME -> true;
      case OI, VOLUME_DAY -> !Double.isNaN(page.at(side, field, b, k));
    };
  }

  @Test
  void row1_priceWithoutIvAfterAnIv_hasNoIv() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.PUT, GridField.IV, 0.4648);
    Cells.put(writer, 0, 100, Side.PUT, GridField.DELTA, -0.2);
    Cells.put(writer, 15, 100, Side.PUT, GridField.PRICE, 2);
    Cells.put(writer, 16, 100, Side.PUT, GridField.OI, 7);
    AsOf at = writer.publish().newest(0);
    assertThat(at.at(Side.PUT, GridField.PRICE, 0)).isEqualTo(2);
    assertThat(at.at(Side.PUT, GridField.IV, 0)).isNaN();
    assertThat(at.at(Side.PUT, GridField.DELTA, 0)).isNaN();
    assertThat(at.newestBar(Side.PUT, AsOf.Part.PRICE, 0)).isEqualTo(15);
    assertThat(at.newestBar(Side.PUT, AsOf.Part.IV, 0)).isEqualTo(15);
    assertThat(at.newestBar(Side.PUT, AsOf.Part.OI, 0)).isEqualTo(16);
    assertThat(at.newestBar(Side.PUT, AsOf.Part.QUOTE, 0)).isEqualTo(-1);
  }

  @Test
  void iv_afterAQuoteThatIsNoPrice_staysThatOfTheBarBefore() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.PUT, GridField.IV, 0.4);
    Cells.put(writer, 3, 100, Side.PUT, GridField.BID, 1);
    Cells.put(writer, 3, 100, Side.PUT, GridField.ASK, 2);
    GridPage page = writer.publish();
    double kept = Cells.kept(GridField.IV, 0.4);
    assertThat(page.newest(0).at(Side.PUT, GridField.IV, 0)).isEqualTo(kept);
    assertThat(page.newest(0.5).at(Side.PUT, GridField.IV, 0))
        .as("two ticks apart are usable")
        .isNaN();
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void row7_quoteThatWasWithdrawn_isNotShown(Layout layout) {
    GridWriter writer = new GridWriter(Cells.KEY, Cells.NSE, new double[] {100}, layout);
    Cells.put(writer, 0, 100, Side.CALL, GridField.BID, 300);
    Cells.put(writer, 0, 100, Side.CALL, GridField.ASK, 303);
    writer.quote(Side.CALL, 0, 0, true);
    Cells.put(writer, 1, 100, Side.CALL, GridField.BID, 300);
    writer.quote(Side.CALL, 1, 0, true);
    Cells.put(writer, 2, 100, Side.CALL, GridField.OI, 5);
    for (GridPage page : new GridPage[] {writer.publish(), writer.seal()}) {
      AsOf at = page.newest(0);
      assertThat(at.at(Side.CALL, GridField.BID, 0)).isEqualTo(300);
      assertThat(at.at(Side.CALL, GridField.ASK, 0)).isNaN();
      assertThat(at.newestBar(Side.CALL, AsOf.Part.QUOTE, 0)).isEqualTo(1);
    }
    writer.open(3);
    writer.observe(Side.CALL, 3, 0);
    writer.quote(Side.CALL, 3, 0, true);
    assertThat(writer.publish().newest(0).at(Side.CALL, GridField.BID, 0)).isNaN();
  }

  @Test
  void newestBar_ofAContract_isItsOwn() {
    GridWriter writer = Cells.writer(90, 100);
    Cells.put(writer, 0, 90, Side.CALL, GridField.OI, 1);
    Cells.put(writer, 3, 90, Side.PUT, GridField.OI, 1);
    Cells.put(writer, 5, 100, Side.CALL, GridField.OI, 1);
    AsOf at = writer.publish().newest(0);
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
    for (int b : new int[] {1, 4}) {
      Cells.put(writer, b, 100, Side.CALL, GridField.PRICE, 1 + 2 * b + 2);
      Cells.put(writer, b, 100, Side.CALL, field, b == 1 ? 5 : 9);
    }
    GridPage page = writer.publish();
    assertThat(AsOf.at(page, 3, 0).at(Side.CALL, field, 0)).isEqualTo(5);
    assertThat(AsOf.at(page, 0, 0).at(Side.CALL, field, 0)).isNaN();
    assertThat(AsOf.at(page, 0, 0).isKnown(0)).isFalse();
  }

  @Test
  void at_volumeUnknownInTheNewestBar_isNotCarried() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 1, 100, Side.CALL, GridField.VOLUME, 5);
    Cells.put(writer, 2, 100, Side.CALL, GridField.PRICE, 9);
    AsOf at = writer.publish().newest(0);
    assertThat(at.at(Side.CALL, GridField.VOLUME, 0)).isNaN();
  }

  @Test
  void at_beforeTheFirstBucket_knowsNothing() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.OI, 5);
    AsOf at = AsOf.at(writer.publish(), -1, 0);
    assertThat(at.contracts()).isZero();
    assertThat(at.carried()).isZero();
    assertThat(at.at(Side.CALL, GridField.OI, 0)).isNaN();
  }

  @Test
  void newest_emptyPage_knowsNothing() {
    assertThat(Cells.writer(100).publish().newest(0).contracts()).isZero();
  }

  @Test
  void newest_pagePublishedEarlier_staysAtItsOwnBucket() {
    GridWriter writer = Cells.writer(100);
    Cells.put(writer, 0, 100, Side.CALL, GridField.PRICE, 5);
    GridPage before = writer.publish();
    Cells.put(writer, 1, 100, Side.CALL, GridField.PRICE, 6);
    writer.publish();
    assertThat(before.newest(0).bucket()).isZero();
    assertThat(before.newest(0).at(Side.CALL, GridField.PRICE, 0)).isEqualTo(5);
  }
}
