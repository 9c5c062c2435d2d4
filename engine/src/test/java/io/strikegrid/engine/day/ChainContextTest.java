package io.strikegrid.engine.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.pricing.ForwardSource;
import io.strikegrid.engine.pricing.ParityForward;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ChainContextTest {

  private static final double SPOT = 1000;
  private static final double TOLERANCE = 1e-12;
  private static final LocalDate WEEK = DaySample.DAY.plusDays(7);
  private static final LocalDate MONTH = DaySample.DAY.plusDays(28);
  private static final LocalDate QUARTER = DaySample.DAY.plusDays(91);
  private static final long SEEN = DaySample.OPEN + 42;

  private final ChainContext context = new ChainContext(DaySample.underlying(), DaySample.DAY);

  private static double years(LocalDate expiry) {
    long at = DaySample.underlying().calendar().expiryAt(expiry).getEpochSecond();
    return ParityForward.years(SEEN, at);
  }

  /** Last prices of five strikes that parity gives a forward by; of so many of them. */
  private static BarTable lasts(LocalDate expiry, double forward, double underlying, int strikes) {
    BarTable bars = new BarTable();
    double discount = Math.exp(-DaySample.RATE * years(expiry));
    for (int i = 0; i < strikes; i++) {
      double strike = 980 + 10 * i;
      int row = bars.add(strike, DaySample.OPEN);
      boolean isQuoted = underlying > 0;
      UnderlyingSource source = isQuoted ? UnderlyingSource.QUOTED : UnderlyingSource.NONE;
      bars.set(row, BarColumns.UNDERLYING_LAST, underlying);
      bars.set(row, BarColumns.UNDERLYING_SOURCE, source.ordinal());
      bars.set(row, Side.CALL, SideColumn.CLOSE, 50 + discount * (forward - strike));
      bars.set(row, Side.PUT, SideColumn.CLOSE, 50);
    }
    return bars;
  }

  private void add(LocalDate expiry, double forward, double underlying, int strikes) {
    context.add(expiry, lasts(expiry, forward, underlying, strikes), SEEN);
  }

  private static double carried(LocalDate expiry, double basis) {
    return SPOT * Math.exp(DaySample.RATE * years(expiry) + basis);
  }

  @Test
  void of_ownPrices_areTheForwardOfEach() {
    add(WEEK, 1003, SPOT, 5);
    add(MONTH, 1008, SPOT, 5);
    assertThat(context.of(WEEK).forward().price()).isCloseTo(1003, within(1003 * TOLERANCE));
    assertThat(context.of(MONTH).forward().price()).isCloseTo(1008, within(1008 * TOLERANCE));
    assertThat(context.of(MONTH).forward().source()).isEqualTo(ForwardSource.PARITY);
    assertThat(context.of(MONTH).observedAt()).isEqualTo(SEEN);
    assertThat(context.hasStandIn()).isFalse();
  }

  @Test
  void of_noPricesBetweenTwoThatHaveSome_takesTheirBasisByTime() {
    add(WEEK, carried(WEEK, 0.001), SPOT, 5);
    add(MONTH, 1, SPOT, 2);
    add(QUARTER, carried(QUARTER, 0.004), SPOT, 5);
    double part = (years(MONTH) - years(WEEK)) / (years(QUARTER) - years(WEEK));
    double expected = carried(MONTH, 0.001 + 0.003 * part);
    assertThat(context.of(MONTH).forward().price())
        .isCloseTo(expected, within(expected * TOLERANCE));
    assertThat(context.of(MONTH).forward().source()).isEqualTo(ForwardSource.BASIS);
  }

  @Test
  void of_noPricesAndNobodyOnOneSide_takesTheCarry() {
    add(MONTH, carried(MONTH, 0.001), SPOT, 5);
    add(WEEK, 1, SPOT, 2);
    add(QUARTER, 1, SPOT, 2);
    for (LocalDate expiry : new LocalDate[] {WEEK, QUARTER}) {
      double expected = carried(expiry, 0);
      assertThat(context.of(expiry).forward().price())
          .isCloseTo(expected, within(expected * TOLERANCE));
      assertThat(context.of(expiry).forward().source()).isEqualTo(ForwardSource.CARRY);
    }
  }

  @Test
  void of_nobodyQuoted_takesTheNearestForwardDiscountedForAll() {
    add(WEEK, 1, Double.NaN, 2);
    add(MONTH, 1008, Double.NaN, 5);
    add(QUARTER, 1025, Double.NaN, 5);
    double spot = 1008 * Math.exp(-DaySample.RATE * years(MONTH));
    for (LocalDate expiry : new LocalDate[] {WEEK, MONTH, QUARTER}) {
      assertThat(context.of(expiry).underlying()).isCloseTo(spot, within(spot * TOLERANCE));
      assertThat(context.of(expiry).source()).isEqualTo(UnderlyingSource.PARITY);
    }
    assertThat(context.of(WEEK).forward().source()).isEqualTo(ForwardSource.CARRY);
    assertThat(context.hasStandIn()).isTrue();
  }

  @Test
  void of_oneExpiryQuotedAlone_standsInForTheOther() {
    add(WEEK, 1003, SPOT, 5);
    add(MONTH, 1008, Double.NaN, 5);
    double spot = 1003 * Math.exp(-DaySample.RATE * years(WEEK));
    assertThat(context.of(WEEK).underlying()).isEqualTo(SPOT);
    assertThat(context.of(WEEK).source()).isEqualTo(UnderlyingSource.QUOTED);
    assertThat(context.of(MONTH).underlying()).isCloseTo(spot, within(spot * TOLERANCE));
    assertThat(context.of(MONTH).source()).isEqualTo(UnderlyingSource.PARITY);
  }

  /** Row 17 of the definitions' cases: prices that no forward can have. */
  @Test
  void of_callsOfOneAndPutsOfAHundred_knowsNothing() {
    BarTable bars = new BarTable();
    for (double strike : new double[] {10, 20, 30}) {
      int row = bars.add(strike, DaySample.OPEN);
      bars.set(row, BarColumns.UNDERLYING_SOURCE, UnderlyingSource.NONE.ordinal());
      bars.set(row, Side.CALL, SideColumn.CLOSE, 1);
      bars.set(row, Side.PUT, SideColumn.CLOSE, 100);
    }
    context.add(WEEK, bars, SEEN);
    assertThat(context.of(WEEK).underlying()).isNaN();
    assertThat(context.of(WEEK).source()).isEqualTo(UnderlyingSource.NONE);
    assertThat(context.of(WEEK).forward().price()).isNaN();
    assertThat(context.of(WEEK).forward().source()).isEqualTo(ForwardSource.NONE);
  }

  @Test
  void of_anotherExpiryAddedLater_isAnsweredWithIt() {
    add(MONTH, 1, Double.NaN, 2);
    assertThat(context.of(MONTH).underlying()).isNaN();
    add(WEEK, 1003, SPOT, 5);
    assertThat(context.of(MONTH).underlying()).isPositive();
  }

  @Test
  void of_expiryThatWasNotAdded_isRefused() {
    add(WEEK, 1003, SPOT, 5);
    assertThat(context.has(MONTH)).isFalse();
    assertThatThrownBy(() -> context.of(MONTH)).hasMessageContaining(MONTH.toString());
  }
}
