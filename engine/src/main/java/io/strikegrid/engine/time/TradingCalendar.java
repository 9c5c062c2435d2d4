package io.strikegrid.engine.time;

import io.strikegrid.engine.check.Check;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * When a market trades. A day is open where it has a special session, or is one of the weekdays and
 * no holiday; a special session wins over a holiday of the same date. One session a day, within
 * that day of the zone.
 *
 * @param name what the calendar is called, not blank
 * @param zone the exchange's time zone: trading dates and times of day are in it
 * @param weekdays days with a regular session, at least one
 * @param holidays dates without a session, each with its reason
 * @param specialSessions dates that trade in hours of their own
 * @param open local time of the regular opening, on a quarter hour
 * @param length length of the regular session, at most 24 hours
 * @param expiryTime local time at which a contract expires on its last day
 */
public record TradingCalendar(
    String name,
    ZoneId zone,
    Set<DayOfWeek> weekdays,
    Map<LocalDate, String> holidays,
    Map<LocalDate, Hours> specialSessions,
    LocalTime open,
    Duration length,
    LocalTime expiryTime) {

  private static final int LONGEST_CLOSURE_DAYS = 366;

  /**
   * Checks the parts and copies the collections.
   *
   * @throws IllegalArgumentException where the name is blank, no weekday is given, or the regular
   *     hours are refused by {@link Hours}
   */
  public TradingCalendar {
    Check.notBlank("name of a calendar", name);
    weekdays = Set.copyOf(weekdays);
    holidays = Map.copyOf(holidays);
    specialSessions = Map.copyOf(specialSessions);
    Check.that(!weekdays.isEmpty(), "calendar " + name + " must have a weekday; have none");
    Hours regular = new Hours(open, length);
    open = regular.open();
    length = regular.length();
  }

  /** The session of a date, or empty where the market is closed. */
  public Optional<Session> session(LocalDate day) {
    Hours special = specialSessions.get(day);
    if (special != null) {
      return Optional.of(sessionAt(day, special.open(), special.length()));
    }
    return isRegular(day) ? Optional.of(sessionAt(day, open, length)) : Optional.empty();
  }

  /** Tells whether the market has a session on a date. */
  public boolean isTradingDay(LocalDate day) {
    return specialSessions.containsKey(day) || isRegular(day);
  }

  /**
   * Why the market is closed on a date: the holiday's name, else the weekday's in English.
   *
   * @return the reason, or empty where the market is open
   */
  public Optional<String> closedBecause(LocalDate day) {
    if (isTradingDay(day)) {
      return Optional.empty();
    }
    String holiday = holidays.get(day);
    return Optional.of(
        holiday != null
            ? holiday
            : day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  /** The date in the exchange's zone at a time in epoch seconds UTC. */
  public LocalDate dayOf(long epochSecond) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(epochSecond), zone);
  }

  /** The instant at which contracts of an expiry date end. */
  public Instant expiryAt(LocalDate expiry) {
    return expiry.atTime(expiryTime).atZone(zone).toInstant();
  }

  /** When a date begins in the exchange's zone, epoch seconds UTC. */
  public long startOf(LocalDate date) {
    return date.atStartOfDay(zone).toEpochSecond();
  }

  /**
   * The last trading day strictly before a date.
   *
   * @throws IllegalStateException where the calendar has none in the 366 days before
   */
  public LocalDate previousTradingDay(LocalDate day) {
    for (int back = 1; back <= LONGEST_CLOSURE_DAYS; back++) {
      LocalDate candidate = day.minusDays(back);
      if (isTradingDay(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        "calendar "
            + name
            + " has no trading day in the "
            + LONGEST_CLOSURE_DAYS
            + " days before "
            + day);
  }

  /** The session that runs at a time in epoch seconds UTC, or else the next one within 366 days. */
  public Optional<Session> sessionFrom(long epochSecond) {
    LocalDate today = dayOf(epochSecond);
    return IntStream.rangeClosed(0, LONGEST_CLOSURE_DAYS)
        .mapToObj(ahead -> session(today.plusDays(ahead)))
        .flatMap(Optional::stream)
        .filter(session -> session.close() > epochSecond)
        .findFirst();
  }

  private boolean isRegular(LocalDate day) {
    return weekdays.contains(day.getDayOfWeek()) && !holidays.containsKey(day);
  }

  private Session sessionAt(LocalDate day, LocalTime opening, Duration duration) {
    long start = day.atTime(opening).atZone(zone).toEpochSecond();
    return new Session(day, start, start + duration.toSeconds());
  }
}
