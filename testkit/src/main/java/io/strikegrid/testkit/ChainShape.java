package io.strikegrid.testkit;

import io.strikegrid.engine.check.Check;

/**
 * What a {@link ChainGenerator} makes. Probabilities are from 0 to 1 and each applies on its own.
 *
 * @param strikes how many strikes, around the centre
 * @param gap distance of neighbouring strikes
 * @param centre the middle strike, and where the underlying starts
 * @param lot open interest and volume are multiples of it
 * @param firstMinute number of the first minute, counted from the session's opening
 * @param minutes how many minutes; those beyond the close are left out
 * @param perMinute observations of a contract in a minute, at most 60
 * @param missingSide that a side is not seen in a minute
 * @param unknownField that a field of an observation is unknown
 * @param zero that open interest, price or quote is a real zero
 * @param late that an observation arrives minutes after its event
 * @param duplicate that an observation arrives twice
 * @param decrease that the cumulative volume is reported lower than before
 * @param dropout that a side is reported with all its amounts at zero, though it was traded
 * @param fractional whether open interest and volume have fractions of a unit
 */
public record ChainShape(
    int strikes,
    double gap,
    double centre,
    double lot,
    int firstMinute,
    int minutes,
    int perMinute,
    double missingSide,
    double unknownField,
    double zero,
    double late,
    double duplicate,
    double decrease,
    double dropout,
    boolean fractional) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException where a number is out of its bounds
   */
  public ChainShape {
    Check.inRange("strikes", strikes, 1, 1000);
    Check.positive("gap", gap);
    Check.positive("lowest strike", lowest(strikes, gap, centre));
    Check.positive("lot", lot);
    Check.inRange("first minute", firstMinute, 0, 1439);
    Check.inRange("minutes", minutes, 1, 1440);
    Check.inRange("observations in a minute", perMinute, 1, 60);
    for (double probability :
        new double[] {missingSide, unknownField, zero, late, duplicate, decrease, dropout}) {
      Check.that(
          probability >= 0 && probability <= 1,
          "a probability must be 0 to 1; have " + probability);
    }
  }

  /** A chain without any fault: 11 strikes 50 apart around 24,500, lot 75, one a minute. */
  public static ChainShape clean(int minutes) {
    return new ChainShape(11, 50, 24_500, 75, 0, minutes, 1, 0, 0, 0, 0, 0, 0, 0, false);
  }

  /** The same chain with every fault there is, often enough to be met within an hour. */
  public static ChainShape messy(int minutes) {
    return new ChainShape(
        11, 50, 24_500, 75, 0, minutes, 2, 0.1, 0.1, 0.02, 0.05, 0.05, 0.03, 0.01, false);
  }

  /** The same with other strikes. */
  public ChainShape withStrikes(int count, double apart, double around) {
    return new ChainShape(
        count,
        apart,
        around,
        lot,
        firstMinute,
        minutes,
        perMinute,
        missingSide,
        unknownField,
        zero,
        late,
        duplicate,
        decrease,
        dropout,
        fractional);
  }

  /** The same from another minute on. */
  public ChainShape from(int minute) {
    return new ChainShape(
        strikes,
        gap,
        centre,
        lot,
        minute,
        minutes,
        perMinute,
        missingSide,
        unknownField,
        zero,
        late,
        duplicate,
        decrease,
        dropout,
        fractional);
  }

  /** The same with fractions of a unit. */
  public ChainShape withFractions() {
    return new ChainShape(
        strikes,
        gap,
        centre,
        lot,
        firstMinute,
        minutes,
        perMinute,
        missingSide,
        unknownField,
        zero,
        late,
        duplicate,
        decrease,
        dropout,
        true);
  }

  /** A strike by its number. */
  double strike(int k) {
    return lowest(strikes, gap, centre) + k * gap;
  }

  private static double lowest(int strikes, double gap, double centre) {
    int below = strikes / 2;
    return centre - below * gap;
  }
}
