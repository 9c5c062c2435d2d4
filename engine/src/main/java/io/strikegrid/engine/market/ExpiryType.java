package io.strikegrid.engine.market;

/** What an expiry is in its market's listing cycle. */
public enum ExpiryType {
  /** Any expiry that is not the month's own, daily ones included. */
  WEEKLY("weekly"),
  /** The month's own expiry. */
  MONTHLY("monthly");

  private final String label;

  ExpiryType(String label) {
    this.label = label;
  }

  /** The name on every interface: {@code weekly} or {@code monthly}. */
  public String label() {
    return label;
  }
}
