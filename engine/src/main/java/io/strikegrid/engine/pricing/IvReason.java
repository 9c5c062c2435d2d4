package io.strikegrid.engine.pricing;

import java.util.Locale;

/** Why there is no implied volatility. */
public enum IvReason {
  /** There is no price, or none above zero. */
  NO_PRICE,
  /** The price is at or below what exercise alone is worth. */
  BELOW_INTRINSIC,
  /** The price is at or above its bound: the discounted forward of a call, strike of a put. */
  ABOVE_BOUND,
  /** The option has expired. */
  EXPIRED,
  /** There is no forward to price on. */
  NO_FORWARD;

  /** The name in answers, tables and counts, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
