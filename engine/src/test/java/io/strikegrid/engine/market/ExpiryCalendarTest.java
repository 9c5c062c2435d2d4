package io.strikegrid.engine.market;

import static io.strikegrid.engine.market.Examples.date;
import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.time.Session;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryCalendarTest {

  private static final List<LocalDate> LISTED =
      Stream.of(
              "2025-09-30",
              "2025-08-28",
              "2025-09-02",
              "2025-09-09",
              "2025-10-28",
              "2025-12-30",
              "2025-09-02",
              "2026-03-30")
          .map(Examples::date)
          .toList();
  private static final ExpiryCalendar RULED = new ExpiryCalendar(Examples.nifty(), LISTED);
  private static final ExpiryCalendar UNRULED =
      new ExpiryCalendar(Examples.nse(List.of(), List.of()), LISTED);

  @ParameterizedTest
  @CsvSource({
    "NWeek+0,2025-08-28,2025-08-28",
    "NWeek+0,2025-08-29,2025-09-02",
    "NWeek+3,2025-08-28,2025-09-30",
    "NMonth+0,2025-08-28,2025-08-28",
    "NMonth+0,2025-08-29,2025-09-30",
    "NMonth+1,2025-08-29,2025-10-28",
    "NQuarter+0,2025-08-29,2025-09-30",
    "NQuarter+1,2025-08-29,2025-12-30",
    "NQuarter+2,2025-08-29,2026-03-30"
  })
  void resolve_label_countsFromTheDateOn(String label, LocalDate at, LocalDate expiry) {
    assertThat(RULED.resolve(ExpiryLabel.parse(label).orElseThrow(), open(at))).contains(expiry);
  }

  @ParameterizedTest
  @CsvSource({"NWeek+7,2025-08-28", "NQuarter+3,2025-08-28", "NWeek+0,2026-03-31"})
  void resolve_notSoManyListed_isEmpty(String label, LocalDate at) {
    assertThat(RULED.resolve(ExpiryLabel.parse(label).orElseThrow(), open(at))).isEmpty();
  }

  @Test
  void labelsOf_listedExpiry_areAllThatMeanIt() {
    long at = open(date("2025-08-29"));
    assertThat(RULED.labelsOf(date("2025-09-02"), at)).containsExactly("NWeek+0");
    assertThat(RULED.labelsOf(date("2025-09-30"), at))
        .containsExactly("NWeek+2", "NMonth+0", "NQuarter+0");
    assertThat(RULED.labelsOf(date("2025-10-28"), at)).containsExactly("NWeek+3", "NMonth+1");
  }

  @Test
  void labelsOf_everyListedExpiry_resolveBack() {
    long at = open(date("2025-08-29"));
    for (LocalDate expiry : RULED.from(at)) {
      assertThat(RULED.labelsOf(expiry, at))
          .isNotEmpty()
          .allSatisfy(text ->
              assertThat(RULED.resolve(ExpiryLabel.parse(text).orElseThrow(), at))
                  .contains(expiry));
    }
  }

  @ParameterizedTest
  @CsvSource({"2025-08-28", "2025-09-16"})
  void labelsOf_pastOrUnlisted_areNone(LocalDate expiry) {
    assertThat(RULED.labelsOf(expiry, open(date("2025-08-29")))).isEmpty();
  }

  @Test
  void typeOf_ruleKnown_doesNotDependOnWhatIsListed() {
    ExpiryCalendar one =
        new ExpiryCalendar(
            Examples.nifty(), Stream.of("2025-04-30", "2025-05-08").map(Examples::date).toList());
    assertThat(one.typeOf(date("2025-04-30"))).isEqualTo(ExpiryType.WEEKLY);
    assertThat(one.isInferred(date("2025-04-30"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-09-02,WEEKLY,false",
    "2025-09-30,MONTHLY,true",
    "2025-10-28,MONTHLY,false",
    "2026-03-30,WEEKLY,false"
  })
  void typeOf_noRule_isInferredAndMarked(LocalDate expiry, ExpiryType type, boolean quarterly) {
    assertThat(UNRULED.typeOf(expiry)).isEqualTo(type);
    assertThat(UNRULED.isInferred(expiry)).isTrue();
    assertThat(UNRULED.isQuarterly(expiry)).isEqualTo(quarterly);
  }

  @Test
  void from_date_isAscendingWithoutRepeats() {
    assertThat(RULED.onOrAfter(date("2025-09-09")))
        .containsExactly(
            date("2025-09-09"),
            date("2025-09-30"),
            date("2025-10-28"),
            date("2025-12-30"),
            date("2026-03-30"));
  }

  private static long open(LocalDate day) {
    return Examples.nifty()
        .calendar()
        .session(day)
        .map(Session::open)
        .orElse(day.toEpochDay() * 86_400);
  }

  @Test
  void row8_labelOnExpiryDay_rollsOnceTheExpiryIsOver() {
    LocalDate today = date("2025-06-15");
    LocalDate next = date("2025-06-16");
    ExpiryCalendar calendar = new ExpiryCalendar(Examples.bitcoin(), List.of(today, next));
    ExpiryLabel nearest = new ExpiryLabel(ExpiryLabel.Kind.WEEK, 0);
    long expiryAt = Examples.bitcoin().calendar().expiryAt(today).getEpochSecond();
    assertThat(calendar.resolve(nearest, expiryAt)).contains(today);
    assertThat(calendar.labelsOf(next, expiryAt)).contains("NWeek+1");
    assertThat(calendar.resolve(nearest, expiryAt + 1)).contains(next);
    assertThat(calendar.labelsOf(today, expiryAt + 12 * 3600)).isEmpty();
    assertThat(calendar.isListed(today, today))
        .as("its day's bars can still be asked for")
        .isTrue();
  }
}
