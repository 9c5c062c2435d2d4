package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.IvSource;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.CarryRule;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.TradingCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BarPricingTest {

  private static final double ROUNDING = 1e-9;
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final LocalDate EXPIRY = LocalDate.of(2026, 3, 26);
  private static final long MINUTE = DAY.toEpochDay() * 86_400 + 36_000;
  private static final long SEEN = MINUTE + 41;
  private static final double SPOT = 1000;
  private static final double RATE = 0.05;
  private static final double VOLATILITY = 0.21;
  private static final double[] STRIKES = {900, 950, 1000, 1050, 1100};

  private final Underlying underlying = underlying(false);
  private final double years =
      ParityForward.years(SEEN, underlying.calendar().expiryAt(EXPIRY).getEpochSecond());
  private final double forward = SPOT * Math.exp(RATE * years);

  private static Underlying underlying(boolean spotIsForward) {
    TradingCalendar calendar =
        new TradingCalendar(
            "always",
            ZoneOffset.UTC,
            EnumSet.allOf(DayOfWeek.class),
            Map.of(),
            Map.of(),
            LocalTime.MIDNIGHT,
            Duration.ofDays(1),
            LocalTime.of(8, 0));
    return new Underlying(
        "X",
        "X",
        "test",
        calendar,
        OptionalDouble.of(50),
        List.of(),
        List.of(),
        List.of(new CarryRule(LocalDate.of(2020, 1, 1), RATE, 0)),
        false,
        PricingRules.USUAL.withSpotForward(spotIsForward));
  }

  private BarTable chain(UnderlyingSource source) {
    BarTable bars = new BarTable();
    for (double strike : STRIKES) {
      int row = bars.add(strike, MINUTE);
      boolean isKnown = source != UnderlyingSource.NONE;
      bars.set(row, BarColumns.UNDERLYING_CLOSE, isKnown ? SPOT : Double.NaN);
      bars.set(row, BarColumns.UNDERLYING_SOURCE, source.ordinal());
      for (Side side : Side.values()) {
        bars.set(row, side, SideColumn.COUNT, 1);
        bars.set(row, side, SideColumn.IV_COUNT, 0);
        bars.set(row, side, SideColumn.GREEKS_COUNT, 0);
        bars.set(row, side, SideColumn.CLOSE, modelPrice(side, strike));
      }
    }
    return bars;
  }

  private double modelPrice(Side side, double strike) {
    return Black76.price(side, forward, strike, years, VOLATILITY, RATE);
  }

  private Greeks option(Side side, double strike) {
    return new Greeks().at(side, forward, strike, years, VOLATILITY, RATE, 0, SPOT);
  }

  private BarPricing price(BarTable bars) {
    BarPricing pricing = new BarPricing(underlying, EXPIRY, DAY);
    pricing.apply(bars, Map.of(MINUTE, SEEN));
    return pricing;
  }

  @Test
  void apply_toPricesWithoutIv_findsTheVolatilityAndGreeksBehindThem() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    assertThat(price(bars).unsolved()).isEmpty();
    for (int row = 0; row < bars.rows(); row++) {
      for (Side side : Side.values()) {
        Greeks option = option(side, bars.strike(row));
        assertThat(bars.get(row, side, SideColumn.IV_AVG)).isEqualTo(VOLATILITY, within(ROUNDING));
        assertThat(bars.get(row, side, SideColumn.IV_COUNT)).isEqualTo(1);
        assertThat(bars.get(row, side, SideColumn.IV_SOURCE)).isEqualTo(IvSource.LAST.ordinal());
        assertThat(bars.get(row, side, SideColumn.GREEKS_COUNT)).isEqualTo(1);
        assertThat(bars.get(row, side, SideColumn.DELTA_AVG))
            .isEqualTo(option.delta(), within(ROUNDING));
        assertThat(bars.get(row, side, SideColumn.GAMMA_AVG))
            .isEqualTo(option.gamma(), within(ROUNDING));
        assertThat(bars.get(row, side, SideColumn.THETA_AVG))
            .isEqualTo(option.theta(), within(ROUNDING * 100));
        assertThat(bars.get(row, side, SideColumn.VEGA_AVG))
            .isEqualTo(option.vega(), within(ROUNDING * 100));
        assertThat(bars.get(row, side, SideColumn.RHO_AVG))
            .isEqualTo(option.rho(), within(ROUNDING * 100));
      }
    }
  }

  @Test
  void apply_toQuotedOptions_takesTheMiddleOfBidAndAsk() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    for (int row = 0; row < bars.rows(); row++) {
      for (Side side : Side.values()) {
        double price = modelPrice(side, bars.strike(row));
        bars.set(row, side, SideColumn.BID, price * 0.98);
        bars.set(row, side, SideColumn.ASK, price * 1.02);
        bars.set(row, side, SideColumn.CLOSE, price * 3);
      }
    }
    price(bars);
    assertThat(bars.get(1, Side.PUT, SideColumn.IV_AVG)).isEqualTo(VOLATILITY, within(ROUNDING));
    assertThat(bars.get(1, Side.PUT, SideColumn.IV_SOURCE)).isEqualTo(IvSource.MID.ordinal());
  }

  @Test
  void apply_toIvOfTheFeed_keepsItAndAddsTheGreeksThatItLacks() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    bars.set(0, Side.CALL, SideColumn.IV_AVG, 0.5);
    bars.set(0, Side.CALL, SideColumn.IV_COUNT, 4);
    bars.set(0, Side.CALL, SideColumn.IV_SOURCE, IvSource.FEED.ordinal());
    price(bars);
    assertThat(bars.get(0, Side.CALL, SideColumn.IV_AVG)).isEqualTo(0.5);
    assertThat(bars.get(0, Side.CALL, SideColumn.IV_COUNT)).isEqualTo(4);
    double delta = new Greeks().at(Side.CALL, forward, 900, years, 0.5, RATE, 0, SPOT).delta();
    assertThat(bars.get(0, Side.CALL, SideColumn.DELTA_AVG)).isEqualTo(delta, within(ROUNDING));
  }

  @Test
  void apply_afterAPriceWasCorrected_correctsWhatWasComputed() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    int row = bars.rows() - 1;
    double right = bars.get(row, Side.CALL, SideColumn.CLOSE);
    bars.set(row, Side.CALL, SideColumn.CLOSE, right * 2);
    price(bars);
    assertThat(bars.get(row, Side.CALL, SideColumn.IV_AVG)).isGreaterThan(VOLATILITY + 0.01);
    bars.set(row, Side.CALL, SideColumn.CLOSE, right);
    price(bars);
    assertThat(bars.get(row, Side.CALL, SideColumn.IV_AVG)).isEqualTo(VOLATILITY, within(ROUNDING));
  }

  @Test
  void apply_toAPriceWithoutSolution_leavesUnknownAndCountsTheReason() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    bars.set(0, Side.CALL, SideColumn.CLOSE, 1);
    bars.set(4, Side.PUT, SideColumn.CLOSE, Double.NaN);
    BarPricing pricing = price(bars);
    assertThat(pricing.unsolved())
        .isEqualTo(Map.of(IvReason.BELOW_INTRINSIC, 1L, IvReason.NO_PRICE, 1L));
    assertThat(bars.get(0, Side.CALL, SideColumn.IV_AVG)).isNaN();
    assertThat(bars.get(0, Side.CALL, SideColumn.IV_COUNT)).isZero();
    assertThat(bars.get(0, Side.CALL, SideColumn.DELTA_AVG)).isNaN();
    assertThat(bars.get(0, Side.CALL, SideColumn.GREEKS_COUNT)).isZero();
  }

  @Test
  void apply_toAnExpiredOption_saysExpired() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    BarPricing pricing = new BarPricing(underlying, DAY, DAY);
    pricing.apply(bars, Map.of(MINUTE, SEEN));
    assertThat(pricing.unsolved()).isEqualTo(Map.of(IvReason.EXPIRED, 10L));
  }

  @Test
  void apply_withoutUnderlying_takesTheForwardByParity() {
    BarTable bars = chain(UnderlyingSource.NONE);
    assertThat(price(bars).unsolved()).isEmpty();
    assertThat(bars.get(2, Side.CALL, SideColumn.IV_AVG)).isEqualTo(VOLATILITY, within(ROUNDING));
    assertThat(bars.get(2, Side.CALL, SideColumn.DELTA_AVG))
        .isEqualTo(option(Side.CALL, 1000).delta(), within(ROUNDING));
  }

  @Test
  void apply_toOneSidedChainWithoutUnderlying_hasNoForward() {
    BarTable bars = chain(UnderlyingSource.NONE);
    for (int row = 0; row < bars.rows(); row++) {
      bars.set(row, Side.PUT, SideColumn.CLOSE, Double.NaN);
      bars.set(row, Side.PUT, SideColumn.COUNT, 0);
    }
    assertThat(price(bars).unsolved()).isEqualTo(Map.of(IvReason.NO_FORWARD, 5L));
  }

  @Test
  void apply_whereTheSpotIsTheForward_givesDeltaByTheForward() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    BarPricing pricing = new BarPricing(underlying(true), EXPIRY, DAY);
    pricing.apply(bars, Map.of(MINUTE, SEEN));
    double delta =
        new Greeks().at(Side.CALL, forward, 1000, years, VOLATILITY, RATE, 0, forward).delta();
    assertThat(bars.get(2, Side.CALL, SideColumn.DELTA_AVG)).isEqualTo(delta, within(ROUNDING));
  }
}
