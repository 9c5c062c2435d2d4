package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.GreeksSource;
import io.strikegrid.engine.bar.IvSource;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarPricingTest {

  private static final double ROUNDING = 1e-9;
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final long EXPIRY_AT = LocalDate.of(2026, 3, 26).toEpochDay() * 86_400 + 28_800;
  private static final long MINUTE = DAY.toEpochDay() * 86_400 + 36_000;
  private static final long SEEN = MINUTE + 41;
  private static final double SPOT = 1000;
  private static final double RATE = 0.05;
  private static final double VOLATILITY = 0.21;
  private static final double[] STRIKES = {900, 950, 1000, 1050, 1100};

  private final double years = ParityForward.years(SEEN, EXPIRY_AT);
  private final double forward = SPOT * Math.exp(RATE * years);

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
    return price(bars, years, PricingRules.USUAL);
  }

  /** Prices the chain as it is where no other expiry helps. */
  private static BarPricing price(BarTable bars, double years, PricingRules rules) {
    double spot = bars.get(0, BarColumns.UNDERLYING_CLOSE);
    ChainTerms terms = new ChainTerms(spot, spot > 0, RATE, 0, years, rules);
    Forward own = Forward.own(ChainQuotes.of(bars), terms);
    BarPricing pricing = new BarPricing();
    pricing.apply(bars, terms, own.isOwn() ? own : Forward.carried(terms));
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
    double delta = option(Side.CALL, 900).delta();
    assertThat(bars.get(0, Side.CALL, SideColumn.DELTA_AVG)).isEqualTo(delta, within(ROUNDING));
    assertThat(bars.get(0, Side.CALL, SideColumn.GREEKS_SOURCE))
        .as("by the put's volatility")
        .isEqualTo(GreeksSource.OTHER_SIDE.ordinal());
  }

  /** Row 15 of the definitions' cases: IV 0.20, then 0.60, both without Greeks. */
  @Test
  void apply_afterIvOfTheFeedWasReplaced_makesItsGreeksAgain() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    for (double volatility : new double[] {0.2, 0.6}) {
      bars.set(2, Side.CALL, SideColumn.IV_AVG, volatility);
      bars.set(2, Side.CALL, SideColumn.IV_COUNT, 1);
      bars.set(2, Side.CALL, SideColumn.IV_SOURCE, IvSource.FEED.ordinal());
      price(bars);
      double delta =
          new Greeks().at(Side.CALL, forward, 1000, years, volatility, RATE, 0, SPOT).delta();
      assertThat(bars.get(2, Side.CALL, SideColumn.DELTA_AVG)).isEqualTo(delta, within(ROUNDING));
      assertThat(bars.get(2, Side.CALL, SideColumn.GREEKS_SOURCE))
          .isEqualTo(GreeksSource.COMPUTED.ordinal());
    }
  }

  @Test
  void apply_toGreeksOfTheFeedWithoutIv_keepsThem() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    bars.set(2, Side.CALL, SideColumn.DELTA_AVG, 0.123);
    bars.set(2, Side.CALL, SideColumn.GREEKS_COUNT, 3);
    bars.set(2, Side.CALL, SideColumn.GREEKS_SOURCE, GreeksSource.FEED.ordinal());
    price(bars);
    assertThat(bars.get(2, Side.CALL, SideColumn.DELTA_AVG)).isEqualTo(0.123);
    assertThat(bars.get(2, Side.CALL, SideColumn.GREEKS_COUNT)).isEqualTo(3);
    assertThat(bars.get(2, Side.CALL, SideColumn.IV_AVG)).isEqualTo(VOLATILITY, within(ROUNDING));
  }

  @Test
  void apply_toAnExpiredOption_saysExpired() {
    BarTable bars = chain(UnderlyingSource.QUOTED);
    BarPricing pricing = price(bars, -1e-9, PricingRules.USUAL);
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
    price(bars, years, PricingRules.USUAL.withSpotForward(true));
    double delta =
        new Greeks().at(Side.CALL, forward, 1000, years, VOLATILITY, RATE, 0, forward).delta();
    assertThat(bars.get(2, Side.CALL, SideColumn.DELTA_AVG)).isEqualTo(delta, within(ROUNDING));
  }
}
