package io.strikegrid.server.live;

import static io.strikegrid.server.live.LiveStore.NIFTY;
import static io.strikegrid.server.live.LiveStore.SESSION;

import io.strikegrid.engine.bar.Provenance;
import io.strikegrid.testkit.Slow;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Whatever feeds and committers do at once is as if they had done it one after the other. */
final class LaneLincheckTest {

  private static final long LATE = (SESSION.close() + 600) * 1000;

  /** A lane with what threads do to it. */
  public static final class Callers {

    private final AtomicLong held = new AtomicLong();
    private final Lane lane = new Lane(NIFTY, LiveConfig.usual(), held, () -> 0L);
    private final Feed feed = new Feed("test", Provenance.LIVE);

    @Operation
    public String add(@Param(gen = IntGen.class, conf = "0:2") int minute) {
      Tick tick = LaneTest.tick(SESSION, minute);
      return lane.add(feed, tick, new Receipt(() -> {}), LATE).name();
    }

    @Operation
    public List<Long> take() {
      return lane.take(LATE, Haste.NONE).stream().map(OpenMinute::minute).toList();
    }

    @Operation
    public void handBack() {
      lane.handBack();
    }

    @Operation
    public void done() {
      lane.done();
    }

    @Operation
    public int minutes() {
      return lane.minutes();
    }

    @Operation
    public boolean has() {
      return lane.has(SESSION.day());
    }
  }

  @Slow
  @Test
  void lane_ofRandomCallers_isLinearHoweverTheyAreSwitched() {
    new ModelCheckingOptions().iterations(10).invocationsPerIteration(200).check(Callers.class);
  }
}
