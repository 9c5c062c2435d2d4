package io.strikegrid.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Side;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParityForwardTest {

  private static final double RELATIVE_TOLERANCE = 1e-12;
  private static final double RATE = 0.065;
  private static final double YEARS = 0.02;
  private static final double[] STRIKES =
      DoubleStream.iterate(24000, k -> k <= 25000, k -> k + 50).toArray();

  private static double[] puts() {
    return Arrays.stream(STRIKES).map(k -> 60 + Math.max(0, (k - 24500) * 0.6)).toArray();
  }

  private static double[] calls(double forward, double[] puts, double rate, double years) {
    return IntStream.range(0, STRIKES.length)
        .mapToDouble(i -> puts[i] + Math.exp(-rate * years) * (forward - STRIKES[i]))
        .toArray();
  }

  private static ChainTerms terms(double underlying, double rate, double years) {
    boolean isQuoted = !Double.isNaN(underlying);
    return new ChainTerms(underlying, isQuoted, rate, 0, years, PricingRules.USUAL.withTick(0.05));
  }

  private static ChainQuotes lasts(double[] strikes, double[] calls, double[] puts) {
    ChainQuotes quotes = new ChainQuotes();
    for (int i = 0; i < strikes.length; i++) {
      int k = quotes.add(strikes[i]);
      quotes.set(k, Side.CALL, Double.NaN, Double.NaN, calls[i]);
      quotes.set(k, Side.PUT, Double.NaN, Double.NaN, puts[i]);
    }
    return quotes;
  }

  private static double of(
      double[] strikes, double[] calls, double[] puts, double rate, double years) {
    return new ParityForward().of(lasts(strikes, calls, puts), terms(Double.NaN, rate, years));
  }

  private static void quote(ChainQuotes quotes, double strike, double forward, double spread) {
    double put = 60 + Math.max(0, strike - forward);
    double call = put + Math.exp(-RATE * YEARS) * (forward - strike);
    int k = quotes.add(strike);
    quotes.set(k, Side.CALL, call - spread / 2, call + spread / 2, Double.NaN);
    quotes.set(k, Side.PUT, put - spread / 2, put + spread / 2, Double.NaN);
  }

  private static ChainQuotes quoted(double forward, double spread) {
    ChainQuotes quotes = new ChainQuotes();
    Arrays.stream(STRIKES).forEach(strike -> quote(quotes, strike, forward, spread));
    return quotes;
  }

  @ParameterizedTest
  @CsvSource({"24512.3,0.065,0.02", "24000,0,1", "25000,-0.01,0.5", "24777.77,0.1,0"})
  void of_pricesInParity_isTheForward(double forward, double rate, double years) {
    double[] puts = Arrays.stream(STRIKES).map(k -> 60 + Math.max(0, k - forward)).toArray();
    double[] calls = calls(forward, puts, rate, years);
    assertThat(of(STRIKES, calls, puts, rate, years))
        .isCloseTo(forward, within(forward * RELATIVE_TOLERANCE));
  }

  @Test
  void of_badPriceFarFromTheMoney_hasNoVote() {
    double[] puts = puts();
    double[] calls = calls(24500, puts, RATE, YEARS);
    calls[0] = 9000;
    assertThat(of(STRIKES, calls, puts, RATE, YEARS))
        .isCloseTo(24500, within(24500 * RELATIVE_TOLERANCE));
  }

  @Test
  void of_badPriceAmongTheNearest_isUnknown() {
    double[] puts = puts();
    double[] calls = calls(24500, puts, RATE, YEARS);
    calls[2] = puts[2];
    assertThat(of(STRIKES, calls, puts, RATE, YEARS)).isNaN();
  }

  @Test
  void of_callsOfOneAndPutsOfAHundred_isUnknownRatherThanNegative() {
    assertThat(
            of(
                new double[] {10, 20, 30},
                new double[] {1, 1, 1},
                new double[] {100, 100, 100},
                RATE,
                YEARS))
        .isNaN();
  }

  @Test
  void of_fiveStrikesDisagreeALittle_isTheirMedian() {
    double[] strikes = {24400, 24450, 24500, 24550, 24600};
    double[] puts = {50, 50, 50, 50, 50};
    double[] calls = {140, 95, 50, 10, 1};
    assertThat(of(strikes, calls, puts, 0, 1)).isEqualTo(24500);
  }

  @ParameterizedTest
  @CsvSource({"0.0049,true", "0.0051,false"})
  void of_quotesThatScatter_agreeWithinHalfAPercent(double scatter, boolean agree) {
    ChainQuotes quotes = new ChainQuotes();
    quote(quotes, 24450, 24500, 1);
    quote(quotes, 24500, 24500, 1);
    quote(quotes, 24550, 24500 * (1 + scatter), 1);
    double forward = new ParityForward().of(quotes, terms(Double.NaN, RATE, 0));
    assertThat(Double.isNaN(forward)).isEqualTo(!agree);
  }

  @ParameterizedTest
  @CsvSource({"0.0024,true", "0.0026,false"})
  void of_lastsThatScatter_agreeWithinHalfOfThat(double scatter, boolean agree) {
    double[] strikes = {24450, 24500, 24550};
    double[] puts = {50, 50, 50};
    double[] calls = {100, 50, 24500 * scatter};
    assertThat(Double.isNaN(of(strikes, calls, puts, RATE, 0))).isEqualTo(!agree);
  }

  @Test
  void of_fourStrikes_isTheMeanOfTheMiddleTwo() {
    double[] strikes = {24400, 24450, 24500, 24550};
    double[] puts = {50, 50, 50, 50};
    double[] calls = {150, 102, 54, 6};
    assertThat(of(strikes, calls, puts, 0, 1)).isEqualTo(24503);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void of_fewerThanThreeStrikesWithBoth_isUnknown(int complete) {
    double[] puts = puts();
    double[] calls = calls(24500, puts, RATE, YEARS);
    Arrays.fill(calls, complete, calls.length, Double.NaN);
    assertThat(of(STRIKES, calls, puts, RATE, YEARS)).isNaN();
  }

  @Test
  void of_threeStrikesWithBoth_isTheForward() {
    double[] puts = puts();
    double[] calls = calls(24500, puts, RATE, YEARS);
    Arrays.fill(puts, 3, puts.length, Double.NaN);
    assertThat(of(STRIKES, calls, puts, RATE, YEARS))
        .isCloseTo(24500, within(24500 * RELATIVE_TOLERANCE));
  }

  @Test
  void of_expired_isUnknown() {
    double[] puts = puts();
    assertThat(of(STRIKES, calls(24500, puts, RATE, 0), puts, RATE, -1e-9)).isNaN();
  }

  @Test
  void of_orderOfStrikes_doesNotMatter() {
    double[] strikes = {24400, 24450, 24500, 24550, 24600, 24650};
    double[] puts = {150, 151, 152, 153, 154, 155};
    double[] calls = {249, 202, 151, 104, 55, 6};
    double expected = of(strikes, calls, puts, 0, 0);
    assertThat(expected).isPositive();
    assertThat(of(reversed(strikes), reversed(calls), reversed(puts), 0, 0)).isEqualTo(expected);
  }

  private static double[] reversed(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[values.length - 1 - i])
        .toArray();
  }

  @Test
  void of_quotedUnderlying_takesTheStrikesNearestToIt() {
    ChainQuotes quotes = new ChainQuotes();
    for (double strike : new double[] {24300, 24350, 24400, 24450, 24500}) {
      quote(quotes, strike, 24400, 1);
    }
    for (double strike : new double[] {24900, 24950, 25000}) {
      int k = quotes.add(strike); // of another moment: call and put cost the same
      quotes.set(k, Side.CALL, 99, 101, Double.NaN);
      quotes.set(k, Side.PUT, 99, 101, Double.NaN);
    }
    assertThat(new ParityForward().of(quotes, terms(24370, RATE, YEARS)))
        .isCloseTo(24400, within(24400 * RELATIVE_TOLERANCE));
    assertThat(new ParityForward().of(quotes, terms(Double.NaN, RATE, YEARS))).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"24500,true", "24370,true", "24230,false", "24800,false", "24900,false"})
  void of_forwardFarFromTheQuotedUnderlying_isUnknown(double underlying, boolean isNear) {
    double forward = new ParityForward().of(quoted(24500, 1), terms(underlying, RATE, YEARS));
    assertThat(Double.isNaN(forward)).isEqualTo(!isNear);
  }

  @ParameterizedTest
  @CsvSource({
    "59,61,true",
    "61,59,false",
    "57,63,true",
    "56.9,63.1,false",
    "0,60,false",
    "0.05,0.15,true",
    "0.05,0.20,false",
    "NaN,60,false"
  })
  void isUsable_spread_isAtMostTwoTicksOrATenth(double bid, double ask, boolean isUsable) {
    ChainQuotes quotes = new ChainQuotes();
    quotes.set(quotes.add(100), Side.PUT, bid, ask, Double.NaN);
    assertThat(quotes.isUsable(0, Side.PUT, 0.05)).isEqualTo(isUsable);
  }

  @Test
  void of_quotesTooWide_isOfTheLastPrices() {
    ChainQuotes quotes = quoted(24600, 40);
    double[] puts = puts();
    double[] calls = calls(24500, puts, RATE, YEARS);
    for (int k = 0; k < STRIKES.length; k++) {
      quotes.set(k, Side.CALL, calls[k] - 200, calls[k] + 200, calls[k]);
      quotes.set(k, Side.PUT, puts[k] / 2, puts[k] * 2, puts[k]);
    }
    assertThat(new ParityForward().of(quotes, terms(Double.NaN, RATE, YEARS)))
        .isCloseTo(24500, within(24500 * RELATIVE_TOLERANCE));
  }

  @Test
  void of_lastsOutsideTheirQuotes_haveNoVote() {
    double[] puts = puts();
    ChainQuotes quotes = lasts(STRIKES, calls(24500, puts, RATE, YEARS), puts);
    for (int k = 0; k < STRIKES.length; k++) {
      quotes.set(k, Side.CALL, 10_000, Double.NaN, quotes.last(k, Side.CALL));
    }
    assertThat(new ParityForward().of(quotes, terms(Double.NaN, RATE, YEARS))).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"100,0.065,0.5", "25000,0,1", "43.21,-0.02,0.001"})
  void standIn_ofTheForwardFromASpot_isTheSpot(double spot, double rate, double years) {
    double forward = ParityForward.fromSpot(spot, rate, 0, years);
    assertThat(ParityForward.standIn(forward, rate, years))
        .isCloseTo(spot, within(spot * RELATIVE_TOLERANCE));
  }

  @Test
  void fromSpot_yieldEqualsRate_isTheSpot() {
    assertThat(ParityForward.fromSpot(100, 0.05, 0.05, 2)).isEqualTo(100);
  }

  @Test
  void fromSpot_yield_lowersTheForward() {
    assertThat(ParityForward.fromSpot(100, 0.05, 0.02, 1))
        .isCloseTo(100 * Math.exp(0.03), within(100 * RELATIVE_TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"0,31536000,1", "0,0,0", "31536000,0,-1", "0,15768000,0.5"})
  void years_seconds_areOf365Days(long observed, long expiryAt, double years) {
    assertThat(ParityForward.years(observed, expiryAt)).isEqualTo(years);
  }
}
