package io.strikegrid.server.ingest;

import io.strikegrid.server.ingest.profile.Profile;
import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Date and time patterns of profiles: English month names in any case, strict dates. */
final class Formats {

  /** The start of 1990, epoch seconds: nothing that is taken is older. */
  static final long EARLIEST = 631_152_000L;

  private static final int EARLIEST_YEAR = 1990;
  private static final int LATEST_YEAR = 2100;

  private Formats() {}

  static DateTimeFormatter of(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern.replace('y', 'u'))
        .toFormatter(Locale.ENGLISH)
        .withChronology(IsoChronology.INSTANCE)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** A date within the years that option data may have. */
  static LocalDate plausible(Profile.Source source, String text, LocalDate date) throws RefusedRow {
    if (date.getYear() < EARLIEST_YEAR || date.getYear() > LATEST_YEAR) {
      throw new RefusedRow(
          "bad_date",
          source.columns().isEmpty() ? "file name" : source.columns().getFirst(),
          text,
          "within the years " + EARLIEST_YEAR + " to " + LATEST_YEAR);
    }
    return date;
  }
}
