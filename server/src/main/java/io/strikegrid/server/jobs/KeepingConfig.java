package io.strikegrid.server.jobs;

/**
 * What becomes of old data.
 *
 * @param compressAfterDays age in days from which one-minute bars are compressed, where the store
 *     can; 0 for never
 * @param keepDays trading days that are older are dropped; 0 to keep all
 */
public record KeepingConfig(int compressAfterDays, int keepDays) {

  /** Most days. */
  public static final int LONGEST = 36_500;

  /** Compression after a week, everything kept. */
  public static final KeepingConfig USUAL = new KeepingConfig(7, 0);

  /** Checks the bounds. */
  public KeepingConfig {
    if (compressAfterDays < 0 || compressAfterDays > LONGEST) {
      throw new IllegalArgumentException(
          "compressAfterDays must be 0 to " + LONGEST + "; have " + compressAfterDays);
    }
    if (keepDays < 0 || keepDays > LONGEST) {
      throw new IllegalArgumentException("keepDays must be 0 to " + LONGEST + "; have " + keepDays);
    }
  }
}
