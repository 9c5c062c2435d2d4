package io.strikegrid.server.store;

import io.strikegrid.engine.time.Timeframe;
import java.time.LocalDate;

/**
 * The roll-up rows that are compared with the one-minute rows at a time: those of a symbol whose
 * buckets start in {@code [from, to)}.
 *
 * @param symbol canonical symbol
 * @param day the trading day that the buckets are of
 * @param from start of a bucket, epoch seconds UTC
 * @param to after the last bucket, epoch seconds UTC
 * @param isThorough whether stored rows of every expiry are looked at, and not of the day's alone,
 *     which is faster; either way every one-minute row is
 */
public record AuditPart(
    Timeframe timeframe, String symbol, LocalDate day, long from, long to, boolean isThorough) {

  /** Checks the bounds. */
  public AuditPart {
    if (timeframe == Timeframe.MIN1) {
      throw new IllegalArgumentException("timeframe must be one that is rolled up; have 1min");
    }
    if (timeframe.floor(from) != from || to <= from) {
      throw new IllegalArgumentException(
          "buckets must be whole and some; have from %d to %d".formatted(from, to));
    }
  }
}
