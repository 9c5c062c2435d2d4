package io.strikegrid.engine.market;

import io.strikegrid.engine.check.Check;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name for whichever expiry is the n-th nearest of its kind, such as {@code NMonth+0}.
 *
 * @param kind which expiries are counted
 * @param n how many nearer ones of the kind are passed over, 0 to 99
 */
public record ExpiryLabel(Kind kind, int n) {

  /** Which expiries a label counts. */
  public enum Kind {
    /** Every expiry, whichever type. */
    WEEK("NWeek"),
    /** Monthly expiries. */
    MONTH("NMonth"),
    /** Monthly expiries of March, June, September and December. */
    QUARTER("NQuarter");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Largest number of a label. */
  static final int LARGEST = 99;

  private static final Pattern FORM = Pattern.compile("(NWeek|NMonth|NQuarter)\\+(\\d{1,2})");

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException where it is outside 0 to 99
   */
  public ExpiryLabel {
    Check.inRange("number of an expiry label", n, 0, LARGEST);
  }

  /**
   * Reads a label such as {@code NWeek+0}, {@code NMonth+2} or {@code NQuarter+0}; case counts.
   *
   * @return the label, or empty where the text is none
   */
  public static Optional<ExpiryLabel> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      if (kind.prefix.equals(matcher.group(1))) {
        return Optional.of(new ExpiryLabel(kind, Integer.parseInt(matcher.group(2))));
      }
    }
    return Optional.empty();
  }

  /** The label as people write it; {@link #parse} reads it back. */
  public String text() {
    return kind.prefix + "+" + n;
  }
}
