package io.strikegrid.server.ingest;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.strikegrid.engine.time.TradingCalendar;
import io.strikegrid.server.ingest.profile.Profile;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event time, or a trading day, from a column or from the file's name. Remembers the texts
 * it has seen, since a file holds few.
 */
final class TimeColumn {

  private static final int MOST_REMEMBERED = 10_000;
  private static final long MILLIS_FROM = 100_000_000_000L;

  private final Profile.Source source;
  private final int index;
  private final @Nullable DateTimeFormatter format;
  private final @Nullable String fixed;
  private final Map<String, TemporalAccessor> seen = new HashMap<>();

  TimeColumn(Profile.Source source, int index, String file) throws ImportException {
    this.source = source;
    this.index = index;
    this.format = source.format() == null ? null : Formats.of(source.format());
    this.fixed = source.fileName() == null ? null : inName(source, file);
  }

  private static String inName(Profile.Source source, String file) throws ImportException {
    Matcher matcher = Objects.requireNonNull(source.fileName()).matcher(file);
    if (!matcher.find()) {
      throw new ImportException(
          file + ": its name must tell the day, as in " + source.fileName(), null);
    }
    return matcher.group(1);
  }

  int index() {
    return index;
  }

  /** The event time, epoch seconds UTC; of a date its midnight in the calendar's zone. */
  long epochSecond(CsvRecord row, TradingCalendar calendar) throws RefusedRow {
    String text = fixed != null ? fixed : row.getField(index).strip();
    TemporalAccessor parsed = seen.get(text);
    if (parsed == null) {
      parsed = parse(text);
      if (seen.size() < MOST_REMEMBERED) {
        seen.put(text, parsed);
      }
    }
    if (parsed instanceof Instant instant) {
      return instant.getEpochSecond();
    }
    ZoneId zone = source.zone() == null ? calendar.zone() : ZoneId.of(source.zone());
    if (parsed instanceof LocalDateTime local) {
      return local.atZone(zone).toEpochSecond();
    }
    return ((LocalDate) parsed).atStartOfDay(calendar.zone()).toEpochSecond();
  }

  /** The trading day of an event time. */
  LocalDate day(TradingCalendar calendar, long epochSecond) {
    return calendar.dayOf(epochSecond);
  }

  private TemporalAccessor parse(String text) throws RefusedRow {
    try {
      TemporalAccessor parsed = format == null ? parseFree(text) : parse(format, text);
      LocalDate date =
          parsed instanceof Instant instant
              ? instant.atZone(java.time.ZoneOffset.UTC).toLocalDate()
              : LocalDate.from(parsed);
      Formats.plausible(source, text, date);
      return parsed;
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new RefusedRow(
          "bad_time",
          source.columns().isEmpty() ? "file name" : source.columns().getFirst(),
          text,
          source.format() == null
              ? "ISO-8601 with an offset, or epoch seconds or milliseconds"
              : "like " + source.format());
    }
  }

  private static TemporalAccessor parse(DateTimeFormatter format, String text) {
    TemporalAccessor parsed = format.parse(text);
    if (parsed.query(TemporalQueries.localTime()) == null) {
      return LocalDate.from(parsed);
    }
    return parsed.query(TemporalQueries.zone()) == null
        ? LocalDateTime.from(parsed)
        : Instant.from(parsed);
  }

  private static TemporalAccessor parseFree(String text) {
    if (text.matches("\\d{9,13}")) {
      long number = Long.parseLong(text);
      return number >= MILLIS_FROM ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }
    return IsoTime.parse(text.replace(' ', 'T'));
  }
}
