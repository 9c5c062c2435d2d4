package io.strikegrid.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private static final long SECOND = 1_000_000_000L;

  private final Pace pace = new Pace(1000, Duration.ofSeconds(10));

  @Test
  void client_atTheLeastRate_isNeverTooSlow() {
    for (int i = 0; i < 1000; i++) {
      pace.moved(SECOND, 1000);
    }
    assertThat(pace.isBehind()).isFalse();
  }

  @Test
  void client_thatDrips_isTooSlowAfterTheGrace() {
    for (int i = 0; i < 10; i++) {
      pace.moved(SECOND, 1);
    }
    assertThat(pace.isBehind()).isFalse();
    pace.moved(SECOND, 1);
    assertThat(pace.isBehind()).isTrue();
  }

  @Test
  void client_thatWasQuick_hasNothingInHand() {
    pace.moved(SECOND, 100_000_000);
    pace.moved(11 * SECOND, 1);
    assertThat(pace.isBehind()).isTrue();
  }

  @Test
  void client_thatTakesNothing_isTooSlowAfterTheGraceAndWhatTheBytesNeed() {
    pace.begin(0, 5000);
    assertThat(pace.isTooSlow(15 * SECOND)).isFalse();
    assertThat(pace.isTooSlow(15 * SECOND + 1_000_000)).isTrue();
  }

  @Test
  void client_thatIsToTakeNothing_isNotTooSlow() {
    pace.begin(0, 5000);
    pace.end(SECOND);
    assertThat(pace.isTooSlow(1000 * SECOND)).isFalse();
  }

  @Test
  void client_thatTakesEachPieceLate_fallsBehindOverAll() {
    pace.begin(0, 1000);
    pace.end(9 * SECOND);
    pace.begin(9 * SECOND, 1000);
    assertThat(pace.isTooSlow(12 * SECOND)).isFalse();
    assertThat(pace.isTooSlow(13 * SECOND)).isTrue();
  }
}
