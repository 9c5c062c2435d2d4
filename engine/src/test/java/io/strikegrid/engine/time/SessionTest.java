package io.strikegrid.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

  private static final LocalDate DAY = LocalDate.of(2025, 8, 29);
  private static final long OPEN = Instant.parse("2025-08-29T03:45:00Z").getEpochSecond();
  private static final long CLOSE = Instant.parse("2025-08-29T10:00:00Z").getEpochSecond();
  static final Session NSE = new Session(DAY, OPEN, CLOSE);

  @ParameterizedTest
  @CsvSource({"MIN1,375", "MIN5,75", "MIN15,25"})
  void buckets_nseDay_dividesEvenly(Timeframe timeframe, int buckets) {
    assertThat(NSE.buckets(timeframe)).isEqualTo(buckets);
  }

  @Test
  void buckets_sessionNotDivided_countsTheShorterLastOne() {
    Session session = new Session(DAY, OPEN, OPEN + 16 * 60);
    assertThat(session.buckets(Timeframe.MIN15)).isEqualTo(2);
    assertThat(session.indexOf(Timeframe.MIN15, OPEN + 15 * 60)).isEqualTo(1);
  }

  @Test
  void contains_bounds_areHalfOpen() {
    assertThat(NSE.contains(OPEN)).isTrue();
    assertThat(NSE.contains(OPEN - 1)).isFalse();
    assertThat(NSE.contains(CLOSE - 1)).isTrue();
    assertThat(NSE.contains(CLOSE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"MIN1,0,0", "MIN1,59,0", "MIN1,60,1", "MIN5,22499,74", "MIN15,900,1"})
  void indexOf_secondsAfterOpening_isItsBucket(Timeframe timeframe, long after, int index) {
    assertThat(NSE.indexOf(timeframe, OPEN + after)).isEqualTo(index);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 22500})
  void indexOf_outside_isRefusedWithTheTime(long after) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NSE.indexOf(Timeframe.MIN1, OPEN + after))
        .withMessageContaining(Long.toString(OPEN + after));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 25})
  void bucketStart_noSuchBucket_isRefused(int index) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NSE.bucketStart(Timeframe.MIN15, index))
        .withMessage("bucket must be 0 to 24; have " + index);
  }

  @Test
  void session_openingOffTheQuarterHour_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Session(DAY, OPEN + 60, CLOSE))
        .withMessageContaining("quarter hour");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -900})
  void session_empty_isRefused(long length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Session(DAY, OPEN, OPEN + length))
        .withMessageContaining("must not be empty");
  }
}
