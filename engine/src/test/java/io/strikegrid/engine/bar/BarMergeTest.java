package io.strikegrid.engine.bar;

import static io.strikegrid.engine.bar.Provenance.BACKFILLED;
import static io.strikegrid.engine.bar.Provenance.IMPORTED;
import static io.strikegrid.engine.bar.Provenance.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Side;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BarMergeTest {

  private static final BarTable EMPTY = new BarTable();

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static Seen tick() {
    return Seen.at(0, 0);
  }

  private static BarTable bars(Seen... seen) {
    return Seen.build(seen).bars();
  }

  private static BarTable stored(Provenance provenance, Seen... seen) {
    return BarMerge.merge(EMPTY, bars(seen), provenance);
  }

  private static double oi(BarTable bars, Side side) {
    return bars.get(0, side, SideColumn.OI_LAST);
  }

  private static void setUnderlying(BarTable bars, UnderlyingSource source, double price) {
    bars.set(0, BarColumns.UNDERLYING_CLOSE, price);
    bars.set(0, BarColumns.UNDERLYING_LAST, price);
    bars.set(0, BarColumns.UNDERLYING_SOURCE, source.ordinal());
  }

  @ParameterizedTest
  @EnumSource(Provenance.class)
  void merge_intoNothing_isTheIncomingWithItsProvenance(Provenance provenance) {
    BarTable merged = stored(provenance, tick().with(ObservationField.OI, 5));
    assertThat(merged.rows()).isEqualTo(1);
    assertThat(merged.get(0, BarColumns.PROVENANCE)).isEqualTo(provenance.code());
  }

  @Test
  void merge_nothingIncoming_isTheStored() {
    BarTable stored = stored(LIVE, tick().with(ObservationField.OI, 5));
    assertThat(Seen.text(BarMerge.merge(stored, EMPTY, IMPORTED))).isEqualTo(Seen.text(stored));
  }

  @Test
  void merge_differentKeys_isTheUnionInOrder() {
    BarTable stored =
        stored(
            LIVE,
            Seen.at(1, 0).with(ObservationField.OI, 1),
            Seen.at(0, 0).strike(110).with(ObservationField.OI, 2));
    BarTable incoming =
        bars(
            Seen.at(0, 0).with(ObservationField.OI, 3),
            Seen.at(5, 0).strike(120).with(ObservationField.OI, 4));
    BarTable merged = BarMerge.merge(stored, incoming, IMPORTED);
    assertThat(
            IntStream.range(0, merged.rows())
                .mapToDouble(r -> merged.get(r, Side.CALL, SideColumn.OI_LAST)))
        .containsExactly(3.0, 1.0, 2.0, 4.0);
    assertThat(
            IntStream.range(0, merged.rows())
                .mapToDouble(r -> merged.get(r, BarColumns.PROVENANCE)))
        .containsExactly(2.0, 1.0, 1.0, 2.0);
  }

  @ParameterizedTest
  @CsvSource({
    "IMPORTED,IMPORTED",
    "IMPORTED,BACKFILLED",
    "BACKFILLED,IMPORTED",
    "BACKFILLED,BACKFILLED",
    "IMPORTED,LIVE",
    "BACKFILLED,LIVE",
    "LIVE,LIVE"
  })
  void merge_replacingProvenance_takesTheIncomingSide(Provenance have, Provenance comes) {
    BarTable stored = stored(have, tick().with(ObservationField.OI, 5));
    BarTable merged = BarMerge.merge(stored, bars(tick().with(ObservationField.OI, 6)), comes);
    assertThat(oi(merged, Side.CALL)).isEqualTo(6);
    assertThat(merged.get(0, BarColumns.PROVENANCE)).isEqualTo(comes.code());
  }

  @ParameterizedTest
  @CsvSource({
    "IMPORTED,BACKFILLED,IMPORTED",
    "BACKFILLED,IMPORTED,BACKFILLED",
    "IMPORTED,LIVE,LIVE",
    "LIVE,IMPORTED,LIVE"
  })
  void merge_equalBarOfAnotherProvenance_changesNothingUnlessItIsLive(
      Provenance have, Provenance comes, Provenance after) {
    BarTable stored = stored(have, tick().with(ObservationField.OI, 5));
    BarTable merged = BarMerge.merge(stored, bars(tick().with(ObservationField.OI, 5)), comes);
    assertThat(merged.get(0, BarColumns.PROVENANCE)).isEqualTo(after.code());
  }

  @ParameterizedTest
  @CsvSource({"IMPORTED", "BACKFILLED"})
  void merge_intoALiveSide_leavesIt(Provenance comes) {
    BarTable stored = stored(LIVE, tick().with(ObservationField.OI, 5));
    BarTable incoming = bars(tick().with(ObservationField.OI, 6).with(ObservationField.PRICE, 3));
    assertThat(Seen.text(BarMerge.merge(stored, incoming, comes))).isEqualTo(Seen.text(stored));
  }

  @ParameterizedTest
  @CsvSource({"IMPORTED", "BACKFILLED"})
  void merge_intoALiveRowWithoutTheSide_fillsItAndLeavesTheOtherLive(Provenance comes) {
    BarTable stored = stored(LIVE, tick().with(ObservationField.OI, 5));
    BarTable incoming =
        bars(tick().with(ObservationField.OI, 6), tick().put().with(ObservationField.OI, 7));
    BarTable merged = BarMerge.merge(stored, incoming, comes);
    assertThat(oi(merged, Side.CALL)).isEqualTo(5);
    assertThat(oi(merged, Side.PUT)).isEqualTo(7);
    assertThat(merged.provenance(0, Side.CALL)).isEqualTo(LIVE.code());
    assertThat(merged.provenance(0, Side.PUT)).isEqualTo(comes.code());
    assertThat(merged.get(0, BarColumns.PROVENANCE)).isEqualTo(comes.code());
    BarTable corrected =
        BarMerge.merge(merged, bars(tick().put().with(ObservationField.OI, 8)), comes);
    assertThat(oi(corrected, Side.CALL)).isEqualTo(5);
    assertThat(oi(corrected, Side.PUT)).isEqualTo(8);
  }

  @Test
  void merge_theVolumeThatWasReported_isNoChangeWhereTheBarShowsMore() {
    Seen bar = tick().with(ObservationField.VOLUME_DAY, 100);
    BarTable stored = stored(IMPORTED, bar);
    stored.set(0, Side.CALL, SideColumn.VOLUME_DAY, 150);
    stored.setReported(0, Side.CALL, 100);
    BarTable merged = BarMerge.merge(stored, bars(bar), BACKFILLED);
    assertThat(merged.sameValues(stored)).isTrue();
    BarTable less =
        BarMerge.merge(stored, bars(tick().with(ObservationField.VOLUME_DAY, 90)), BACKFILLED);
    assertThat(less.reported(0, Side.CALL)).isEqualTo(90);
  }

  /** Row 7 of the definitions' cases: what was withdrawn is known. */
  @Test
  void merge_withdrawnAsk_overwritesIt() {
    BarTable stored =
        stored(IMPORTED, tick().with(ObservationField.BID, 3).with(ObservationField.ASK, 4));
    BarTable merged = BarMerge.merge(stored, bars(tick().with(ObservationField.ASK, 0)), IMPORTED);
    assertThat(merged.get(0, Side.CALL, SideColumn.BID)).isEqualTo(3);
    assertThat(merged.get(0, Side.CALL, SideColumn.ASK)).isNaN();
    assertThat(merged.get(0, Side.CALL, SideColumn.QUOTED)).isEqualTo(1);
    BarTable none =
        BarMerge.merge(
            merged,
            bars(tick().with(ObservationField.BID, 0).with(ObservationField.OI, 5)),
            IMPORTED);
    assertThat(none.get(0, Side.CALL, SideColumn.BID)).isNaN();
    assertThat(none.get(0, Side.CALL, SideColumn.QUOTED)).isZero();
  }

  @Test
  void merge_unknownValues_neverReplaceKnownOnes() {
    Seen full = tick();
    for (ObservationField field : ObservationField.values()) {
      full.with(field, 3 + field.ordinal());
    }
    BarTable stored = stored(IMPORTED, full);
    BarTable merged = BarMerge.merge(stored, bars(tick().with(ObservationField.OI, 99)), IMPORTED);
    for (int i = 0; i < BarColumns.COUNT; i++) {
      assertThat(Double.isNaN(merged.get(0, i)))
          .as(BarColumns.inMemory().get(i).name())
          .isEqualTo(Double.isNaN(stored.get(0, i)));
    }
    assertThat(oi(merged, Side.CALL)).isEqualTo(99);
    assertThat(merged.get(0, Side.CALL, SideColumn.CLOSE))
        .isEqualTo(stored.get(0, Side.CALL, SideColumn.CLOSE));
  }

  @Test
  void merge_zero_replacesAKnownValue() {
    BarTable stored = stored(IMPORTED, tick().with(ObservationField.OI, 5));
    BarTable merged = BarMerge.merge(stored, bars(tick().with(ObservationField.OI, 0)), IMPORTED);
    assertThat(oi(merged, Side.CALL)).isZero();
  }

  @Test
  void merge_withoutIv_keepsTheMeanWithItsCountAndSource() {
    BarTable stored =
        stored(
            IMPORTED,
            Seen.at(0, 1).with(ObservationField.IV, 0.2),
            Seen.at(0, 2).with(ObservationField.IV, 0.2));
    BarTable merged = BarMerge.merge(stored, bars(tick().with(ObservationField.OI, 1)), IMPORTED);
    assertThat(merged.get(0, Side.CALL, SideColumn.IV_AVG)).isEqualTo(0.2);
    assertThat(merged.get(0, Side.CALL, SideColumn.IV_COUNT)).isEqualTo(2);
    assertThat(merged.get(0, Side.CALL, SideColumn.IV_SOURCE)).isEqualTo(IvSource.FEED.ordinal());
  }

  @Test
  void merge_withIv_takesCountAndSourceToo() {
    BarTable stored = stored(IMPORTED, tick().with(ObservationField.IV, 0.2));
    stored.set(0, Side.CALL, SideColumn.IV_SOURCE, IvSource.MID.ordinal());
    BarTable incoming =
        bars(
            Seen.at(0, 1).with(ObservationField.IV, 0.5),
            Seen.at(0, 2).with(ObservationField.IV, 0.5));
    BarTable merged = BarMerge.merge(stored, incoming, IMPORTED);
    assertThat(merged.get(0, Side.CALL, SideColumn.IV_AVG)).isEqualTo(0.5);
    assertThat(merged.get(0, Side.CALL, SideColumn.IV_COUNT)).isEqualTo(2);
    assertThat(merged.get(0, Side.CALL, SideColumn.IV_SOURCE)).isEqualTo(IvSource.FEED.ordinal());
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,PARITY,PARITY,2",
    "NONE,QUOTED,QUOTED,2",
    "PARITY,QUOTED,QUOTED,2",
    "PARITY,PARITY,PARITY,2",
    "QUOTED,QUOTED,QUOTED,2",
    "QUOTED,PARITY,QUOTED,1",
    "PARITY,NONE,PARITY,1",
    "QUOTED,NONE,QUOTED,1"
  })
  void merge_underlyingOfTwoSources_keepsTheBetter(
      UnderlyingSource have, UnderlyingSource comes, UnderlyingSource expected, double price) {
    BarTable stored = stored(IMPORTED, tick().with(ObservationField.OI, 5));
    setUnderlying(stored, have, have == UnderlyingSource.NONE ? Double.NaN : 1);
    BarTable incoming = bars(tick().with(ObservationField.OI, 5));
    setUnderlying(incoming, comes, comes == UnderlyingSource.NONE ? Double.NaN : 2);
    BarTable merged = BarMerge.merge(stored, incoming, IMPORTED);
    assertThat(merged.get(0, BarColumns.UNDERLYING_SOURCE)).isEqualTo(expected.ordinal());
    assertThat(merged.get(0, BarColumns.UNDERLYING_CLOSE)).isEqualTo(price);
    assertThat(merged.get(0, BarColumns.UNDERLYING_LAST)).isEqualTo(price);
  }

  @Test
  void merge_importIntoALiveQuotedUnderlying_leavesIt() {
    BarTable stored =
        stored(LIVE, tick().with(ObservationField.OI, 5).with(ObservationField.UNDERLYING, 100));
    BarTable incoming =
        bars(tick().put().with(ObservationField.OI, 5).with(ObservationField.UNDERLYING, 101));
    BarTable merged = BarMerge.merge(stored, incoming, IMPORTED);
    assertThat(merged.get(0, BarColumns.UNDERLYING_CLOSE)).isEqualTo(100);
  }

  @Test
  void merge_importIntoALiveRowWithoutUnderlying_fillsIt() {
    BarTable stored = stored(LIVE, tick().with(ObservationField.OI, 5));
    BarTable incoming =
        bars(tick().with(ObservationField.OI, 5).with(ObservationField.UNDERLYING, 101));
    BarTable merged = BarMerge.merge(stored, incoming, IMPORTED);
    assertThat(merged.get(0, BarColumns.UNDERLYING_CLOSE)).isEqualTo(101);
  }

  private static BarTable random(Random random) {
    Seen[] seen = new Seen[12];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = Seen.at(random.nextInt(3), i).strike(90 + 10 * random.nextInt(2));
      if (random.nextBoolean()) {
        seen[i].put();
      }
      for (ObservationField field : ObservationField.values()) {
        if (random.nextInt(4) == 0) {
          seen[i].with(field, random.nextInt(1, 50));
        }
      }
    }
    return bars(seen);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void merge_theSameTwice_changesNothingMore(int seed) {
    Random random = new Random(seed);
    Provenance have = random.nextBoolean() ? LIVE : IMPORTED;
    Provenance comes = Provenance.values()[random.nextInt(3)];
    BarTable stored = BarMerge.merge(EMPTY, random(random), have);
    BarTable incoming = random(random);
    BarTable once = BarMerge.merge(stored, incoming, comes);
    assertThat(Seen.text(BarMerge.merge(once, incoming, comes))).isEqualTo(Seen.text(once));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void merge_anything_forgetsNoKnownValue(int seed) {
    Random random = new Random(seed);
    Provenance comes = random.nextBoolean() ? BACKFILLED : LIVE;
    BarTable stored = BarMerge.merge(EMPTY, random(random), random.nextBoolean() ? LIVE : IMPORTED);
    BarTable merged = BarMerge.merge(stored, random(random), comes);
    int i = 0;
    for (int row = 0; row < merged.rows() && i < stored.rows(); row++) {
      if (merged.strike(row) == stored.strike(i) && merged.bucket(row) == stored.bucket(i)) {
        for (int column = 0; column < BarColumns.COUNT; column++) {
          boolean lost =
              Double.isNaN(merged.get(row, column)) && !Double.isNaN(stored.get(i, column));
          assertThat(lost).as(BarColumns.inMemory().get(column).name()).isFalse();
        }
        i++;
      }
    }
    assertThat(i).isEqualTo(stored.rows());
  }
}
