package io.strikegrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.BarTable;
import io.strikegrid.engine.bar.SideColumn;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Session;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandardWorkloadTest {

  private static final long SEED = 7;
  private static final StandardWorkload WORKLOAD = new StandardWorkload(SEED);
  private static final Session FIRST = WORKLOAD.sessions().getFirst();
  private static final LocalDate NEAREST = WORKLOAD.expiries().getFirst();

  @Test
  void bars_oneDay_haveARowPerStrikeAndMinute() {
    assertThat(WORKLOAD.bars(NEAREST, FIRST).rows()).isEqualTo(375 * 63);
  }

  @Test
  void bars_sameSeed_areTheSame() {
    BarTable one = WORKLOAD.bars(NEAREST, FIRST);
    BarTable other = new StandardWorkload(SEED).bars(NEAREST, FIRST);
    assertThat(IntStream.range(0, one.rows()).allMatch(row -> one.sameValues(row, other, row)))
        .isTrue();
  }

  @Test
  void bars_anyDay_knowOpenInterestInFourOfFiveRows() {
    BarTable bars = WORKLOAD.bars(NEAREST, FIRST);
    long known =
        IntStream.range(0, bars.rows())
            .filter(row -> !Double.isNaN(bars.get(row, Side.CALL, SideColumn.OI_LAST)))
            .count();
    assertThat(known / (double) bars.rows()).as("seed %d", SEED).isBetween(0.79, 0.81);
  }

  @Test
  void sessionsAndExpiries_areTwentyAndFourAndDoNotOverlap() {
    List<Session> sessions = WORKLOAD.sessions();
    assertThat(sessions).hasSize(20);
    assertThat(WORKLOAD.expiries())
        .hasSize(4)
        .allMatch(expiry -> expiry.isAfter(sessions.getLast().day()));
  }
}
