package io.strikegrid.engine.pricing;

/** Why a price has no implied volatility. */
public enum IvReason {
  /** There is no price, or none above zero. */
  NO_PRICE("no_price"),
  /** The price is not above the discounted intrinsic value, which any volatility exceeds. */
  BELOW_INTRINSIC("below_intrinsic"),
  /** The price is not below the discounted forward (call) or strike (put), its limit. */
  ABOVE_BOUND("above_bound"),
  /** No time is left, or the time of expiry is unknown. */
  EXPIRED("expired"),
  /** The forward is unknown. */
  NO_FORWARD("no_forward"),
  /**
   * The option is in the money, and what its price has above the intrinsic value is less than
   * prices are exact: their rounding is not a volatility.
   */
  NO_TIME_VALUE("no_time_value");

  private final String label;

  IvReason(String label) {
    this.label = label;
  }

  /** The word in answers, logs and metrics. */
  public String label() {
    return label;
  }
}
