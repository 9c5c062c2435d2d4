package io.strikegrid.engine.grid;

/**
 * What a page keeps for each bucket as a whole: the columns of the expiry metrics, known at the end
 * of the bucket. Each is stored under its name in lower case.
 */
public enum BucketField {
  /** Price of the underlying at the newest minute of the bucket. */
  UNDERLYING,
  /** Forward of the expiry, by parity or from the spot. */
  FORWARD,
  /** Continuous rate behind the forward, a fraction. */
  RATE,
  /** Put open interest over call open interest. */
  PCR,
  /** The same of day-cumulative volume. */
  PCR_VOLUME,
  /** Strike at which the writers' payout is smallest. */
  MAX_PAIN,
  /** Open interest of all calls. */
  CALL_OI,
  /** Open interest of all puts. */
  PUT_OI,
  /** Day-cumulative volume of all calls. */
  CALL_VOLUME_DAY,
  /** Day-cumulative volume of all puts. */
  PUT_VOLUME_DAY,
  /** Implied volatility at the forward, a fraction. */
  ATM_IV,
  /** Call plus put price at the strike at the money. */
  STRADDLE,
  /** Contracts counted. */
  CONTRACTS,
  /** Those of them whose newest bar is older than the bucket. */
  CARRIED,
  /** Event time of the newest observation, epoch seconds UTC. */
  OBSERVED_AT,
  /** Ordinal of the underlying's source. */
  UNDERLYING_SOURCE,
  /** Distance of two strikes near the money, as known at the end of the bucket. */
  STRIKE_GAP;

  /** The column's name in the metrics tables. */
  public String column() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
