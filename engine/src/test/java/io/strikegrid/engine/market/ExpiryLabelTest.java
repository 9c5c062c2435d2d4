package io.strikegrid.engine.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strikegrid.engine.market.ExpiryLabel.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryLabelTest {

  @ParameterizedTest
  @CsvSource({"NWeek+0,WEEK,0", "NMonth+2,MONTH,2", "NQuarter+0,QUARTER,0", "NWeek+99,WEEK,99"})
  void parse_label_readsWhatTextWrites(String text, Kind kind, int n) {
    assertThat(ExpiryLabel.parse(text)).contains(new ExpiryLabel(kind, n));
    assertThat(new ExpiryLabel(kind, n).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "NWeek", "NWeek+", "NWeek-1", "NWeek+100", "nweek+0", "NYear+0", "NWeek +0"})
  void parse_unknown_isEmpty(String text) {
    assertThat(ExpiryLabel.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 100})
  void label_numberOutOfRange_isRefused(int n) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ExpiryLabel(Kind.WEEK, n));
  }
}
