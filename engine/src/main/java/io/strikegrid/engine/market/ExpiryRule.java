package io.strikegrid.engine.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * On which weekdays expiries are scheduled, from a date until the next rule takes over.
 *
 * @param from first scheduled expiry date the rule is in force for
 * @param weekly weekday of weekly expiries; null where only monthly ones are listed
 * @param monthly weekday whose last date in a month is the monthly expiry
 */
public record ExpiryRule(LocalDate from, @Nullable DayOfWeek weekly, DayOfWeek monthly) {

  /** Tells whether a date is the last {@link #monthly} weekday of its month. */
  public boolean isMonthly(LocalDate scheduled) {
    return scheduled.equals(scheduled.with(TemporalAdjusters.lastInMonth(monthly)));
  }

  /** Tells whether the rule schedules an expiry, weekly or monthly, on a date. */
  public boolean schedules(LocalDate date) {
    return isMonthly(date) || date.getDayOfWeek() == weekly;
  }
}
