package io.strikegrid.server.ingest;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.server.ingest.profile.FieldName;
import io.strikegrid.server.ingest.profile.Profile;
import io.strikegrid.server.platform.market.MarketCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one file by a profile. One thread. */
final class RowReader {

  private static final long LEEWAY_SECONDS = 60;

  private final Profile profile;
  private final InstantSource clock;
  private final MarketCatalog markets;
  private final String file;
  private final int columns;
  private final Map<Integer, Set<String>> only = new HashMap<>();
  private final int symbol;
  private final DateColumn expiry;
  private final int strike;
  private final int side;
  private final TimeColumn time;
  private final @Nullable TimeColumn collected;
  private final List<FieldReader> fields = new ArrayList<>();
  private final Set<Integer> used = new HashSet<>();
  private final Map<String, Underlying> underlyings = new HashMap<>();
  private final boolean[] isTime;

  /**
   * A reader.
   *
   * @param file the entry's name, which may hold its date
   * @param header its columns; all that the profile needs are there
   */
  RowReader(
      Profile profile, MarketCatalog markets, String file, List<String> header, InstantSource clock)
      throws ImportException {
    if (markets.calendars().stream().noneMatch(c -> c.name().equalsIgnoreCase(profile.market()))) {
      throw new ImportException(
          "%s: profile %s names a market that is not known: %s"
              .formatted(file, profile.name(), profile.market()),
          null);
    }
    this.profile = profile;
    this.clock = clock;
    this.markets = markets;
    this.file = file;
    this.columns = header.size();
    for (Map.Entry<List<String>, Set<String>> entry : profile.only().entrySet()) {
      only.put(needed(header, entry.getKey()), entry.getValue());
    }
    this.symbol = profile.symbol().value() != null ? -1 : needed(header, profile.symbol());
    this.expiry = new DateColumn(profile.expiry(), needed(header, profile.expiry()));
    this.strike = needed(header, profile.strike());
    this.side = profile.side() == null ? -1 : needed(header, profile.side().columns());
    this.time = time(header, profile.time());
    this.collected = profile.collected() == null ? null : time(header, profile.collected());
    for (Profile.Field field : lotSizeFirst(profile.fields())) {
      int call = index(header, field.call());
      int put = index(header, field.put());
      if (call >= 0 || put >= 0) {
        fields.add(new FieldReader(profile, field, call, put, header));
      }
    }
    this.isTime = new boolean[columns];
    for (TimeColumn column : collected == null ? List.of(time) : List.of(time, collected)) {
      if (column.index() >= 0) {
        isTime[column.index()] = true;
      }
    }
  }

  /** The lot size has to be known before what is counted in lots. */
  private static List<Profile.Field> lotSizeFirst(List<Profile.Field> fields) {
    return fields.stream()
        .sorted(Comparator.comparing(f -> f.name() != FieldName.LOT_SIZE))
        .toList();
  }

  private TimeColumn time(List<String> header, Profile.Source source) throws ImportException {
    int at = source.fileName() != null ? -1 : needed(header, source);
    return new TimeColumn(source, at, file);
  }

  private int needed(List<String> header, Profile.Source source) throws ImportException {
    return needed(header, source.columns());
  }

  private int needed(List<String> header, List<String> names) throws ImportException {
    int at = index(header, names);
    if (at < 0) {
      throw new ImportException(
          "%s: profile %s needs a column that is not there: %s"
              .formatted(file, profile.name(), String.join(" or ", names)),
          null);
    }
    return at;
  }

  /** Position of the first of the names that the header has; -1 where it has none. */
  private int index(List<String> header, List<String> names) {
    for (String name : names) {
      int at = header.indexOf(name);
      if (at >= 0) {
        used.add(at);
        return at;
      }
    }
    return -1;
  }

