package io.strikegrid.engine.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strikegrid.engine.bar.BarColumns;
import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.ObservationField;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.bar.UnderlyingSource;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.measure.MinuteMetrics;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DayPlannerTest {

  private static final LocalDate WEEK = DaySample.DAY.plusDays(7);
  private static final LocalDate MONTH = DaySample.DAY.plusDays(28);
  private static final int CALL_LEVEL = BarColumns.MONEYNESS;

  private final MemoryDay day = new MemoryDay();

  private static Observation seen(int minute, double strike, Side side, Object... fields) {
    double[] values = new double[ObservationField.values().length];
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < fields.length; i += 2) {
      values[((ObservationField) fields[i]).ordinal()] = ((Number) fields[i + 1]).doubleValue();
    }
    long time = DaySample.minute(minute) + 30;
    return new Observation(strike, side, time * 1000, time, 1, values);
  }

  private static Observation call(int minute, double strike, Object... fields) {
    return seen(minute, strike, Side.CALL, fields);
  }

  private void imported(LocalDate expiry, Observation... came) {
    day.commit(new MemoryDay.Incoming(Map.of(expiry, List.of(came)), false), Provenance.IMPORTED);
  }

  private void ticks(Observation... came) {
    day.commitTicks(Map.of(WEEK, List.of(came)));
  }

  private double call(double strike, int minute, SideColumn column) {
    return day.value(WEEK, strike, minute, BarColumns.of(Side.CALL, column));
  }

  @Test
  void plan_minutesInOrder_readsNothingAgain() {
    for (int minute = 0; minute < 20; minute++) {
      imported(WEEK, call(minute, 100, ObservationField.VOLUME_DAY, 10 * minute));
      if (minute == 7) {
        day.forgetBars();
      }
    }
    assertThat(day.reads()).isZero();
    assertThat(call(100, 19, SideColumn.VOLUME)).isEqualTo(10);
  }

  @Test
  void plan_earlierMinuteOfADayInMemory_readsNothingEither() {
    imported(WEEK, call(0, 100, ObservationField.VOLUME_DAY, 10));
    imported(WEEK, call(5, 100, ObservationField.VOLUME_DAY, 50));
    imported(WEEK, call(3, 100, ObservationField.VOLUME_DAY, 30));
    assertThat(day.reads()).isZero();
    assertThat(call(100, 3, SideColumn.VOLUME)).isEqualTo(20);
    assertThat(call(100, 5, SideColumn.VOLUME)).isEqualTo(20);
  }

  @Test
  void plan_theSameAgain_changesNothing() {
    Observation[] came = {
      call(0, 100, ObservationField.PRICE, 5, ObservationField.UNDERLYING, 101),
      call(1, 100, ObservationField.PRICE, 6, ObservationField.UNDERLYING, 102)
    };
    imported(WEEK, came);
    List<String> before = day.text();
    day.restart();
    imported(WEEK, came);
    assertThat(day.text()).isEqualTo(before);
  }

  @Test
  void plan_eachMinute_knowsNothingOfLaterOnes() {
    imported(
        WEEK,
        call(0, 100, ObservationField.OI, 5),
        call(1, 110, ObservationField.OI, 7),
        call(2, 100, ObservationField.OI, 9));
    assertThat(List.of(0, 1, 2))
        .extracting(minute -> day.metrics(WEEK, minute).state().callOi())
        .containsExactly(5.0, 12.0, 16.0);
    assertThat(List.of(0, 1, 2))
        .extracting(minute -> day.metrics(WEEK, minute).state().carried())
        .containsExactly(0, 1, 1);
  }

  @Test
  void plan_nothingToGoBy_hasNoForwardAndNoSource() {
    imported(WEEK, call(0, 100, ObservationField.OI, 5));
    MinuteMetrics row = day.metrics(WEEK, 0);
    assertThat(row.forward().price()).isNaN();
    assertThat(row.underlying()).isNaN();
    assertThat(row.source()).isEqualTo(UnderlyingSource.NONE);
    assertThat(row.rate()).isEqualTo(DaySample.RATE);
    assertThat(row.observedAt()).isEqualTo(DaySample.minute(0) + 30);
    assertThat(row.gap()).isNaN();
  }

  /** Row 18 of the definitions' cases: no underlying in the first minute. */
  @Test
  void plan_underlyingKnownLate_settlesTheGapThen() {
    double[] strikes = {80, 90, 100, 110, 120};
    for (double strike : strikes) {
      imported(WEEK, call(0, strike, ObservationField.PRICE, 5));
    }
    for (double strike : strikes) {
      imported(WEEK, call(1, strike, ObservationField.UNDERLYING, 101, ObservationField.OI, 1));
    }
    imported(WEEK, call(2, 105, ObservationField.UNDERLYING, 101, ObservationField.OI, 1));
    imported(WEEK, call(3, 120, ObservationField.UNDERLYING, 106, ObservationField.OI, 1));
    assertThat(day.value(WEEK, 120, 0, CALL_LEVEL)).isNaN();
    assertThat(day.value(WEEK, 120, 1, CALL_LEVEL)).isEqualTo(2);
    assertThat(day.metrics(WEEK, 1).gap()).isEqualTo(10);
    assertThat(day.metrics(WEEK, 3).gap()).isEqualTo(10);
    assertThat(day.value(WEEK, 120, 3, CALL_LEVEL)).isEqualTo(2);
  }

  /** Row 4 of the definitions' cases: half strikes listed at eleven. */
  @Test
  void plan_strikesListedLater_changeNoLevelBeforeThem() {
    for (double strike = 8; strike <= 13; strike++) {
      imported(WEEK, call(0, strike, ObservationField.UNDERLYING, 10.4, ObservationField.OI, 1));
    }
    List<String> before = day.text();
    imported(WEEK, call(9, 10.5, ObservationField.UNDERLYING, 10.4, ObservationField.OI, 1));
    imported(WEEK, call(9, 13, ObservationField.UNDERLYING, 10.4, ObservationField.OI, 1));
    assertThat(day.text())
        .containsAll(
            before.stream().filter(l -> l.contains("1min") && !l.contains("newest")).toList());
    assertThat(day.value(WEEK, 13, 0, CALL_LEVEL)).isEqualTo(3);
    assertThat(day.value(WEEK, 13, 9, CALL_LEVEL)).isEqualTo(3);
    assertThat(day.value(WEEK, 10.5, 9, CALL_LEVEL)).isZero();
  }

  @Test
  void plan_anotherExpiryOfTheMinuteComesLater_bringsTheStandIn() {
    imported(WEEK, call(3, 100, ObservationField.PRICE, 5));
    assertThat(day.metrics(WEEK, 3).source()).isEqualTo(UnderlyingSource.NONE);
    for (double strike : new double[] {90, 100, 110}) {
      imported(
          MONTH,
          call(3, strike, ObservationField.PRICE, 30 - 0.3 * (strike - 100)),
          seen(3, strike, Side.PUT, ObservationField.PRICE, 28 + 0.7 * (strike - 100)));
    }
    assertThat(day.metrics(WEEK, 3).source()).isEqualTo(UnderlyingSource.PARITY);
    assertThat(day.metrics(WEEK, 3).underlying()).isCloseTo(101.5, within(0.5));
    assertThat(day.value(WEEK, 100, 3, BarColumns.UNDERLYING_LAST))
        .isEqualTo(day.metrics(WEEK, 3).underlying());
    assertThat(call(100, 3, SideColumn.IV_COUNT)).isEqualTo(1);
  }

  @Test
  void plan_underlyingThatOneCommitLacks_isThatOfTheMinute() {
    imported(WEEK, call(3, 100, ObservationField.PRICE, 5));
    imported(WEEK, call(3, 110, ObservationField.PRICE, 2, ObservationField.UNDERLYING, 101));
    assertThat(day.value(WEEK, 100, 3, BarColumns.UNDERLYING_LAST)).isEqualTo(101);
  }

  @Test
  void plan_whatALiveFeedQuoted_staysWhateverAnImportSays() {
    ticks(call(3, 100, ObservationField.UNDERLYING, 101, ObservationField.OI, 1));
    imported(WEEK, call(3, 110, ObservationField.PRICE, 2, ObservationField.UNDERLYING, 105));
    assertThat(day.value(WEEK, 110, 3, BarColumns.UNDERLYING_LAST)).isEqualTo(101);
    assertThat(day.value(WEEK, 100, 3, BarColumns.UNDERLYING_LAST)).isEqualTo(101);
  }

  /** Row 16 of the definitions' cases: import IV and open interest, then two ticks. */
  @Test
  void plan_ticksOverAnImport_keepWhatTheyDoNotSayHoweverTheyCome() {
    Observation file = call(3, 100, ObservationField.IV, 0.2, ObservationField.OI, 75);
    Observation one = call(3, 100, ObservationField.PRICE, 5, ObservationField.BID, 4.9);
    Observation two = call(3, 100, ObservationField.PRICE, 6);
    imported(WEEK, file);
    ticks(one);
    ticks(two);
    assertThat(call(100, 3, SideColumn.IV_AVG)).isEqualTo(0.2);
    assertThat(call(100, 3, SideColumn.OI_LAST)).isEqualTo(75);
    assertThat(call(100, 3, SideColumn.CLOSE)).isEqualTo(6);
    assertThat(call(100, 3, SideColumn.BID)).isEqualTo(4.9);
    assertThat(call(100, 3, SideColumn.COUNT)).isEqualTo(2);
    MemoryDay atOnce = new MemoryDay();
    atOnce.commit(new MemoryDay.Incoming(Map.of(WEEK, List.of(file)), false), Provenance.IMPORTED);
    atOnce.commitTicks(Map.of(WEEK, List.of(one, two)));
    assertThat(day.text()).isEqualTo(atOnce.text());
  }

  @Test
  void plan_lateTradeMakesADropoutOfATick_takesBackWhatItSaid() {
    ticks(call(1, 100, ObservationField.VOLUME_DAY, 0, ObservationField.OI, 75));
    ticks(call(2, 100, ObservationField.VOLUME_DAY, 0, ObservationField.BID, 3));
    assertThat(call(100, 2, SideColumn.BID)).isEqualTo(3);
    ticks(call(0, 100, ObservationField.VOLUME_DAY, 50));
    assertThat(call(100, 1, SideColumn.COUNT)).isNaN();
    assertThat(call(100, 1, SideColumn.OI_LAST)).isNaN();
    assertThat(call(100, 2, SideColumn.BID)).isNaN();
    assertThat(call(100, 2, SideColumn.VOLUME)).isNaN();
    assertThat(day.hasMetrics(WEEK, 2)).isFalse();
  }
}
