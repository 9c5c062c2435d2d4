package io.strikegrid.server.ingest;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.strikegrid.server.ingest.profile.Profile;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/** Reads a date; remembers the texts it has seen, since a file holds few. */
final class DateColumn {

  private static final int MOST_REMEMBERED = 10_000;

  private final Profile.Source source;
  private final int index;
  private final DateTimeFormatter format;
  private final Map<String, LocalDate> seen = new HashMap<>();

  DateColumn(Profile.Source source, int index) {
    this.source = source;
    this.index = index;
    this.format = Formats.of(source.format() == null ? "yyyy-MM-dd" : source.format());
  }

  Profile.Source source() {
    return source;
  }

  LocalDate read(CsvRecord row) throws RefusedRow {
    String text = row.getField(index).strip();
    LocalDate known = seen.get(text);
    if (known != null) {
      return known;
    }
    try {
      LocalDate date = Formats.plausible(source, text, LocalDate.parse(text, format));
      if (seen.size() < MOST_REMEMBERED) {
        seen.put(text, date);
      }
      return date;
    } catch (DateTimeException e) {
      throw new RefusedRow(
          "bad_date",
          source.columns().getFirst(),
          text,
          "a date like " + (source.format() == null ? "yyyy-MM-dd" : source.format()));
    }
  }
}
