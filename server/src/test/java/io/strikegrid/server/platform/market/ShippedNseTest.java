package io.strikegrid.server.platform.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.TradingCalendar;
import io.strikegrid.testkit.RecordedData;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedNseTest {

  private static final MarketCatalog CATALOG = MarketCatalog.load(List.of());
  private static final Underlying NIFTY = CATALOG.find("NIFTY50").orElseThrow();
  private static final TradingCalendar CALENDAR = NIFTY.calendar();

  @Test
  void nifty_recordedExpiries_haveTheirTypeLotAndSchedule() throws IOException {
    List<String> rows =
        Files.readAllLines(
            RecordedData.require("nifty-expiry-calendar/nifty_expiries_2021_2026.csv"));
    SoftAssertions softly = new SoftAssertions();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      LocalDate expiry = LocalDate.parse(cells[0]);
      softly
          .assertThat(NIFTY.typeOf(expiry).orElseThrow().label())
          .as("type of %s", expiry)
          .isEqualTo(cells[2]);
      softly.assertThat(NIFTY.scheduled(expiry)).as("%s", expiry).isEqualTo(cells[3]);
      softly
          .assertThat(NIFTY.lot(expiry, expiry))
          .as("lot of %s", expiry)
          .hasValue(Integer.parseInt(cells[6]));
      softly.assertThat(CALENDAR.isTradingDay(expiry)).as("%s is open", expiry).isTrue();
    }
    assertThat(rows).hasSize(297);
    softly.assertAll();
  }

  @Test
  void calendar_expiriesMovedByHolidays_haveThatHoliday() throws IOException {
    List<String> rows =
        Files.readAllLines(
            RecordedData.require("nifty-expiry-calendar/nifty_expiries_2021_2026.csv"));
    List<LocalDate> movedFrom =
        rows.stream()
            .map(row -> row.split(",", -1))
            .filter(cells -> cells[4].equals("True"))
            .map(cells -> LocalDate.parse(cells[3]))
            .toList();
    assertThat(movedFrom).hasSize(16).allMatch(CALENDAR.holidays()::containsKey);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2019-08-26", "2019-08-27", "2019-08-28", "2019-08-29", "2019-08-30", "2025-08-29",
        "2025-11-14", "2025-11-17", "2026-08-17", "2026-08-19", "2026-08-20", "2026-08-21"
      })
  void calendar_recordedTradingDay_isOpenInRegularHours(LocalDate day) {
    assertThat(CALENDAR.session(day).orElseThrow().close())
        .isEqualTo(CALENDAR.session(day).orElseThrow().open() + 375 * 60);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-08-27,Ganesh Chaturthi",
    "2025-05-01,Maharashtra Day",
    "2025-10-22,Diwali Balipratipada",
  })
  void calendar_holiday_isClosedWithItsName(LocalDate day, String name) {
    assertThat(CALENDAR.closedBecause(day)).contains(name);
  }

  @Test
  void calendar_holidays_areWeekdays() {
    assertThat(CALENDAR.holidays().keySet())
        .extracting(LocalDate::getDayOfWeek)
        .doesNotContain(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
  }

  @ParameterizedTest
  @CsvSource({
    "NIFTY,2019-08-29,2019-08-28,75",
    "NIFTY,2025-03-27,2024-12-26,25",
    "NIFTY,2025-03-27,2024-12-27,75",
    "NIFTY,2025-09-02,2025-08-29,75",
    "NIFTY,2025-12-30,2025-11-14,75",
    "NIFTY,2026-01-27,2025-11-14,65",
    "NIFTY,2026-03-31,2025-11-14,75",
    "NIFTY,2027-12-28,2025-11-17,75",
    "NIFTY,2026-03-30,2026-01-02,65",
    "NIFTY,2026-08-25,2026-08-19,65",
    "BANKNIFTY,2019-09-26,2019-08-28,20",
    "BANKNIFTY,2020-07-23,2020-07-20,20",
    "BANKNIFTY,2020-07-30,2020-07-20,25",
    "BANKNIFTY,2023-07-20,2023-07-20,25",
    "BANKNIFTY,2023-07-27,2023-07-20,15",
    "BANKNIFTY,2025-01-30,2025-01-15,15",
    "BANKNIFTY,2025-02-27,2025-01-15,30",
    "BANKNIFTY,2025-06-26,2025-05-02,30",
    "BANKNIFTY,2025-09-30,2025-08-29,35",
    "BANKNIFTY,2026-01-27,2025-11-14,30",
    "BANKNIFTY,2026-03-31,2025-11-14,35",
    "FINNIFTY,2025-12-30,2025-11-14,65",
    "MIDCPNIFTY,2025-12-30,2025-11-17,140",
    "NIFTYNXT50,2025-12-30,2025-11-17,25"
  })
  void lot_contractOnDate_isTheExchanges(String symbol, LocalDate expiry, LocalDate on, int lot) {
    assertThat(CATALOG.find(symbol).orElseThrow().lot(expiry, on)).hasValue(lot);
  }

  @ParameterizedTest
  @CsvSource({
    "2019-08-29,monthly",
    "2023-08-31,monthly",
    "2023-09-06,weekly",
    "2023-09-28,monthly",
    "2024-02-29,monthly",
    "2024-03-27,monthly",
    "2024-11-13,weekly",
    "2024-12-24,monthly",
    "2025-01-30,monthly",
    "2025-09-30,monthly"
  })
  void typeOf_bankNifty_followsItsOwnRules(LocalDate expiry, String type) {
    assertThat(CATALOG.find("BANKNIFTY").orElseThrow().typeOf(expiry).orElseThrow().label())
        .isEqualTo(type.toLowerCase(Locale.ROOT));
  }
}