  /** Columns of the header that nothing is read from. */
  List<String> unused(List<String> header) {
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (!used.contains(i) && !header.get(i).isEmpty()) {
        unused.add(header.get(i));
      }
    }
    return unused;
  }

  /**
   * Reads a row.
   *
   * @return null for a row that the profile passes over
   */
  @Nullable ChainRow read(CsvRecord row) throws RefusedRow {
    if (row.getFieldCount() != columns) {
      throw new RefusedRow(
          "wrong_columns", "row", row.getFieldCount() + " columns", columns + " columns");
    }
    for (Map.Entry<Integer, Set<String>> entry : only.entrySet()) {
      if (!entry.getValue().contains(row.getField(entry.getKey()).strip())) {
        return null;
      }
    }
    Underlying underlying = underlying(row);
    long eventTime = time.epochSecond(row, underlying.calendar());
    LocalDate day = time.day(underlying.calendar(), eventTime);
    LocalDate expires = expiry.read(row);
    if (expires.isBefore(day)) {
      throw new RefusedRow(
          "after_expiry", name(expiry.source()), expires.toString(), "on or after " + day);
    }
    long last = clock.instant().getEpochSecond() + LEEWAY_SECONDS;
    if (eventTime > last) {
      throw new RefusedRow(
          "in_future", "time", Instant.ofEpochSecond(eventTime).toString(), "not after now");
    }
    if (expires.equals(day) && isExpired(underlying, day, eventTime)) {
      throw new RefusedRow(
          "after_expiry",
          "time",
          Instant.ofEpochSecond(eventTime).toString(),
          "before the option expires at " + underlying.calendar().expiryAt(expires));
    }
    double strikePrice = Numbers.positive(name(profile.strike()), row.getField(strike).strip());
    Map<Side, double[]> sides = new EnumMap<>(Side.class);
    if (profile.side() == null) {
      sides.put(Side.CALL, values(row, Side.CALL, underlying, expires, day));
      sides.put(Side.PUT, values(row, Side.PUT, underlying, expires, day));
    } else {
      Side only = readSide(row, profile.side());
      sides.put(only, values(row, only, underlying, expires, day));
    }
    long polled = collected == null ? eventTime : collected.epochSecond(row, underlying.calendar());
    return new ChainRow(
        underlying,
        expires,
        strikePrice,
        day,
        eventTime,
        polled,
        (int) row.getStartingLineNumber(),
        fingerprint(row),
        sides);
  }

  private double[] values(
      CsvRecord row, Side of, Underlying underlying, LocalDate expires, LocalDate day)
      throws RefusedRow {
    double[] values = new double[FieldName.values().length];
    java.util.Arrays.fill(values, Double.NaN);
    boolean floored = false;
    for (FieldReader field : fields) {
      double value = field.read(row, of, underlying, expires, day, values, profile.kind());
      floored |= field.isFloor(value);
      values[field.name().ordinal()] = field.isFloor(value) ? Double.NaN : value;
    }
    if (floored) {
      for (FieldName name : FieldName.values()) {
        values[name.ordinal()] = name.isGreek() ? Double.NaN : values[name.ordinal()];
      }
    }
    RowCheck.counts(values, of);
    return values;
  }

  private Underlying underlying(CsvRecord row) throws RefusedRow {
    String fixed = profile.symbol().value();
    String text = fixed != null ? fixed : row.getField(symbol).strip();
    Underlying known = underlyings.get(text);
    if (known == null) {
      SymbolCheck.check(name(profile.symbol()), text);
      known = markets.resolve(text, profile.market());
      underlyings.put(text, known);
    }
    return known;
  }

  private Side readSide(CsvRecord row, Profile.SideColumn column) throws RefusedRow {
    String text = row.getField(side).strip();
    Side found = column.values().get(text);
    if (found == null) {
      throw new RefusedRow(
          "bad_side", name(column.columns()), text, String.join(" or ", column.values().keySet()));
    }
    return found;
  }

  private long fingerprint(CsvRecord row) {
    long hash = 1125899906842597L;
    for (int i = 0; i < columns; i++) {
      if (!isTime[i]) {
        String field = row.getField(i);
        for (int c = 0; c < field.length(); c++) {
          hash = 31 * hash + field.charAt(c);
        }
        hash = 31 * hash + 0x1f;
      }
    }
    return hash * 0x9E3779B97F4A7C15L;
  }

  private static String name(Profile.Source source) {
    return name(source.columns());
  }

  private static String name(List<String> columns) {
    return columns.isEmpty() ? "file name" : columns.getFirst();
  }

  /** After the time of expiry, where that is before the session's end. */
  private static boolean isExpired(Underlying underlying, LocalDate day, long eventTime) {
    long expiryAt = underlying.calendar().expiryAt(day).getEpochSecond();
    return eventTime >= expiryAt
        && underlying.calendar().session(day).filter(s -> s.close() > expiryAt).isPresent();
  }
}
