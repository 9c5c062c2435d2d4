package io.strikegrid.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingCalendarTest {

  private static final LocalDate DIWALI = LocalDate.of(2025, 10, 21);
  private static final LocalDate BALIPRATIPADA = LocalDate.of(2025, 10, 22);
  private static final LocalDate BUDGET_SATURDAY = LocalDate.of(2025, 2, 1);

  private static final TradingCalendar NSE =
      new TradingCalendar(
          "NSE",
          ZoneId.of("Asia/Kolkata"),
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          Map.of(DIWALI, "Diwali Laxmi Pujan", BALIPRATIPADA, "Diwali Balipratipada"),
          Map.of(
              DIWALI, new Hours(LocalTime.of(13, 45), Duration.ofMinutes(60)),
              BUDGET_SATURDAY, new Hours(LocalTime.of(9, 15), Duration.ofMinutes(375))),
          LocalTime.of(9, 15),
          Duration.ofMinutes(375),
          LocalTime.of(15, 30));

  private static final TradingCalendar CRYPTO =
      new TradingCalendar(
          "CRYPTO",
          ZoneOffset.UTC,
          EnumSet.allOf(DayOfWeek.class),
          Map.of(),
          Map.of(),
          LocalTime.MIDNIGHT,
          Duration.ofHours(24),
          LocalTime.of(8, 0));

  @ParameterizedTest
  @CsvSource({
    "2025-08-29,2025-08-29T03:45:00Z,2025-08-29T10:00:00Z",
    "2025-10-21,2025-10-21T08:15:00Z,2025-10-21T09:15:00Z",
    "2025-02-01,2025-02-01T03:45:00Z,2025-02-01T10:00:00Z"
  })
  void session_openDay_hasItsHours(LocalDate day, Instant open, Instant close) {
    assertThat(NSE.session(day))
        .contains(new Session(day, open.getEpochSecond(), close.getEpochSecond()));
    assertThat(NSE.isTradingDay(day)).isTrue();
    assertThat(NSE.closedBecause(day)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-10-22,Diwali Balipratipada",
    "2025-08-30,Saturday",
    "2025-08-31,Sunday",
  })
  void closedBecause_closedDay_namesTheReason(LocalDate day, String reason) {
    assertThat(NSE.closedBecause(day)).contains(reason);
    assertThat(NSE.session(day)).isEmpty();
    assertThat(NSE.isTradingDay(day)).isFalse();
  }

  @Test
  void session_aroundTheClock_isTheUtcDay() {
    LocalDate sunday = LocalDate.of(2025, 8, 31);
    Session session = CRYPTO.session(sunday).orElseThrow();
    assertThat(session.open()).isEqualTo(sunday.atStartOfDay().toEpochSecond(ZoneOffset.UTC));
    assertThat(session.close() - session.open()).isEqualTo(86_400);
    assertThat(session.buckets(Timeframe.MIN1)).isEqualTo(1440);
  }

  @Test
  void dayOf_lateUtcEvening_isTheZonesNextDay() {
    long time = Instant.parse("2025-08-28T18:30:00Z").getEpochSecond();
    assertThat(NSE.dayOf(time)).isEqualTo(LocalDate.of(2025, 8, 29));
    assertThat(NSE.dayOf(time - 1)).isEqualTo(LocalDate.of(2025, 8, 28));
    assertThat(CRYPTO.dayOf(time)).isEqualTo(LocalDate.of(2025, 8, 28));
  }

  @Test
  void expiryAt_date_isTheExpiryTimeInTheZone() {
    LocalDate expiry = LocalDate.of(2025, 9, 2);
    assertThat(NSE.expiryAt(expiry)).isEqualTo("2025-09-02T10:00:00Z");
    assertThat(CRYPTO.expiryAt(expiry)).isEqualTo("2025-09-02T08:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"2025-10-23,2025-10-21", "2025-09-01,2025-08-29", "2025-02-03,2025-02-01"})
  void previousTradingDay_afterClosedDays_skipsThem(LocalDate day, LocalDate previous) {
    assertThat(NSE.previousTradingDay(day)).isEqualTo(previous);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-08-29T03:44:59Z,2025-08-29",
    "2025-08-29T09:59:59Z,2025-08-29",
    "2025-08-29T10:00:00Z,2025-09-01",
    "2025-08-30T20:00:00Z,2025-09-01",
    "2025-10-21T09:15:00Z,2025-10-23",
  })
  void sessionFrom_time_runsOrComesNext(Instant time, LocalDate day) {
    assertThat(NSE.sessionFrom(time.getEpochSecond())).isEqualTo(NSE.session(day));
    assertThat(NSE.sessionFrom(time.getEpochSecond())).isPresent();
  }

  @Test
  void previousTradingDay_noneWithinAYear_isRefused() {
    LocalDate day = LocalDate.of(2025, 1, 1);
    Map<LocalDate, String> closed =
        day.minusDays(400).datesUntil(day).collect(Collectors.toMap(one -> one, one -> "closed"));
    TradingCalendar calendar =
        new TradingCalendar(
            "SHUT",
            ZoneOffset.UTC,
            EnumSet.allOf(DayOfWeek.class),
            closed,
            Map.of(),
            LocalTime.MIDNIGHT,
            Duration.ofHours(24),
            LocalTime.NOON);
    assertThatIllegalStateException()
        .isThrownBy(() -> calendar.previousTradingDay(day))
        .withMessageContaining("SHUT");
  }

  @Test
  void calendar_collectionsChangedLater_keepsItsOwn() {
    Map<LocalDate, String> holidays = new HashMap<>();
    TradingCalendar calendar =
        new TradingCalendar(
            "ANY",
            ZoneOffset.UTC,
            EnumSet.allOf(DayOfWeek.class),
            holidays,
            Map.of(),
            LocalTime.MIDNIGHT,
            Duration.ofHours(24),
            LocalTime.NOON);
    holidays.put(DIWALI, "later");
    assertThat(calendar.isTradingDay(DIWALI)).isTrue();
  }

  @Test
  void calendar_withoutWeekday_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new TradingCalendar(
                "NONE",
                ZoneOffset.UTC,
                Set.of(),
                Map.of(),
                Map.of(),
                LocalTime.MIDNIGHT,
                Duration.ofHours(24),
                LocalTime.NOON))
        .withMessageContaining("NONE");
  }

  @ParameterizedTest
  @CsvSource({"09:10,375,quarter hour", "09:15,0,positive", "18:15,360,midnight"})
  void hours_outOfBounds_areRefused(LocalTime open, int minutes, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hours(open, Duration.ofMinutes(minutes)))
        .withMessageContaining(why);
  }
}
