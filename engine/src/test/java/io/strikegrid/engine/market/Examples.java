package io.strikegrid.engine.market;

import io.strikegrid.engine.time.TradingCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

final class Examples {

  static final LocalDate NO_END = LocalDate.of(9999, 12, 31);

  private Examples() {}

  static LocalDate date(String text) {
    return LocalDate.parse(text);
  }

  static Underlying nifty() {
    return nse(
        List.of(
            new ExpiryRule(date("2025-09-01"), DayOfWeek.TUESDAY, DayOfWeek.TUESDAY),
            new ExpiryRule(date("2019-02-11"), DayOfWeek.THURSDAY, DayOfWeek.THURSDAY)),
        List.of());
  }

  static Underlying nse(List<ExpiryRule> rules, List<LotRule> lots) {
    TradingCalendar calendar =
        new TradingCalendar(
            "NSE",
            ZoneId.of("Asia/Kolkata"),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            Map.of(),
            Map.of(),
            LocalTime.of(9, 15),
            Duration.ofMinutes(375),
            LocalTime.of(15, 30));
    return new Underlying(
        "NIFTY50",
        "Nifty 50",
        "NSE",
        calendar,
        OptionalDouble.of(50),
        rules,
        lots,
        List.of(
            new CarryRule(date("2024-01-01"), 0.07, 0.01),
            new CarryRule(date("2020-01-01"), 0.065, 0)),
        true,
        PricingRules.USUAL);
  }

  static Underlying bitcoin() {
    TradingCalendar calendar =
        new TradingCalendar(
            "CRYPTO",
            ZoneOffset.UTC,
            EnumSet.allOf(DayOfWeek.class),
            Map.of(),
            Map.of(),
            LocalTime.MIDNIGHT,
            Duration.ofHours(24),
            LocalTime.of(8, 0));
    return new Underlying(
        "BTC",
        "Bitcoin",
        "CRYPTO",
        calendar,
        OptionalDouble.empty(),
        List.of(new ExpiryRule(date("2016-01-01"), DayOfWeek.FRIDAY, DayOfWeek.FRIDAY)),
        List.of(),
        List.of(),
        false,
        PricingRules.USUAL.withSpotForward(true));
  }
}
