package io.strikegrid.engine.market;

import io.strikegrid.engine.check.Check;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * The lot of contracts that expire within a range of dates, from a date on. Of several rules that
 * fit, the one with the latest {@code dateFrom} wins, and of these the one with the narrowest
 * range.
 *
 * @param expiryFrom first expiry date, included
 * @param expiryTo last expiry date, included
 * @param dateFrom first trading date on which the lot holds
 * @param lot units of the underlying in one contract, at least 1
 */
public record LotRule(LocalDate expiryFrom, LocalDate expiryTo, LocalDate dateFrom, int lot) {

  /** Orders rules that fit the same contract so that the one that wins is the greatest. */
  static final Comparator<LotRule> PRECEDENCE =
      Comparator.comparing(LotRule::dateFrom)
          .thenComparing(Comparator.comparingLong(LotRule::rangeDays).reversed());

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException where the range of expiries is empty or the lot below 1
   */
  public LotRule {
    Check.that(
        !expiryTo.isBefore(expiryFrom),
        "expiries of a lot must not end before they start; have " + expiryFrom + " to " + expiryTo);
    Check.inRange("lot", lot, 1, Integer.MAX_VALUE);
  }

  /** Tells whether the rule speaks of contracts of an expiry on a trading date. */
  public boolean fits(LocalDate expiry, LocalDate date) {
    return !expiry.isBefore(expiryFrom) && !expiry.isAfter(expiryTo) && !date.isBefore(dateFrom);
  }

  private long rangeDays() {
    return ChronoUnit.DAYS.between(expiryFrom, expiryTo);
  }
}
