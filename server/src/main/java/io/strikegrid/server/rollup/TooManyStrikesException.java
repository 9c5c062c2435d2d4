package io.strikegrid.server.rollup;

import java.time.LocalDate;

/**
 * Says that an expiry would have more strikes on a day than a page can hold in reasonable memory.
 * Nothing of the day that brought them is committed.
 */
public final class TooManyStrikesException extends RuntimeException {

  /** Most strikes of one expiry on one trading day. */
  public static final int MOST = 2_000;

  private static final long serialVersionUID = 1;

  private final LocalDate expiry;

  private TooManyStrikesException(LocalDate expiry, int strikes) {
    super(
        "strikes of expiry "
            + expiry
            + " must be at most "
            + MOST
            + " on a trading day; have "
            + strikes);
    this.expiry = expiry;
  }

  /** The expiry that has too many. */
  public LocalDate expiry() {
    return expiry;
  }

  static void check(LocalDate expiry, int strikes) {
    if (strikes > MOST) {
      throw new TooManyStrikesException(expiry, strikes);
    }
  }
}
