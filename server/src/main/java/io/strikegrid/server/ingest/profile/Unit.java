package io.strikegrid.server.ingest.profile;

import java.util.Locale;

/** How a file's numbers are to be read. */
public enum Unit {
  /** As they are: units of the underlying, currency, fractions. */
  PLAIN(1),
  /** Lots of the contract's size on that day. */
  LOTS(1),
  /** Hundredths. */
  PERCENT(0.01),
  /** Per year, of 365 days. */
  PER_YEAR(1 / 365.0),
  /** Per 1.00 rather than per percentage point. */
  PER_UNIT(0.01);

  private final double factor;

  Unit(double factor) {
    this.factor = factor;
  }

  /** What a number is multiplied by; for lots, their size comes on top. */
  public double factor() {
    return factor;
  }

  static Unit of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
