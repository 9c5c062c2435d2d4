package io.strikegrid.server.store;

import io.strikegrid.engine.time.Timeframe;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a roll-up that is not what the one-minute rows make of it, or a whole row of which only
 * one of the two knows.
 *
 * @param symbol canonical symbol
 * @param bucket start of its bucket, epoch seconds UTC
 * @param column empty where it is a whole row
 * @param stored the stored value as SQL shows it; null is NULL
 * @param mustBe the same of what it must be
 */
public record RollupDifference(
    Timeframe timeframe,
    String symbol,
    LocalDate expiry,
    double strike,
    long bucket,
    Kind kind,
    String column,
    @Nullable String stored,
    @Nullable String mustBe) {

  /** In what way. */
  public enum Kind {
    /** A value is another. */
    VALUE,
    /** The row is not stored. */
    MISSING,
    /** The row is stored and must not be, or is stored twice. */
    SURPLUS
  }

  /** For people, in one line. */
  public String text() {
    String where =
        "%s: %s %s %s at %s"
            .formatted(
                BarStore.table(timeframe), symbol, expiry, strike, Instant.ofEpochSecond(bucket));
    return switch (kind) {
      case VALUE -> "%s: %s must be %s; have %s".formatted(where, column, mustBe, stored);
      case MISSING -> where + ": the row is missing";
      case SURPLUS -> where + ": the row must not be there";
    };
  }
}
