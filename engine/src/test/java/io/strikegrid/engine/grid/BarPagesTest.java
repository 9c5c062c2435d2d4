package io.strikegrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BarPagesTest {

  private static int add(
      BarTable bars, double strike, int minute, UnderlyingSource source, double underlying) {
    int row = bars.add(strike, Cells.OPEN + minute * 60L);
    bars.set(row, BarColumns.PROVENANCE, Provenance.IMPORTED.code());
    bars.set(row, BarColumns.UNDERLYING_SOURCE, source.ordinal());
    bars.set(row, BarColumns.UNDERLYING_LAST, underlying);
    bars.set(row, Side.CALL, SideColumn.COUNT, 1);
    return row;
  }

  private static GridPage page(BarTable bars) {
    return BarPages.of(Cells.KEY, Cells.NSE, bars);
  }

  @ParameterizedTest
  @EnumSource(GridField.class)
  void of_bars_keepsEachFieldInItsCell(GridField field) {
    BarTable bars = new BarTable();
    add(bars, 90, 1, UnderlyingSource.QUOTED, 95);
    int row = add(bars, 100, 2, UnderlyingSource.QUOTED, 95);
    bars.set(row, Side.CALL, field.column(), 7);
    GridPage page = page(bars);
    assertThat(page.strikeArray()).containsExactly(90, 100);
    assertThat(page.buckets()).isEqualTo(3);
    assertThat(page.at(Side.CALL, field, 2, 1)).isEqualTo(7);
    assertThat(page.at(Side.CALL, field, 1, 0)).isNaN();
    assertThat(page.provenances()).isEqualTo(1 << Provenance.IMPORTED.code());
  }

  @Test
  void of_sideWithoutObservation_isNotObserved() {
    BarTable bars = new BarTable();
    add(bars, 90, 0, UnderlyingSource.QUOTED, 95);
    GridPage page = page(bars);
    assertThat(page.isObserved(Side.CALL, 0, 0)).isTrue();
    assertThat(page.isObserved(Side.PUT, 0, 0)).isFalse();
  }

  @Test
  void of_quotedAmongStandIns_takesTheQuoted() {
    BarTable bars = new BarTable();
    add(bars, 90, 0, UnderlyingSource.PARITY, 94);
    add(bars, 100, 0, UnderlyingSource.QUOTED, 95);
    add(bars, 110, 0, UnderlyingSource.NONE, Double.NaN);
    GridPage page = page(bars);
    assertThat(page.bucketValue(BucketField.UNDERLYING, 0)).isEqualTo(95);
    assertThat(page.bucketValue(BucketField.UNDERLYING_SOURCE, 0))
        .isEqualTo(UnderlyingSource.QUOTED.ordinal());
  }

  @Test
  void of_noUnderlying_isUnknownFromNowhere() {
    BarTable bars = new BarTable();
    add(bars, 90, 0, UnderlyingSource.NONE, Double.NaN);
    GridPage page = page(bars);
    assertThat(page.bucketValue(BucketField.UNDERLYING, 0)).isNaN();
    assertThat(page.bucketValue(BucketField.UNDERLYING_SOURCE, 0))
        .isEqualTo(UnderlyingSource.NONE.ordinal());
  }

  @Test
  void of_equalSources_takesThatOfTheLowestStrike() {
    BarTable bars = new BarTable();
    add(bars, 90, 0, UnderlyingSource.QUOTED, 94);
    add(bars, 100, 0, UnderlyingSource.QUOTED, 95);
    assertThat(page(bars).bucketValue(BucketField.UNDERLYING, 0)).isEqualTo(94);
  }
}
