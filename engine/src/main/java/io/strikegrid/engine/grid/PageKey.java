package io.strikegrid.engine.grid;

import io.strikegrid.engine.check.Check;
import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;

/**
 * What a page holds.
 *
 * @param symbol the canonical symbol of the underlying
 * @param expiry date of expiry in the exchange's zone
 * @param timeframe length of a bucket
 * @param day trading day in the exchange's zone
 */
public record PageKey(String symbol, LocalDate expiry, Timeframe timeframe, LocalDate day) {

  /** Checks the symbol. */
  public PageKey {
    Check.notBlank("symbol", symbol);
  }
}
