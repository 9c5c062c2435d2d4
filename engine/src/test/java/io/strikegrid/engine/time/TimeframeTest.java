package io.strikegrid.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeframeTest {

  @ParameterizedTest
  @CsvSource({"MIN1,1min,1,60", "MIN5,5min,5,300", "MIN15,15min,15,900"})
  void timeframe_each_hasLabelAndLength(Timeframe one, String label, int minutes, int seconds) {
    assertThat(one.label()).isEqualTo(label);
    assertThat(one.minutes()).isEqualTo(minutes);
    assertThat(one.seconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @EnumSource
  void ofLabel_ownLabel_findsItself(Timeframe one) {
    assertThat(Timeframe.ofLabel(one.label())).contains(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1MIN", "10min", "5", " 5min"})
  void ofLabel_unknown_isEmpty(String label) {
    assertThat(Timeframe.ofLabel(label)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"900,900", "901,900", "1799,900", "1800,1800", "0,0", "-1,-900", "-900,-900"})
  void floor_anyTime_isStartOfItsBucket(long time, long start) {
    assertThat(Timeframe.MIN15.floor(time)).isEqualTo(start);
  }

  @Test
  void floor_timeInSession_agreesWithTheSessionsBuckets() {
    Session session = SessionTest.NSE;
    for (Timeframe timeframe : Timeframe.values()) {
      for (long time = session.open(); time < session.close(); time += 59) {
        int index = session.indexOf(timeframe, time);
        assertThat(timeframe.floor(time)).isEqualTo(session.bucketStart(timeframe, index));
      }
    }
  }
}
