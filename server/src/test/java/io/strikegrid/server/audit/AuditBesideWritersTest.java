package io.strikegrid.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.strikegrid.engine.bar.Observation;
import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.engine.market.Side;
import io.strikegrid.engine.time.Timeframe;
import io.strikegrid.server.SampleChains;
import io.strikegrid.server.TestDatabase;
import io.strikegrid.server.rollup.AggregateRefresh;
import io.strikegrid.server.rollup.AggregateRefresher;
import io.strikegrid.server.rollup.DayCommit;
import io.strikegrid.server.rollup.SeededDay;
import io.strikegrid.server.store.Engine;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AuditBesideWritersTest {

  private static final int MINUTES = 60;

  @ParameterizedTest
  @EnumSource(Engine.class)
  void look_whileTheDayIsWritten_findsNothing(Engine engine) throws Exception {
    SeededDay day = SeededDay.random();
    try (TestDatabase store =
            engine == Engine.TIMESCALE ? TestDatabase.timescale() : TestDatabase.create();
        AggregateRefresher refresher =
            new AggregateRefresher(new AggregateRefresh(store.database(), (row, first) -> {}))) {
      AtomicBoolean isWritten = new AtomicBoolean();
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  write(store, day, refresher);
                } finally {
                  isWritten.set(true);
                }
              });
      RollupAudit audit = RollupAudit.thorough(store.another(), row -> {});
      AuditDay audited = new AuditDay("NIFTY50", SeededDay.SESSION);
      AuditResult sum = AuditResult.NONE;
      while (!isWritten.get()) {
        sum = sum.plus(audit.repair(audited));
      }
      writer.join();
      sum = sum.plus(audit.look(audited));

      assertThat(sum.differences()).as("seed %d", day.seed()).isEmpty();
      assertThat(sum.differing()).isZero();
      assertThat(sum.checked()).isPositive();
    }
  }

  /** Minute by minute, with a part of each that comes late. */
  private static void write(TestDatabase store, SeededDay day, AggregateRefresher refresher) {
    DayCommit commit = SeededDay.commit(store.database(), row -> refresher.wake());
    for (int minute = 3; minute < MINUTES; minute++) {
      int now = minute;
      day.write(commit, Provenance.LIVE, o -> SeededDay.minute(o) == (isLate(o) ? now - 7 : now));
    }
  }

  private static boolean isLate(Observation o) {
    return o.strike() % 100 == 0;
  }

  @Test
  void look_atBucketsThatAwaitARefresh_leavesThemOut() {
    try (AuditStand stand = AuditStand.of(Engine.TIMESCALE)) {
      long time = stand.session(AuditStand.NEW).open() + 60L * 6;
      stand.add(
          AuditStand.NEW,
          List.of(SampleChains.observation(24_500, Side.CALL, time + 59, 24_506, 77, 99_999, 0.2)));
      stand.plant(Timeframe.MIN5, AuditStand.NEW, 5, 24_400, "call_count", "99");
      stand.plant(Timeframe.MIN5, AuditStand.NEW, 0, 24_400, "call_count", "99");

      AuditResult waiting = stand.lookAtAll();
      assertThat(waiting.differences()).hasSize(1);
      assertThat(waiting.differences().getFirst().bucket())
          .isEqualTo(stand.session(AuditStand.NEW).open());

      stand.refresh();
      assertThat(stand.lookAtAll().differences()).hasSize(1);
    }
  }
}
