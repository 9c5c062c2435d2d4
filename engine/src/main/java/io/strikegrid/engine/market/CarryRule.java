package io.strikegrid.engine.market;

import io.strikegrid.engine.check.Check;
import java.time.LocalDate;

/**
 * Interest and yield from a date until the next rule takes over.
 *
 * @param from first trading date the rule is in force for
 * @param rate interest rate per year, continuous, a fraction (0.065 is 6.5 %); negative ones exist
 * @param yield yield of the underlying per year, continuous, a fraction
 */
public record CarryRule(LocalDate from, double rate, double yield) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where one of them is not between -1 and 1, as a percentage
   *     given for a fraction would be
   */
  public CarryRule {
    Check.that(Math.abs(rate) <= 1, "rate must be a fraction from -1 to 1; have " + rate);
    boolean yieldFits = Math.abs(yield) <= 1;
    Check.that(yieldFits, "yield must be a fraction from -1 to 1; have " + yield);
  }
}
