package io.strikegrid.engine.market;

import static io.strikegrid.engine.market.Examples.NO_END;
import static io.strikegrid.engine.market.Examples.date;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderlyingTest {

  private static final Underlying NIFTY = Examples.nifty();

  @ParameterizedTest
  @CsvSource({
    "2025-04-24,2025-04-24,MONTHLY",
    "2025-04-30,2025-05-01,WEEKLY",
    "2025-04-09,2025-04-10,WEEKLY",
    "2025-08-28,2025-08-28,MONTHLY",
    "2025-08-29,2025-09-02,WEEKLY",
    "2025-09-25,2025-09-30,MONTHLY",
    "2025-10-20,2025-10-21,WEEKLY",
    "2026-03-30,2026-03-31,MONTHLY",
    "2029-12-24,2029-12-25,MONTHLY"
  })
  void typeOf_anyExpiry_isThatOfItsScheduledDate(
      LocalDate expiry, LocalDate scheduled, ExpiryType type) {
    assertThat(NIFTY.scheduled(expiry)).isEqualTo(scheduled);
    assertThat(NIFTY.typeOf(expiry)).contains(type);
  }

  @Test
  void typeOf_beforeTheFirstRule_isEmpty() {
    assertThat(NIFTY.typeOf(date("2018-12-27"))).isEmpty();
    assertThat(NIFTY.scheduled(date("2018-12-27"))).isEqualTo("2018-12-27");
  }

  @ParameterizedTest
  @CsvSource({"2024-12-24,MONTHLY", "2024-12-25,MONTHLY", "2024-12-18,", "2024-12-26,"})
  void typeOf_monthlyExpiriesOnly_isEmptyElsewhere(LocalDate expiry, ExpiryType type) {
    Underlying monthlyOnly =
        Examples.nse(
            List.of(new ExpiryRule(date("2024-11-14"), null, DayOfWeek.WEDNESDAY)), List.of());
    assertThat(monthlyOnly.typeOf(expiry).orElse(null)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-09-06,WEEKLY",
    "2023-09-28,MONTHLY",
    "2023-09-21,WEEKLY",
    "2023-10-26,MONTHLY",
  })
  void typeOf_weekdaysDiffer_judgesEachByItsOwn(LocalDate expiry, ExpiryType type) {
    Underlying bank =
        Examples.nse(
            List.of(new ExpiryRule(date("2023-09-01"), DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY)),
            List.of());
    assertThat(bank.typeOf(expiry)).contains(type);
  }

  @ParameterizedTest
  @CsvSource({"2025-08-29,MONTHLY", "2025-08-22,WEEKLY", "2025-08-27,WEEKLY", "2025-08-30,WEEKLY"})
  void typeOf_marketWithoutClosedDays_movesNoExpiry(LocalDate expiry, ExpiryType type) {
    Underlying bitcoin = Examples.bitcoin();
    assertThat(bitcoin.scheduled(expiry)).isEqualTo(expiry);
    assertThat(bitcoin.typeOf(expiry)).contains(type);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-12-26,2024-12-01,25",
    "2025-01-02,2024-11-20,25",
    "2025-01-02,2024-11-21,75",
    "2025-01-30,2024-11-21,25",
    "2025-02-06,2025-02-01,75"
  })
  void lot_severalRulesFit_latestDateThenNarrowestRangeWins(
      LocalDate expiry, LocalDate on, int lot) {
    Underlying underlying =
        Examples.nse(
            List.of(),
            List.of(
                new LotRule(date("2025-01-01"), NO_END, date("2024-11-21"), 75),
                new LotRule(date("2025-01-30"), date("2025-01-30"), date("2024-11-21"), 25),
                new LotRule(date("2024-05-02"), NO_END, date("2024-04-26"), 25)));
    assertThat(underlying.lot(expiry, on)).hasValue(lot);
  }

  @Test
  void lot_noRuleFits_isEmpty() {
    assertThat(NIFTY.lot(date("2025-01-30"), date("2025-01-01"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2019-12-31,0,0", "2020-01-01,0.065,0", "2023-12-31,0.065,0", "2024-01-01,0.07,0.01"})
  void carry_date_isThatOfTheRuleInForce(LocalDate on, double rate, double yield) {
    assertThat(NIFTY.rate(on)).isEqualTo(rate);
    assertThat(NIFTY.yield(on)).isEqualTo(yield);
  }

  @Test
  void underlying_rulesOfTheSameDate_areRefused() {
    ExpiryRule rule = new ExpiryRule(date("2020-01-01"), null, DayOfWeek.THURSDAY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Examples.nse(List.of(rule, rule), List.of()))
        .withMessageContaining("2020-01-01");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -50, Double.NaN})
  void underlying_gapNotPositive_isRefused(double gap) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Underlying(
                "X",
                "X",
                "NSE",
                NIFTY.calendar(),
                OptionalDouble.of(gap),
                List.of(),
                List.of(),
                List.of(),
                true,
                PricingRules.USUAL))
        .withMessageContaining("strike gap of X must be positive");
  }

  @ParameterizedTest
  @ValueSource(doubles = {6.5, -1.01, Double.NaN})
  void carryRule_percentageForAFraction_isRefused(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CarryRule(date("2020-01-01"), rate, 0))
        .withMessageContaining("rate must be a fraction");
  }

  @Test
  void lotRule_outOfBounds_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LotRule(date("2025-01-02"), date("2025-01-01"), date("2024-01-01"), 75));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LotRule(date("2025-01-01"), NO_END, date("2024-01-01"), 0));
  }
}
