package io.strikegrid.engine.market;

import io.strikegrid.engine.check.Check;
import io.strikegrid.engine.time.TradingCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What options are written on, with every rule that depends on symbol and date.
 *
 * <p>An expiry that a holiday moved earlier stands for its <em>scheduled</em> date: the first date
 * on or after it, within 6 days, that the rule then in force schedules. So 30 April 2025 stands for
 * Thursday 1 May and is weekly, though it is the last expiry of April. A market that trades on all
 * seven weekdays without a holiday moves no expiry, so there each stands for itself.
 *
 * @param symbol canonical symbol, not blank
 * @param name name for people, not blank
 * @param market name of the market it belongs to, not blank
 * @param calendar when it trades
 * @param strikeGap usual distance of neighbouring strikes near the money; empty where not known
 * @param expiryRules kept in ascending order of their first date; may be empty
 * @param lots in any order; may be empty
 * @param carry kept in ascending order of their first date; may be empty
 * @param wholeUnits whether open interest and volume are whole numbers of units
 * @param pricing what pricing has to know besides the carry
 */
public record Underlying(
    String symbol,
    String name,
    String market,
    TradingCalendar calendar,
    OptionalDouble strikeGap,
    List<ExpiryRule> expiryRules,
    List<LotRule> lots,
    List<CarryRule> carry,
    boolean wholeUnits,
    PricingRules pricing) {

  private static final int FURTHEST_MOVE_DAYS = 6;

  /**
   * Checks the parts, copies the lists and puts rules in order of their first date.
   *
   * @throws IllegalArgumentException where a name is blank, the gap not positive, or two expiry
   *     rules or two carry rules start on the same date
   */
  public Underlying {
    Check.notBlank("symbol", symbol);
    Check.notBlank("name of " + symbol, name);
    Check.notBlank("market of " + symbol, market);
    if (strikeGap.isPresent()) {
      Check.positive("strike gap of " + symbol, strikeGap.getAsDouble());
    }
    expiryRules = inOrder("expiry rules of " + symbol, expiryRules, ExpiryRule::from);
    lots = List.copyOf(lots);
    carry = inOrder("carry rules of " + symbol, carry, CarryRule::from);
  }

  /**
   * Units in one contract of an expiry on a trading date.
   *
   * @return the lot, at least 1, or empty where no rule fits
   */
  public OptionalInt lot(LocalDate expiry, LocalDate date) {
    return lots.stream()
        .filter(rule -> rule.fits(expiry, date))
        .max(LotRule.PRECEDENCE)
        .map(rule -> OptionalInt.of(rule.lot()))
        .orElse(OptionalInt.empty());
  }

  /** Interest rate per year on a date, continuous, a fraction; 0 before the first rule. */
  public double rate(LocalDate date) {
    CarryRule rule = inForce(carry, CarryRule::from, date);
    return rule == null ? 0 : rule.rate();
  }

  /** Yield per year on a date, continuous, a fraction; 0 before the first rule. */
  @SuppressWarnings("NamedLikeContextualKeyword")
  public double yield(LocalDate date) {
    CarryRule rule = inForce(carry, CarryRule::from, date);
    return rule == null ? 0 : rule.yield();
  }

  /**
   * Type of an expiry by the rule in force on its scheduled date.
   *
   * @return the type, or empty where no rule was in force yet, or it lists monthly expiries only
   *     and this date stands for none
   */
  public Optional<ExpiryType> typeOf(LocalDate expiry) {
    LocalDate scheduled = scheduled(expiry);
    ExpiryRule rule = inForce(expiryRules, ExpiryRule::from, scheduled);
    if (rule == null) {
      return Optional.empty();
    }
    if (rule.isMonthly(scheduled)) {
      return Optional.of(ExpiryType.MONTHLY);
    }
    return rule.weekly() == null ? Optional.empty() : Optional.of(ExpiryType.WEEKLY);
  }

  /**
   * The date an expiry stands for: itself, or the later date it was moved from.
   *
   * @return {@code expiry} to 6 days later; {@code expiry} itself where no rule schedules any of
   *     these dates
   */
  public LocalDate scheduled(LocalDate expiry) {
    int furthest = movesExpiries() ? FURTHEST_MOVE_DAYS : 0;
    for (int ahead = 0; ahead <= furthest; ahead++) {
      LocalDate candidate = expiry.plusDays(ahead);
      ExpiryRule rule = inForce(expiryRules, ExpiryRule::from, candidate);
      if (rule != null && rule.schedules(candidate)) {
        return candidate;
      }
    }
    return expiry;
  }

  private boolean movesExpiries() {
    return calendar.weekdays().size() < DayOfWeek.values().length || !calendar.holidays().isEmpty();
  }

  private static <T> @Nullable T inForce(
      List<T> ascending, Function<T, LocalDate> from, LocalDate date) {
    for (int i = ascending.size() - 1; i >= 0; i--) {
      if (!from.apply(ascending.get(i)).isAfter(date)) {
        return ascending.get(i);
      }
    }
    return null;
  }

  private static <T> List<T> inOrder(String what, List<T> rules, Function<T, LocalDate> from) {
    HashSet<LocalDate> seen = new HashSet<>();
    for (T rule : rules) {
      Check.that(
          seen.add(from.apply(rule)),
          what + " must differ in date; have two of " + from.apply(rule));
    }
    return rules.stream().sorted(Comparator.comparing(from)).toList();
  }
}
