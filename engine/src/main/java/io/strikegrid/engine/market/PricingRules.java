package io.strikegrid.engine.market;

import io.strikegrid.engine.check.Check;

/**
 * What pricing has to know of a symbol besides its carry.
 *
 * @param isForwardQuoted whether the underlying that comes with an expiry is that expiry's own
 *     forward, as venues of crypto options give it; otherwise the forward is by put-call parity
 * @param isSpotForward whether Greeks take the forward for the spot, S = F
 * @param tick smallest step of option prices, in the underlying's currency; 0 where not known
 * @param away how far a forward may lie from a quoted underlying carried to the expiry, a fraction
 *     of that
 * @param awayPerYear how much further for each year to the expiry
 */
public record PricingRules(
    boolean isForwardQuoted, boolean isSpotForward, double tick, double away, double awayPerYear) {

  /** Forwards by parity, within half a percent and 4 % a year of the underlying. */
  public static final PricingRules USUAL = new PricingRules(false, false, 0, 0.005, 0.04);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where one of them is negative or not finite
   */
  public PricingRules {
    checkNotNegative("tick", tick);
    checkNotNegative("away", away);
    checkNotNegative("away per year", awayPerYear);
  }

  private static void checkNotNegative(String name, double value) {
    Check.that(
        value >= 0 && Double.isFinite(value),
        name + " must be a number not below 0; have " + value);
  }

  /** The same with another step of prices. */
  public PricingRules withTick(double other) {
    return new PricingRules(isForwardQuoted, isSpotForward, other, away, awayPerYear);
  }

  /** The same where Greeks take the forward for the spot, or do not. */
  public PricingRules withSpotForward(boolean is) {
    return new PricingRules(isForwardQuoted, is, tick, away, awayPerYear);
  }

  /** The same where each expiry comes with its own forward, or does not. */
  public PricingRules withForwardQuoted(boolean is) {
    return new PricingRules(is, isSpotForward, tick, away, awayPerYear);
  }

  /**
   * Whether a forward is near enough to what the quoted underlying says of it.
   *
   * @param carried the underlying carried to the expiry, S·e^((r-q)T)
   * @param years to the expiry
   */
  public boolean isNear(double forward, double carried, double years) {
    return Math.abs(forward - carried) <= (away + awayPerYear * years) * carried;
  }
}
