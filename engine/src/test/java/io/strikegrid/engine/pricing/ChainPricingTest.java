package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.bar.IvSource;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainPricingTest {

  private static final double TOLERANCE = 1e-9;
  private static final double DOCUMENTED_TOLERANCE = 4e-6;
  private static final double FORWARD = 24520;
  private static final double RATE = 0.065;
  private static final double YEARS = 0.02;
  private static final double SIGMA = 0.14;
  private static final int STRIKES = 201;
  private static final PricingRules RULES = PricingRules.USUAL.withTick(0.05);
  private static final ChainTerms TERMS = new ChainTerms(24500, true, RATE, 0, YEARS, RULES);

  private final ChainPricing pricing = new ChainPricing();
  private final ChainQuotes quotes = new ChainQuotes();

  private Forward forward = Forward.NONE;

  /** The chain as it is where no other expiry helps. */
  private void price(ChainTerms terms) {
    Forward own = Forward.own(quotes, terms);
    forward = own.isOwn() ? own : Forward.carried(terms);
    pricing.price(quotes, terms, forward);
  }

  private static double fair(Side side, double strike) {
    return Black76.price(side, FORWARD, strike, YEARS, SIGMA, RATE);
  }

  private void addQuoted(int strikes) {
    for (int k = 0; k < strikes; k++) {
      int index = quotes.add(24000 + 5 * k);
      for (Side side : Side.values()) {
        double price = fair(side, quotes.strike(index));
        quotes.set(index, side, price - 0.5, price + 0.5, Double.NaN);
      }
    }
  }

  private static ChainTerms withoutUnderlying() {
    return new ChainTerms(Double.NaN, false, RATE, 0, YEARS, RULES);
  }

  @ParameterizedTest
  @EnumSource
  void price_quotedChain_hasTheVolatilityOfEveryMid(Side side) {
    addQuoted(STRIKES);
    price(TERMS);
    assertThat(forward.price()).isCloseTo(FORWARD, within(TOLERANCE * FORWARD));
    assertThat(forward.source()).isEqualTo(ForwardSource.PARITY);
    for (int k = 0; k < STRIKES; k++) {
      assertThat(pricing.side(side).iv(k)).isCloseTo(SIGMA, within(TOLERANCE));
      assertThat(pricing.side(side).source(k)).isEqualTo(IvSource.MID);
      assertThat(pricing.side(side).reason(k)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void price_quotedChain_hasTheGreeksOfItsVolatility(Side side) {
    addQuoted(STRIKES);
    price(TERMS);
    SidePricing figures = pricing.side(side);
    for (int k = 0; k < STRIKES; k++) {
      Greeks greeks =
          new Greeks()
              .at(
                  side,
                  forward.price(),
                  quotes.strike(k),
                  YEARS,
                  figures.iv(k),
                  RATE,
                  TERMS.yield(),
                  TERMS.underlying());
      assertThat(figures.delta(k)).isEqualTo(greeks.delta());
      assertThat(figures.gamma(k)).isEqualTo(greeks.gamma());
      assertThat(figures.theta(k)).isEqualTo(greeks.theta());
      assertThat(figures.vega(k)).isEqualTo(greeks.vega());
      assertThat(figures.rho(k)).isEqualTo(greeks.rho());
    }
  }

  private void addDocumentedChain() {
    double[] callMids = {183.30, 151.30, 121.85, 95.20, 73.40};
    double[] putMids = {64.25, 82.10, 102.70, 126.20, 153.95};
    for (int k = 0; k < callMids.length; k++) {
      quotes.add(24400 + 50 * k);
      quotes.set(k, Side.CALL, callMids[k] - 0.05, callMids[k] + 0.05, Double.NaN);
      quotes.set(k, Side.PUT, putMids[k] - 0.05, putMids[k] + 0.05, Double.NaN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,24400,0.149637,-0.336295,0.00127299,-21.9811,6.98780,-0.507212",
    "CALL,24500,0.146671,0.529413,0.00141611,-27.3630,7.61931,0.784865",
    "PUT,24500,0.146671,-0.470482,0.00141611,-23.0017,7.61931,-0.710381",
    "CALL,24600,0.142531,0.385870,0.00140105,-25.0979,7.32557,0.573001"
  })
  void price_documentedExample_isMet(
      Side side,
      double strike,
      double iv,
      double delta,
      double gamma,
      double theta,
      double vega,
      double rho) {
    addDocumentedChain();
    price(new ChainTerms(24512, true, RATE, 0, ParityForward.years(0, 192_542), RULES));
    int k = (int) Math.round((strike - 24400) / 50);
    SidePricing figures = pricing.side(side);
    assertThat(forward.price()).isCloseTo(24519.1576, within(5e-5));
    assertDocumented(figures.iv(k), iv);
    assertDocumented(figures.delta(k), delta);
    assertDocumented(figures.gamma(k), gamma);
    assertDocumented(figures.theta(k), theta);
    assertDocumented(figures.vega(k), vega);
    assertDocumented(figures.rho(k), rho);
  }

  private static void assertDocumented(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(DOCUMENTED_TOLERANCE * Math.abs(expected)));
  }

  @ParameterizedTest
  @CsvSource({
    "119.00,BELOW_INTRINSIC",
    "119.11,BELOW_INTRINSIC",
    "119.12,NO_TIME_VALUE",
    "119.35,NO_TIME_VALUE",
    "119.37,",
    "24509.42,",
    "24510,ABOVE_BOUND"
  })
  void price_documentedBounds_areMet(double last, @Nullable IvReason expected) {
    addDocumentedChain();
    int k = quotes.add(24400);
    quotes.set(k, Side.CALL, Double.NaN, Double.NaN, last);
    price(new ChainTerms(24512, true, RATE, 0, ParityForward.years(0, 192_542), RULES));
    assertThat(pricing.side(Side.CALL).reason(k)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "99,101,50,MID,100",
    "99,NaN,100,LAST,100",
    "0,101,100,LAST,100",
    "NaN,NaN,100,LAST,100"
  })
  void price_quotesAndLast_midOnlyWhereBothQuotesAreThere(
      double bid, double ask, double last, IvSource source, double price) {
    addQuoted(5);
    int k = quotes.add(24500);
    quotes.set(k, Side.CALL, bid, ask, last);
    price(TERMS);
    double discount = Math.exp(-RATE * YEARS);
    assertThat(pricing.side(Side.CALL).source(k)).isEqualTo(source);
    assertThat(pricing.side(Side.CALL).iv(k))
        .isEqualTo(ImpliedVolatility.of(Side.CALL, price, forward.price(), 24500, YEARS, discount));
  }

  @ParameterizedTest
  @CsvSource({"NaN", "0", "-1"})
  void price_noPrice_isUnknownWithTheReason(double last) {
    addQuoted(5);
    int k = quotes.add(24500);
    quotes.set(k, Side.PUT, 99, Double.NaN, last);
    price(TERMS);
    SidePricing puts = pricing.side(Side.PUT);
    assertThat(puts.reason(k)).isEqualTo(IvReason.NO_PRICE);
    assertThat(puts.source(k)).isNull();
    assertThat(new double[] {puts.iv(k), puts.delta(k), puts.gamma(k), puts.theta(k)})
        .containsOnly(Double.NaN);
    assertThat(new double[] {puts.vega(k), puts.rho(k)}).containsOnly(Double.NaN);
    assertThat(pricing.refused(IvReason.NO_PRICE)).isEqualTo(2);
  }

  @Test
  void price_pricesOutsideTheBounds_areCountedByReason() {
    addQuoted(5);
    quotes.set(quotes.add(20000), Side.CALL, Double.NaN, Double.NaN, 4000);
    quotes.set(quotes.add(30000), Side.PUT, Double.NaN, Double.NaN, 40000);
    price(TERMS);
    assertThat(pricing.side(Side.CALL).reason(5)).isEqualTo(IvReason.BELOW_INTRINSIC);
    assertThat(pricing.side(Side.PUT).reason(6)).isEqualTo(IvReason.ABOVE_BOUND);
    assertThat(pricing.refused(IvReason.BELOW_INTRINSIC)).isEqualTo(1);
    assertThat(pricing.refused(IvReason.ABOVE_BOUND)).isEqualTo(1);
    assertThat(pricing.refused(IvReason.NO_PRICE)).isEqualTo(2);
  }

  @Test
  void price_lastPricesOnly_giveTheForward() {
    for (double strike : new double[] {24400, 24500, 24600}) {
      int k = quotes.add(strike);
      for (Side side : Side.values()) {
        quotes.set(k, side, 1, Double.NaN, fair(side, strike));
      }
    }
    price(withoutUnderlying());
    assertThat(forward.price()).isCloseTo(FORWARD, within(TOLERANCE * FORWARD));
    assertThat(pricing.side(Side.CALL).source(0)).isEqualTo(IvSource.LAST);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void price_twoStrikesAndAnUnderlying_carriesItToTheExpiry(boolean isQuoted) {
    addQuoted(2);
    price(new ChainTerms(24500, isQuoted, RATE, 0.012, YEARS, RULES));
    assertThat(forward.price())
        .isCloseTo(24500 * Math.exp((RATE - 0.012) * YEARS), within(TOLERANCE));
    assertThat(forward.source()).isEqualTo(ForwardSource.CARRY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void price_twoStrikesAndNoUnderlying_hasNoForward(boolean isQuoted) {
    addQuoted(2);
    price(new ChainTerms(Double.NaN, isQuoted, RATE, 0, YEARS, RULES));
    assertThat(forward.price()).isNaN();
    assertThat(forward.source()).isEqualTo(ForwardSource.NONE);
    assertThat(pricing.refused(IvReason.NO_FORWARD)).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"0", "-0.001"})
  void price_noTimeLeft_isExpired(double years) {
    addQuoted(5);
    price(new ChainTerms(24500, true, RATE, 0, years, RULES));
    assertThat(pricing.refused(IvReason.EXPIRED)).isEqualTo(10);
  }

  @Test
  void price_venueThatQuotesForwards_takesIt() {
    addQuoted(STRIKES);
    PricingRules rules = RULES.withForwardQuoted(true);
    price(new ChainTerms(24510, true, RATE, 0, YEARS, rules));
    assertThat(forward.price()).isEqualTo(24510);
    assertThat(forward.source()).isEqualTo(ForwardSource.QUOTED);
    price(new ChainTerms(24510, false, RATE, 0, YEARS, rules));
    assertThat(forward.source()).isEqualTo(ForwardSource.PARITY);
  }

  @ParameterizedTest
  @CsvSource({
    "CALL,23000,0.24,NO_TIME_VALUE",
    "CALL,23000,0.26,",
    "PUT,26000,0.24,NO_TIME_VALUE",
    "PUT,26000,0.26,",
    "CALL,26000,0.05,",
    "PUT,23000,0.05,"
  })
  void price_lastInTheMoney_needsFiveTicksOfTimeValue(
      Side side, double strike, double timeValue, @Nullable IvReason expected) {
    addQuoted(STRIKES);
    int k = quotes.add(strike);
    double ahead = side == Side.CALL ? FORWARD - strike : strike - FORWARD;
    double intrinsic = Math.max(0, ahead) * Math.exp(-RATE * YEARS);
    quotes.set(k, side, Double.NaN, Double.NaN, intrinsic + timeValue);
    price(TERMS);
    assertThat(pricing.side(side).reason(k)).isEqualTo(expected);
    assertThat(Double.isNaN(pricing.side(side).iv(k))).isEqualTo(expected != null);
  }

  @ParameterizedTest
  @CsvSource({"1.9,NO_TIME_VALUE", "2.1,"})
  void price_quoteInTheMoney_needsHalfItsSpreadOfTimeValue(
      double timeValue, @Nullable IvReason expected) {
    addQuoted(STRIKES);
    int k = quotes.add(23000);
    double mid = (FORWARD - 23000) * Math.exp(-RATE * YEARS) + timeValue;
    quotes.set(k, Side.CALL, mid - 2, mid + 2, Double.NaN);
    price(TERMS);
    assertThat(pricing.side(Side.CALL).reason(k)).isEqualTo(expected);
  }

  @Test
  void price_spot_isUnderlyingElseStandInElseForwardWhereConfigured() {
    addQuoted(5);
    price(TERMS);
    assertThat(pricing.spot()).isEqualTo(24500);
    price(withoutUnderlying());
    assertThat(pricing.spot()).isEqualTo(ParityForward.standIn(forward.price(), RATE, YEARS));
    price(new ChainTerms(24500, true, RATE, 0, YEARS, RULES.withSpotForward(true)));
    assertThat(pricing.spot()).isEqualTo(forward.price());
  }

  @Test
  void price_again_leavesNothingOfTheChainBefore() {
    addQuoted(STRIKES);
    price(new ChainTerms(24500, true, RATE, 0, 0, RULES));
    quotes.clear();
    addQuoted(3);
    price(TERMS);
    assertThat(pricing.refused(IvReason.EXPIRED)).isZero();
    assertThat(forward.price()).isCloseTo(FORWARD, within(TOLERANCE * FORWARD));
    assertThat(pricing.side(Side.CALL).reason(2)).isNull();
  }

  @Test
  void price_noStrike_hasNoContract() {
    price(TERMS);
    assertThat(forward.source()).isEqualTo(ForwardSource.CARRY);
    assertThat(quotes.size()).isZero();
  }
}
