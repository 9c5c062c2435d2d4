package io.strikegrid.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.grid.BucketField;
import io.strikegrid.engine.grid.GridField;
import io.strikegrid.engine.grid.GridPage;
import io.strikegrid.engine.pricing.ParityForward;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MinuteMetricsTest {

  private static final double FORWARD = 103;
  private static final double RELATIVE_TOLERANCE = 1e-12;
  private static final long EXPIRY_AT =
      Chain.nifty().calendar().expiryAt(Chain.EXPIRY).getEpochSecond();

  private static List<MinuteMetrics> of(GridPage page) {
    return MinuteMetrics.of(page, Chain.nifty(), 0, new TreeMap<>());
  }

  private static Chain quoted(Chain chain, int bucket, double underlying) {
    return chain
        .underlying(bucket, underlying)
        .whole(bucket, BucketField.UNDERLYING_SOURCE, UnderlyingSource.QUOTED.ordinal());
  }

  private static double years(int minute) {
    return ParityForward.years(Chain.OPEN + 60L * minute + 59, EXPIRY_AT);
  }

  private static void prices(
      Chain chain, int bucket, GridField field, double forward, int strikes, double off) {
    double discount = Math.exp(-Chain.RATE * years(bucket));
    for (int i = 0; i < strikes; i++) {
      double strike = 90 + Chain.GAP * i;
      double put = 20 + off;
      chain.both(bucket, strike, field, 20 + discount * (forward - strike) + off, put);
    }
  }

  private static void assertForward(Chain chain, double expected) {
    assertThat(of(chain.page()).getLast().forward())
        .isCloseTo(expected, within(expected * RELATIVE_TOLERANCE));
  }

  @Test
  void of_pricesInParity_prefersTheirForwardToTheSpot() {
    Chain chain = quoted(Chain.wide(), 0, 102.7);
    prices(chain, 0, GridField.PRICE, FORWARD, 5, 0);
    assertForward(chain, FORWARD);
  }

  @Test
  void of_allFourQuotes_takesTheirMiddle() {
    Chain chain = quoted(Chain.wide(), 0, 102.7);
    prices(chain, 0, GridField.PRICE, 103.1, 5, 0);
    prices(chain, 0, GridField.BID, FORWARD, 5, -0.5);
    prices(chain, 0, GridField.ASK, FORWARD, 5, 0.5);
    assertForward(chain, FORWARD);
  }

  @Test
  void of_oneQuoteMissing_takesTheLastPricesOfTheStrike() {
    Chain chain = quoted(Chain.wide(), 0, 102.7);
    prices(chain, 0, GridField.PRICE, FORWARD, 5, 0);
    prices(chain, 0, GridField.BID, FORWARD, 5, -1);
    prices(chain, 0, GridField.ASK, FORWARD, 5, 0.2);
    for (double strike = 90; strike <= 130; strike += Chain.GAP) {
      chain.put(0, strike, GridField.BID, 0);
    }
    assertForward(chain, FORWARD);
  }

  @Test
  void of_twoStrikesAndQuotedSpot_growsTheSpotByRateLessYield() {
    Chain chain = quoted(Chain.wide(), 0, 100);
    prices(chain, 0, GridField.PRICE, FORWARD, 2, 0);
    assertForward(chain, 100 * Math.exp((Chain.RATE - Chain.YIELD) * years(0)));
  }

  @Test
  void of_twoStrikesAndAStandIn_growsItToo() {
    Chain chain =
        Chain.wide()
            .underlying(0, 100)
            .whole(0, BucketField.UNDERLYING_SOURCE, UnderlyingSource.PARITY.ordinal());
    prices(chain, 0, GridField.PRICE, FORWARD, 2, 0);
    assertForward(chain, 100 * Math.exp((Chain.RATE - Chain.YIELD) * years(0)));
  }

  @Test
  void of_nothingToGoBy_hasNoForwardAndNoSource() {
    MinuteMetrics row = of(Chain.wide().call(0, 100, GridField.OI, 5).page()).getFirst();
    assertThat(row.forward()).isNaN();
    assertThat(row.underlying()).isNaN();
    assertThat(row.source()).isEqualTo(UnderlyingSource.NONE);
    assertThat(row.rate()).isEqualTo(Chain.RATE);
    assertThat(row.state().callOi()).isEqualTo(5);
  }

  @Test
  void of_expired_hasNoForward() {
    Chain chain = Chain.expiring(LocalDate.of(2025, 8, 28), 90, 100, 110, 120, 130);
    quoted(chain, 0, 100);
    prices(chain, 0, GridField.PRICE, FORWARD, 5, 0);
    assertThat(of(chain.page()).getFirst().forward()).isNaN();
  }

  @Test
  void of_pricesOfAnEarlierMinute_giveNoForward() {
    Chain chain = Chain.wide();
    prices(chain, 0, GridField.PRICE, FORWARD, 5, 0);
    chain.call(1, 100, GridField.OI, 5);
    assertThat(of(chain.page()).getLast().forward()).isNaN();
  }

  @Test
  void of_minutesWithoutABar_haveNoRow() {
    Chain chain =
        Chain.wide().call(1, 100, GridField.OI, 5).underlying(2, 100).put(4, 100, GridField.OI, 6);
    assertThat(of(chain.page()))
        .extracting(MinuteMetrics::bucket)
        .containsExactly(Chain.OPEN + 60, Chain.OPEN + 240);
  }

  @Test
  void of_eachMinute_knowsNothingOfLaterOnes() {
    Chain chain =
        Chain.wide()
            .call(0, 100, GridField.OI, 5)
            .call(1, 110, GridField.OI, 7)
            .call(2, 100, GridField.OI, 9);
    List<MinuteMetrics> rows = of(chain.page());
    assertThat(rows).extracting(row -> row.state().callOi()).containsExactly(5.0, 12.0, 16.0);
    assertThat(rows).extracting(row -> row.state().carried()).containsExactly(0, 1, 1);
  }

  @Test
  void of_laterFirstBucket_knowsWhatCameBefore() {
    GridPage page =
        Chain.wide()
            .call(0, 100, GridField.OI, 5)
            .call(1, 110, GridField.OI, 7)
            .call(2, 100, GridField.OI, 9)
            .page();
    List<MinuteMetrics> all = of(page);
    assertThat(MinuteMetrics.of(page, Chain.nifty(), 1, new TreeMap<>()))
        .isEqualTo(all.subList(1, 3));
  }

  @Test
  void of_lastObservation_isTheOneTold() {
    TreeMap<Long, Long> observed = new TreeMap<>();
    observed.put(Chain.OPEN, Chain.OPEN + 17);
    GridPage page = Chain.wide().call(0, 100, GridField.OI, 5).call(1, 100, GridField.OI, 5).page();
    assertThat(MinuteMetrics.of(page, Chain.nifty(), 0, observed))
        .extracting(MinuteMetrics::observedAt)
        .containsExactly(Chain.OPEN + 17, Chain.OPEN + 60 + 59);
  }

  @Test
  void of_lastObservation_setsTheTimeToExpiry() {
    TreeMap<Long, Long> observed = new TreeMap<>();
    observed.put(Chain.OPEN, Chain.OPEN + 17);
    Chain chain = quoted(Chain.wide().call(0, 100, GridField.OI, 5), 0, 100);
    double years = ParityForward.years(Chain.OPEN + 17, EXPIRY_AT);
    assertThat(MinuteMetrics.of(chain.page(), Chain.nifty(), 0, observed).getFirst().forward())
        .isEqualTo(ParityForward.fromSpot(100, Chain.RATE, Chain.YIELD, years));
  }
}
