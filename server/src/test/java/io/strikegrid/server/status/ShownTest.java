package io.strikegrid.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ShownTest {

  private static final List<String> SYMBOLS = List.of("NIFTY", "NIFTY50", "M&M", "A|B");

  @Test
  void text_thatNamesAnotherSymbol_isNotShown() {
    Shown shown = new Shown(false, "NIFTY50"::equals, SYMBOLS);
    assertThat(shown.text("minutes of NIFTY50 wait")).isEqualTo("minutes of NIFTY50 wait");
    for (String text :
        List.of("minutes of NIFTY wait", "M&M", "NIFTY50 and A|B", "NIFTY50, NIFTY")) {
      assertThat(shown.text(text))
          .as(text)
          .isEqualTo("it is about symbols that the token is not for");
    }
    assertThat(shown.text(Optional.empty())).isNull();
    assertThat(shown.has("NIFTY")).isFalse();
    assertThat(shown.isAll()).isFalse();
  }

  @Test
  void text_forOneWithAllSymbols_isShown() {
    Shown shown = new Shown(true, symbol -> true, SYMBOLS);
    assertThat(shown.text("minutes of NIFTY wait")).contains("NIFTY");
    assertThat(shown.isAll()).isTrue();
  }
}
