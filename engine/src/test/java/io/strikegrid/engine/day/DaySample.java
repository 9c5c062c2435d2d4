package io.strikegrid.engine.day;

import io.strikegrid.engine.market.CarryRule;
import io.strikegrid.engine.market.PricingRules;
import io.strikegrid.engine.market.Underlying;
import io.strikegrid.engine.time.Session;
import io.strikegrid.engine.time.TradingCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A short day of a market that never closes for long. */
public final class DaySample {

  static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  static final double RATE = 0.065;
  static final int MINUTES = 40;
  static final long OPEN = DAY.toEpochDay() * 86_400 + 9 * 3_600;

  /** Its session. */
  public static final Session SESSION = new Session(DAY, OPEN, OPEN + 60 * MINUTES);

  private static final Underlying UNDERLYING =
      new Underlying(
          "X",
          "X",
          "test",
          new TradingCalendar(
              "short",
              ZoneOffset.UTC,
              EnumSet.allOf(DayOfWeek.class),
              Map.of(),
              Map.of(),
              LocalTime.of(9, 0),
              Duration.ofMinutes(MINUTES),
              LocalTime.of(9, 40)),
          OptionalDouble.empty(),
          List.of(),
          List.of(),
          List.of(new CarryRule(LocalDate.of(2020, 1, 1), RATE, 0)),
          false,
          PricingRules.USUAL.withTick(0.05));

  private DaySample() {}

  /** What is traded there. */
  public static Underlying underlying() {
    return UNDERLYING;
  }

  static long minute(int number) {
    return OPEN + 60L * number;
  }
}
