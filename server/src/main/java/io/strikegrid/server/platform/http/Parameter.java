package io.strikegrid.server.platform.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A parameter that a resource takes: its name, how its text becomes a value, and what is allowed in
 * words. Immutable.
 *
 * @param name as it stands in the URL
 * @param allowed what it may be, to follow "must be"
 * @param most how many values it may have in one request
 * @param reader makes the value of a text
 */
public record Parameter<T>(String name, String allowed, int most, Reader<T> reader) {

  private static final long LATEST = 4_102_444_800L;
  private static final LocalDate FIRST_DATE = LocalDate.of(1970, 1, 1);
  private static final LocalDate LAST_DATE = LocalDate.of(2100, 1, 1);
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,300}");
  private static final Pattern NUMBER =
      Pattern.compile("-?(\\d{1,300}(\\.\\d{0,300})?|\\.\\d{1,300})([eE][+-]?\\d{1,5})?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern NAME =
      Pattern.compile(
          "[^\\x00-\\x20\\x7f-\\xa0](?:[^\\x00-\\x1f\\x7f-\\x9f]*[^\\x00-\\x20\\x7f-\\xa0])?");
  private static final Pattern ISO_TIME =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)"
              + "(?:([Zz])|([+ -])(\\d{2}:\\d{2}))");
  private static final int DIGITS_OF_LONG = 18;

  /** Makes a value of a text. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * The value, or empty where the text means nothing.
     *
     * @throws OutOfRange where it means something outside the bounds
     */
    Optional<T> read(String text) throws OutOfRange;
  }

  /** A value that is understood and not allowed. */
  public static final class OutOfRange extends Exception {
    private static final long serialVersionUID = 1;

    /** Says nothing: the parameter does. */
    public OutOfRange() {
      super(null, null, false, false);
    }
  }

  /** A parameter of any kind, given once. */
  public static <T> Parameter<T> of(String name, String allowed, Reader<T> reader) {
    return new Parameter<>(name, allowed, 1, reader);
  }

  /** The same parameter, allowed up to so many times. */
  public Parameter<T> repeatable(int times) {
    return new Parameter<>(name, allowed, times, reader);
  }

  /** One of a few values, each known by its label; case counts. */
  public static <T> Parameter<T> oneOf(
      String name, Collection<T> values, Function<T, String> label) {
    String labels = values.stream().map(label).collect(Collectors.joining(", "));
    return of(
        name,
        "one of " + labels,
        text -> values.stream().filter(one -> label.apply(one).equals(text)).findFirst());
  }

  /** A name of 1 to so many characters; see {@link #isName}. */
  public static Parameter<String> name(String name, int longest) {
    return of(
        name,
        "a name of 1 to " + longest + " characters",
        text -> Optional.of(text).filter(t -> isName(t, longest)));
  }

  /**
   * Whether a text is a name: 1 to so many characters, none of them a control character, and no
   * blank at its ends.
   */
  public static boolean isName(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest && NAME.matcher(text).matches();
  }

  /** A whole number within bounds, both included. */
  public static Parameter<Integer> whole(String name, int low, int high) {
    return of(
        name,
        "a whole number from " + low + " to " + high,
        text -> {
          if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
          }
          long value = text.length() > DIGITS_OF_LONG ? Long.MAX_VALUE : Long.parseLong(text);
          return Optional.of((int) within(value, low, high));
        });
  }

  /** A positive number of at most so much. */
  public static Parameter<Double> positive(String name, double high) {
    return of(
        name,
        "a number above 0, at most " + (long) high,
        text -> {
          if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
          }
          double value = Double.parseDouble(text);
          if (!(value > 0) || value > high) {
            throw new OutOfRange();
          }
          return Optional.of(value);
        });
  }

  /** A date from 1970 to 2099. */
  public static Parameter<LocalDate> date(String name) {
    return of(name, "a date as YYYY-MM-DD, from 1970 to 2099", Parameter::readDate);
  }

  /** Reads a date from 1970 to 2099. */
  public static Optional<LocalDate> readDate(String text) throws OutOfRange {
    if (!DATE.matcher(text).matches()) {
      return Optional.empty();
    }
    LocalDate date;
    try {
      date = LocalDate.parse(text);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    if (date.isBefore(FIRST_DATE) || !date.isBefore(LAST_DATE)) {
      throw new OutOfRange();
    }
    return Optional.of(date);
  }

  /**
   * A time, in epoch seconds UTC: epoch seconds, or ISO-8601 with an offset, from 1970 to 2099. A
   * plus sign that the URL turned into a space is taken as one.
   */
  public static Parameter<Long> time(String name) {
    String allowed =
        "epoch seconds, or ISO-8601 with an offset such as 2025-04-22T10:00:00+05:30, from 1970 to"
            + " 2099";
    return of(
        name,
        allowed,
        text -> {
          if (WHOLE.matcher(text).matches()) {
            long value = text.length() > DIGITS_OF_LONG ? Long.MAX_VALUE : Long.parseLong(text);
            return Optional.of(within(value, 0, LATEST));
          }
          Matcher iso = ISO_TIME.matcher(text);
          if (!iso.matches()) {
            return Optional.empty();
          }
          String offset =
              iso.group(2) != null ? "Z" : iso.group(3).replace(' ', '+') + iso.group(4);
          try {
            return Optional.of(
                within(OffsetDateTime.parse(iso.group(1) + offset).toEpochSecond(), 0, LATEST));
          } catch (DateTimeException e) {
            return Optional.empty();
          }
        });
  }

  private static long within(long value, long low, long high) throws OutOfRange {
    if (value < low || value > high) {
      throw new OutOfRange();
    }
    return value;
  }

  /**
   * The value of a text.
   *
   * @throws Problem that says what is allowed, where it is none
   */
  public T value(String text) {
    try {
      return reader
          .read(text)
          .orElseThrow(() -> Problem.badValue(ProblemCode.BAD_VALUE, name, text, allowed));
    } catch (OutOfRange e) {
      throw Problem.badValue(ProblemCode.OUT_OF_RANGE, name, text, allowed);
    }
  }
}
